import { z } from "zod";
import { changeLink, createLink, getLink, removeLink, showLinks } from "../../links/manage-links.ts";
import { type Route, route } from "../route.ts";
import { id } from "../schemas/common.ts";
import { link, linkPatch, newLink } from "../schemas/links.ts";

const params = z.object({ id: id("lnk") });
const tag = "Links";

type Source = string | { readonly feed: string };

/** A feed is known by its address. */
function place(source: Source): string {
  return typeof source === "string" ? source : source.feed;
}

/** Rules: what is posted on one account is shared on others. */
export const linkRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/links",
    scope: "read",
    tag,
    summary: "All links",
    answers: { 200: { description: "Oldest first", schema: z.object({ data: z.array(link) }) } },
    async handle({ world, workspaceId }) {
      return { status: 200, body: { data: await showLinks(world, workspaceId) } };
    },
  }),
  route({
    method: "post",
    path: "/v1/links",
    scope: "publish",
    tag,
    summary: "Share what is posted on one account on others",
    description:
      "A post with `linkedFrom` goes along links, chains of them too, to each account once. So does what is posted on the source outside of Clarion from now on, unless `mirror` is false: as a draft, unless `review` is.",
    body: newLink,
    answers: { 201: { description: "In force", schema: link } },
    refuses: ["unknown_account", "account_disconnected", "feed_refused"],
    async handle({ world, workspaceId, body }) {
      const wanted = { ...body, source: place(body.source) };
      return { status: 201, body: await createLink(world, workspaceId, wanted) };
    },
  }),
  route({
    method: "get",
    path: "/v1/links/:id",
    scope: "read",
    tag,
    summary: "One link",
    params,
    answers: { 200: { description: "The link", schema: link } },
    async handle({ world, workspaceId, params: { id: linkId } }) {
      return { status: 200, body: await getLink(world, workspaceId, linkId) };
    },
  }),
  route({
    method: "patch",
    path: "/v1/links/:id",
    scope: "publish",
    tag,
    summary: "Change, pause or resume a link",
    params,
    body: linkPatch,
    answers: {
      200: {
        description: "Changed; what waits for its time and is shared no more becomes a draft",
        schema: link,
      },
    },
    refuses: ["unknown_account", "account_disconnected", "feed_refused"],
    async handle({ world, workspaceId, params: { id: linkId }, body }) {
      const change = { ...body, source: body.source && place(body.source) };
      return { status: 200, body: await changeLink(world, workspaceId, linkId, change) };
    },
  }),
  route({
    method: "delete",
    path: "/v1/links/:id",
    scope: "publish",
    tag,
    summary: "Delete a link",
    params,
    answers: { 204: { description: "Gone; what waits for its time and is shared no more becomes a draft" } },
    async handle({ world, workspaceId, params: { id: linkId } }) {
      await removeLink(world, workspaceId, linkId);
      return { status: 204 };
    },
  }),
];
