import { z } from "zod";
import { Refusal } from "../../domain/refusal.ts";
import { alongItsLinks } from "../../links/along-links.ts";
import { deletePost } from "../../publishing/delete-post.ts";
import { getPost } from "../../publishing/get-post.ts";
import { listPosts } from "../../publishing/list-posts.ts";
import { patchPost } from "../../publishing/patch-post.ts";
import { schedulePost } from "../../publishing/schedule-post.ts";
import { validatePost } from "../../publishing/validate-post.ts";
import { requireScope } from "../auth.ts";
import { postReply, storedReply } from "../post-reply.ts";
import { type Route, route } from "../route.ts";
import { id, listOf } from "../schemas/common.ts";
import { deletion, post, storedPost, validation } from "../schemas/post-answers.ts";
import { newPost, postPatch, postQuery } from "../schemas/posts.ts";
import { toPostInput } from "../to-post-input.ts";

const params = z.object({ id: id("post") });
const times = [
  "invalid_time",
  "unknown_zone",
  "local_time_missing",
  "local_time_ambiguous",
  "due_in_the_past",
  "due_too_far",
] as const;

export const postRoutes: readonly Route[] = [
  route({
    method: "post",
    path: "/v1/posts",
    scope: "write",
    tag: "Posts",
    summary: "Write a post, and plan where and when it goes out",
    description: "With `dueAt` it is scheduled, which needs the scope `publish` too; without, it is a draft.",
    body: newPost,
    answers: { 201: { description: "Stored", schema: storedPost } },
    refuses: [
      "validation_failed",
      "unknown_account",
      "unknown_media",
      "account_disconnected",
      "accounts_missing",
      ...times,
    ],
    async handle({ world, workspaceId, scopes, body }) {
      if (body.dueAt !== null) requireScope(scopes, "publish");
      return storedReply(
        201,
        await schedulePost(world, workspaceId, await alongItsLinks(world, workspaceId, toPostInput(body))),
      );
    },
  }),
  route({
    method: "post",
    path: "/v1/posts/validate",
    scope: "read",
    tag: "Posts",
    summary: "What a post would become on each account; writes nothing",
    body: newPost,
    answers: { 200: { description: "One entry per account", schema: validation } },
    refuses: ["unknown_account", "unknown_media", "account_disconnected", "accounts_missing", ...times],
    async handle({ world, workspaceId, body }) {
      return {
        status: 200,
        body: await validatePost(
          world,
          workspaceId,
          await alongItsLinks(world, workspaceId, toPostInput(body)),
        ),
      };
    },
  }),
  route({
    method: "get",
    path: "/v1/posts",
    scope: "read",
    tag: "Posts",
    summary: "Posts, newest first",
    query: postQuery,
    answers: { 200: { description: "A page", schema: listOf(post) } },
    async handle({ world, workspaceId, query }) {
      return { status: 200, body: await listPosts(world, workspaceId, query) };
    },
  }),
  route({
    method: "get",
    path: "/v1/posts/:id",
    scope: "read",
    tag: "Posts",
    summary: "A post with its variants and deliveries",
    params,
    answers: { 200: { description: "The post; its revision is the ETag", schema: post } },
    async handle({ world, workspaceId, params: { id: postId } }) {
      return postReply(200, await getPost(world, workspaceId, postId));
    },
  }),
  route({
    method: "patch",
    path: "/v1/posts/:id",
    scope: "write",
    tag: "Posts",
    summary: "Change a post that has not begun to go out",
    description: "Needs `If-Match` with the ETag you have seen.",
    params,
    body: postPatch,
    answers: { 200: { description: "Changed", schema: storedPost } },
    refuses: [
      "if_match_required",
      "stale",
      "already_sending",
      "wrong_state",
      "validation_failed",
      "unknown_account",
    ],
    async handle({ world, workspaceId, scopes, params: { id: postId }, body, request }) {
      const { dueAt, ...content } = body;
      if (dueAt) requireScope(scopes, "publish");
      const revision = revisionOf(request.headers["if-match"]);
      const given = Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined));
      return storedReply(
        200,
        await patchPost(world, workspaceId, postId, revision, { content: given, dueAt }),
      );
    },
  }),
  route({
    method: "delete",
    path: "/v1/posts/:id",
    scope: "publish",
    tag: "Posts",
    summary: "Delete a post, and take it down where the platform lets us",
    params,
    answers: { 200: { description: "What was taken down, and what was not", schema: deletion } },
    refuses: ["already_sending"],
    async handle({ world, workspaceId, params: { id: postId } }) {
      return { status: 200, body: await deletePost(world, workspaceId, postId) };
    },
  }),
];

/** Null: whichever revision it is. */
function revisionOf(header: string | undefined): number | null {
  if (header === undefined)
    throw new Refusal("if_match_required", "Send `If-Match` with the ETag of the post you have read.");
  if (header === "*") return null;
  const revision = /^("?)(\d{1,9})\1$/.exec(header)?.[2];
  if (revision === undefined)
    throw new Refusal("stale", '`If-Match` is not an ETag of this post: those look like "1".');
  return Number(revision);
}
