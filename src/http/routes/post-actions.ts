import { z } from "zod";
import { cancelPost } from "../../publishing/cancel-post.ts";
import { duplicatePost } from "../../publishing/duplicate-post.ts";
import { publishPost } from "../../publishing/publish-post.ts";
import { requireScope } from "../auth.ts";
import { postReply, storedReply } from "../post-reply.ts";
import { type Route, route } from "../route.ts";
import { id } from "../schemas/common.ts";
import { unstoppable } from "../schemas/deliveries.ts";
import { post, storedPost } from "../schemas/post-answers.ts";
import { dueAt } from "../schemas/posts.ts";

const params = z.object({ id: id("post") });

export const postActionRoutes: readonly Route[] = [
  route({
    method: "post",
    path: "/v1/posts/:id/cancel",
    scope: "write",
    tag: "Posts",
    summary: "Stop what has not gone out",
    params,
    answers: {
      200: {
        description: "Canceled; `alreadySending` lists what could not be called back",
        schema: post.extend({ alreadySending: z.array(unstoppable) }).meta({ id: "CanceledPost" }),
      },
    },
    refuses: ["already_sending", "wrong_state"],
    async handle({ world, workspaceId, params: { id: postId } }) {
      return postReply(200, await cancelPost(world, workspaceId, postId));
    },
  }),
  route({
    method: "post",
    path: "/v1/posts/:id/publish",
    scope: "publish",
    tag: "Posts",
    summary: "Send a draft, planned, missed or failed post now",
    params,
    answers: { 200: { description: "Due now", schema: storedPost } },
    refuses: ["already_sending", "wrong_state", "paused", "validation_failed", "accounts_missing"],
    async handle({ world, workspaceId, params: { id: postId } }) {
      return storedReply(200, await publishPost(world, workspaceId, postId));
    },
  }),
  route({
    method: "post",
    path: "/v1/posts/:id/duplicate",
    scope: "write",
    tag: "Posts",
    summary: "A new post that says the same",
    params,
    body: z.strictObject({ dueAt: dueAt.nullable().default(null) }).optional(),
    answers: { 201: { description: "A draft, or scheduled with `dueAt`", schema: storedPost } },
    refuses: ["validation_failed"],
    async handle({ world, workspaceId, scopes, params: { id: postId }, body }) {
      const due = body?.dueAt ?? null;
      if (due !== null) requireScope(scopes, "publish");
      return storedReply(201, await duplicatePost(world, workspaceId, postId, due));
    },
  }),
];
