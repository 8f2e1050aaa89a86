import { z } from "zod";
import { deliveryStates } from "../../domain/delivery.ts";
import { platforms } from "../../domain/platform.ts";
import { id, instant, moment, page, webAddress } from "./common.ts";

const shared = {
  id: z.string(),
  postId: z.string(),
  accountId: z.string(),
  platform: z.enum(platforms),
  part: z.int().meta({ description: "0 is the post, then the parts of its thread, the first comment last" }),
  state: z.enum(deliveryStates).meta({ description: "docs/errors.md says what each means, and what to do" }),
  dueAt: instant,
  externalId: z.string().nullable(),
  externalUrl: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  nextCheckAt: instant.nullable(),
  publishedAt: instant.nullable(),
};

export const deliverySummary = z
  .object({ ...shared, attempts: z.int().meta({ description: "Tries that counted" }) })
  .meta({ id: "Delivery" });

const media = z.object({
  id: z.string(),
  kind: z.enum(["image", "video"]),
  mimeType: z.string(),
  bytes: z.int(),
  width: z.int(),
  height: z.int(),
  durationMs: z.int().nullable(),
  videoCodec: z.string().nullable().optional(),
  audioCodec: z.string().nullable().optional(),
  altText: z.string(),
});

export const delivery = z
  .object({
    ...shared,
    attemptCount: z.int().meta({ description: "Tries that counted since it was last told to go out" }),
    variant: z.object({
      role: z.enum(["post", "reply", "comment"]),
      text: z.string(),
      link: z.string().nullable(),
      media: z.array(media),
      options: z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())])),
    }),
    attempts: z.array(
      z.object({
        startedAt: instant,
        endedAt: instant.nullable(),
        outcome: z.string().nullable(),
        httpStatus: z.int().nullable(),
      }),
    ),
    events: z.array(
      z.object({
        type: z.string(),
        from: z.string().nullable(),
        reasonCode: z.string().nullable(),
        at: instant,
      }),
    ),
  })
  .meta({ id: "DeliveryWithHistory" });

export const deliveryQuery = z.strictObject({
  state: z.enum(deliveryStates).optional(),
  platform: z.enum(platforms).optional(),
  accountId: id("acc").optional(),
  from: moment("Due at or after"),
  to: moment("Due before"),
  ...page,
});

export const resolution = z
  .discriminatedUnion("outcome", [
    z.strictObject({
      outcome: z.literal("published").meta({ description: "It is there" }),
      externalUrl: webAddress.optional(),
      externalId: z
        .string()
        .min(1)
        .max(500)
        .optional()
        .meta({ description: "The platform's id of it; with it, later parts of a thread follow" }),
    }),
    z.strictObject({ outcome: z.literal("send").meta({ description: "It is not there: send it now" }) }),
    z.strictObject({ outcome: z.literal("drop").meta({ description: "Let it be" }) }),
  ])
  .meta({ id: "Resolution" });

export const unstoppable = z.object({
  id: z.string(),
  postId: z.string(),
  accountId: z.string(),
  state: z.string(),
});
