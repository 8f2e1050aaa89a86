import { z } from "zod";
import { platforms } from "../../domain/platform.ts";
import { id, moment, page, webAddress } from "./common.ts";

const maxText = 100_000;

const mediaUse = z.strictObject({
  id: id("med"),
  altText: z
    .string()
    .max(10_000)
    .optional()
    .meta({ description: "For this use only; absent: the file's own" }),
});
const mediaList = z.array(mediaUse).max(50);
const text = z.string().max(maxText);
const link = webAddress.nullable();

const threadPart = z.strictObject({ text: text.default(""), media: mediaList.default([]) });
const thread = z.array(threadPart).max(100);
const firstComment = z.string().min(1).max(maxText).nullable();
export const options = z.record(
  z.string().max(100),
  z.union([z.string().max(maxText), z.boolean(), z.array(z.string().max(1000)).max(100)], {
    error: "must be a string, a boolean or a list of strings",
  }),
);

export const variant = z.strictObject({
  text: text.optional(),
  media: mediaList.optional(),
  link: link.optional(),
  thread: thread.optional(),
  firstComment: firstComment.optional(),
  options: options.optional(),
});

const accounts = z
  .array(id("acc"))
  .max(500)
  .refine((ids) => new Set(ids).size === ids.length, "names an account twice");

const variants = z
  .record(
    z
      .string()
      .refine((key) => (platforms as readonly string[]).includes(key) || /^acc_[0-9a-z]{26}$/.test(key), {
        error: "must be a platform or an account's id",
      }),
    variant,
  )
  .meta({
    description: "By account id or platform: what goes there instead. The account wins over its platform.",
  });

export const dueAt = z
  .union(
    [
      z.string().max(64),
      z.strictObject({
        local: z.string().max(32).meta({ example: "2026-12-01T09:00" }),
        zone: z.string().max(64).meta({ description: "An IANA name", example: "Asia/Baku" }),
        choose: z
          .enum(["earlier", "later"])
          .optional()
          .meta({ description: "For an hour that clock changes skip or repeat" }),
      }),
    ],
    { error: "must be an ISO 8601 time with its offset, `now`, or { local, zone, choose? }" },
  )
  .meta({ description: "When it is to go out", example: "2026-12-01T09:00:00+04:00" });

/** What the author writes. */
export const content = {
  text: text.meta({ example: "Clean water is a right. Join us on Friday. #WaterForAll" }),
  media: mediaList,
  link: link.meta({
    description: "A field of its own where the platform has one, else a line below the text",
  }),
  accounts,
  variants,
  thread: thread.meta({ description: "Further parts, where the platform has threads" }),
  firstComment: firstComment.meta({ description: "Where the platform takes one" }),
  allowMissingAltText: z.boolean(),
};

export const newPost = z
  .strictObject({
    text: content.text.default(""),
    media: content.media.default([]),
    link: content.link.default(null),
    accounts: content.accounts.default([]),
    variants: content.variants.default({}),
    thread: content.thread.default([]),
    firstComment: content.firstComment.default(null),
    allowMissingAltText: content.allowMissingAltText.default(false),
    dueAt: dueAt.nullable().default(null).meta({ description: "Absent: a draft" }),
    linkedFrom: id("acc").nullable().default(null).meta({
      description: "Goes to this account and to all that its links share with, each in its own words",
    }),
    onIssue: z
      .enum(["refuse", "skip"])
      .default("refuse")
      .meta({ description: "`skip`: leave out the accounts that cannot take it, and say which" }),
  })
  .meta({
    id: "NewPost",
    example: {
      text: "Clean water is a right. Join us on Friday. #WaterForAll",
      accounts: ["acc_06fy4v3m2k8q5t7w9x1z0a2b4c"],
      dueAt: { local: "2026-12-01T09:00", zone: "Asia/Baku" },
    },
  });

export const postPatch = z
  .strictObject({ ...content, dueAt: dueAt.nullable().meta({ description: "Null: a draft again" }) })
  .partial()
  .meta({ id: "PostPatch", description: "Fields that are given replace those of the post, whole" });

export const postStates = [
  "draft",
  "in_review",
  "scheduled",
  "publishing",
  "published",
  "partly_published",
  "failed",
  "needs_decision",
  "canceled",
] as const;

export const postQuery = z.strictObject({
  from: moment("Due at or after"),
  to: moment("Due before"),
  state: z.enum(postStates).optional(),
  accountId: id("acc").optional(),
  platform: z.enum(platforms).optional(),
  q: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\0]*$/)
    .optional()
    .meta({ description: "Part of the text, in any case" }),
  ...page,
});
