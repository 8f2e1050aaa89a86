import { z } from "zod";
import { deliveryStates } from "../../domain/delivery.ts";
import { itemStates } from "../../domain/link/source-item.ts";
import { platforms } from "../../domain/platform.ts";
import { id, instant, page } from "./common.ts";

const told = z.object({ code: z.string(), message: z.string() });
const file = z.object({ kind: z.string(), altText: z.string() });
const copy = z.object({ accountId: z.string(), postId: z.string() });
const shownCopy = copy.extend({
  platform: z.enum(platforms),
  state: z.enum(["draft", "left_out", ...deliveryStates]).meta({
    description: "Of its delivery; `left_out`: its post does not go there any more",
  }),
  deliveryId: z.string().nullable().meta({ description: "For `/v1/deliveries`; null: a draft has none" }),
  dueAt: z.string().nullable(),
  externalUrl: z.string().nullable().meta({ description: "Null until it is public" }),
  error: told.nullable().meta({ description: "Of its delivery" }),
});

export const itemQuery = z.strictObject({
  state: z.enum(itemStates).optional(),
  ...page,
  cursor: id("itm").optional(),
});

export const linkItem = z
  .object({
    id: z.string(),
    source: z
      .union([z.string(), z.object({ feed: z.string() })])
      .meta({ description: "Where it was posted: an account's id, or a feed" }),
    externalUrl: z.string(),
    text: z.string(),
    title: z.string().nullable(),
    media: z.array(file),
    createdAt: instant,
    state: z.enum(itemStates).meta({
      description:
        "`shared`: `copies` say how it goes with each. `held`: decide with `/held`. `failed`: decide with `/decide`, `retry`",
    }),
    reason: told.nullable(),
    change: z
      .object({ kind: z.enum(["edited", "deleted"]), seenAt: instant })
      .nullable()
      .meta({ description: "What was done to the original since: decide with `/decide`" }),
    copies: z.array(shownCopy).meta({ description: "The posts that it became, and how it goes with each" }),
    notes: z
      .array(told.extend({ accountId: z.string() }))
      .meta({ description: "Who did not get it, or got it changed, and why" }),
  })
  .meta({ id: "LinkItem" });

export const heldDecision = z
  .strictObject({ decision: z.enum(["share", "skip"]) })
  .meta({ id: "HeldDecision" });

export const itemDecision = z
  .strictObject({
    decision: z.enum(["follow", "leave", "retry", "share"]).meta({
      description:
        "`follow`: edit or delete the copies as the original was. `retry`: what failed. `share`: what was left out because it was old, or there already; and, of what was shared, with those who have no copy",
    }),
  })
  .meta({ id: "ItemDecision" });

export const itemDecided = z
  .object({
    id: z.string(),
    done: z.boolean().meta({
      description:
        "False: a copy could not be changed; `reason` says what to do. What is shared or tried again is so in a moment: look at the item then",
    }),
    copies: z.array(copy.extend({ done: z.boolean(), reason: z.string().nullable() })),
  })
  .meta({ id: "ItemDecided" });

export const itemPreview = z
  .object({
    externalUrl: z.string(),
    text: z.string(),
    media: z.array(file),
    createdAt: instant,
    notShared: told.nullable(),
    targets: z.array(
      z.object({
        accountId: z.string(),
        platform: z.enum(platforms),
        ok: z.boolean(),
        text: z.string(),
        link: z.string().nullable(),
        media: z.array(file),
        differences: z.array(z.object({ kind: z.enum(["same", "added", "removed"]), text: z.string() })),
        lost: z.array(told).meta({ description: "What does not come through whole" }),
        issues: z.array(told).meta({ description: "Why it cannot go there" }),
      }),
    ),
  })
  .meta({ id: "ItemPreview" });
