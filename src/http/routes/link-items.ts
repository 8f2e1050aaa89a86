import { z } from "zod";
import { decideHeld } from "../../links/decide-held.ts";
import { decideItem } from "../../links/decide-item.ts";
import { previewLink } from "../../links/preview-link.ts";
import { showItems } from "../../links/show-items.ts";
import { type Route, route } from "../route.ts";
import { id, listOf } from "../schemas/common.ts";
import {
  heldDecision,
  itemDecided,
  itemDecision,
  itemPreview,
  itemQuery,
  linkItem,
} from "../schemas/link-items.ts";

const params = z.object({ id: id("lnk") });
const tag = "Links";

/** What links share of what is posted outside of Clarion. */
export const linkItemRoutes: readonly Route[] = [
  route({
    method: "post",
    path: "/v1/links/:id/preview",
    scope: "read",
    tag,
    summary: "What the last five posts at the source would become on each target",
    description: "The source is read now; nothing is written. Files are taken to be common ones.",
    params,
    keepsNothing: true, // a login may be renewed
    answers: { 200: { description: "Newest first", schema: z.object({ data: z.array(itemPreview) }) } },
    refuses: ["platform_unavailable", "feed_refused", "account_disconnected"],
    async handle({ world, workspaceId, params: { id: linkId } }) {
      return { status: 200, body: { data: await previewLink(world, workspaceId, linkId) } };
    },
  }),
  route({
    method: "get",
    path: "/v1/links/:id/items",
    scope: "read",
    tag,
    summary: "What the source showed, and what became of it",
    params,
    query: itemQuery,
    answers: { 200: { description: "Newest first", schema: listOf(linkItem) } },
    async handle({ world, workspaceId, params: { id: linkId }, query }) {
      return { status: 200, body: await showItems(world, workspaceId, linkId, query) };
    },
  }),
  route({
    method: "post",
    path: "/v1/links/:id/held",
    scope: "publish",
    tag,
    summary: "Share what was held because it was so much at once, or let it be",
    params,
    body: heldDecision,
    answers: { 200: { description: "Decided", schema: z.object({ items: z.int() }) } },
    async handle({ world, workspaceId, params: { id: linkId }, body: { decision } }) {
      return { status: 200, body: { items: await decideHeld(world, workspaceId, linkId, decision) } };
    },
  }),
  route({
    method: "post",
    path: "/v1/links/:id/items/:itemId/decide",
    scope: "publish",
    tag,
    summary:
      "Do to the copies what was done to the original, leave them, try again what failed, or share what was left out",
    description: "Repeating it is safe: what is done already stays as it is.",
    params: z.object({ id: id("lnk"), itemId: id("itm") }),
    body: itemDecision,
    keepsNothing: true, // copies are changed and deleted on their platforms
    answers: { 200: { description: "One entry per copy", schema: itemDecided } },
    refuses: ["wrong_state"],
    async handle({ world, workspaceId, params: { id: linkId, itemId }, body: { decision } }) {
      return { status: 200, body: await decideItem(world, workspaceId, { linkId, itemId }, decision) };
    },
  }),
];
