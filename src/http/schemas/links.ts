import { z } from "zod";
import { platforms } from "../../domain/platform.ts";
import { isZoneName } from "../../domain/wall-time.ts";
import { id, instant, webAddress } from "./common.ts";
import { options } from "./posts.ts";

const hashtag = z
  .string()
  .regex(/^#?[\p{L}\p{M}\p{N}_]{1,100}$/u, "must be a hashtag like #share")
  .meta({ example: "#share" });
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/, "must be a language like `az`");
const host = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "must be a host like example.org");
const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of the day like 22:00")
  .meta({ example: "22:00" });
const zone = z
  .string()
  .refine(isZoneName, "must be a zone of the IANA list like Asia/Baku")
  .meta({ example: "Asia/Baku" });
const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const word = z.string().min(1).max(100).optional();

const filter = z
  .strictObject({
    kinds: z
      .array(z.enum(["text", "image", "video"]))
      .min(1)
      .optional(),
    languages: z.array(language).min(1).max(50).optional().meta({
      description: "A post whose language nobody knows is shared",
    }),
    include: hashtag.optional().meta({ description: "Only posts with this hashtag are shared" }),
    exclude: hashtag.optional().meta({ description: "Posts with this hashtag are not" }),
    replies: z.boolean().optional().meta({ description: "Default: no" }),
    reposts: z.boolean().optional().meta({ description: "Default: no" }),
  })
  .meta({ description: "What is shared; what is absent does not count" });

const change = {
  text: z.string().min(1).max(10_000).optional().meta({
    description: "`{text}`, `{link}`, `{source}` and `{title}` are filled in",
    example: "{text}\n\n{link}",
  }),
  hashtags: z.enum(["keep", "first", "drop"]).optional().meta({ description: "Default: keep" }),
  append: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .meta({ description: "Below the text", example: "#WaterForAll" }),
  utm: z
    .strictObject({ hosts: z.array(host).min(1).max(50), source: word, medium: word, campaign: word })
    .optional()
    .meta({ description: "Marks links to your own sites" }),
  options: options
    .optional()
    .meta({ description: "The platform's own, filled in as `text` is", example: { title: "{title}" } }),
};

const transform = z
  .strictObject({
    ...change,
    byTarget: z
      .record(
        z
          .string()
          .refine((key) => (platforms as readonly string[]).includes(key) || /^acc_[0-9a-z]{26}$/.test(key), {
            error: "must be a platform or a target's id",
          }),
        z.strictObject(change),
      )
      .optional(),
  })
  .meta({
    description:
      "How the text changes on its way. Mentions become the handles of `/v1/people`, or plain names",
  });

const targets = z
  .array(id("acc"))
  .min(1)
  .max(100)
  .refine((ids) => new Set(ids).size === ids.length, "names an account twice");

const feed = z.strictObject({ feed: webAddress }).meta({ description: "A blog: RSS, Atom or JSON Feed" });

const quietHours = z
  .strictObject({ from: clock, to: clock, zone })
  .refine(({ from, to }) => from !== to, { path: ["to"], error: "is the same as `from`" })
  .nullable()
  .meta({ description: "What comes from outside waits until they are over" });

const orFeed = 'must be an id of GET /v1/accounts like acc_…, or { "feed": "https://…" }';

const given = {
  source: z.union([id("acc", orFeed), feed], { error: orFeed }),
  targets,
  bothWays: z.boolean().meta({ description: "What is posted on a target is shared on the source too" }),
  filter,
  transform,
  mirror: z.boolean().meta({ description: "What was posted outside of Clarion is shared too" }),
  delayMinutes: z.number().int().min(0).max(10_080).meta({ description: "Of what comes from outside" }),
  review: z
    .boolean()
    .meta({ description: "What comes from outside is a draft first, for you to publish or drop" }),
  quietHours,
  activeFrom: time.nullable().meta({ description: "What is posted earlier is not shared" }),
  activeTo: time.nullable().meta({ description: "Nor what is posted then or later" }),
  onDelete: z.enum(["ask", "delete"]).meta({
    description:
      "The copies, when the original is deleted outside. Where much is gone at once, or nothing is left there, you are asked all the same",
  }),
};

export const newLink = z
  .strictObject({
    ...given,
    bothWays: given.bothWays.default(false),
    filter: filter.default({}),
    transform: transform.default({}),
    mirror: given.mirror.default(true),
    delayMinutes: given.delayMinutes.default(0),
    review: given.review.default(true),
    quietHours: quietHours.default(null),
    activeFrom: given.activeFrom.default(null),
    activeTo: given.activeTo.default(null),
    onDelete: given.onDelete.default("ask"),
  })
  .meta({
    id: "NewLink",
    example: {
      source: "acc_06fy4v3m2k8q5t7w9x1z0a2b4c",
      targets: ["acc_06fy4v3m2k8q5t7w9x1z0a2b4d", "acc_06fy4v3m2k8q5t7w9x1z0a2b4e"],
      filter: { kinds: ["image"], exclude: "#private" },
      transform: { text: "{text}\n\n{link}" },
      review: true,
    },
  });

export const linkPatch = z
  .strictObject({ ...given, state: z.enum(["active", "paused"]) })
  .partial()
  .meta({
    id: "LinkPatch",
    example: { state: "paused" },
    description: "Fields that are given replace those of the link, whole",
  });

export const link = z
  .object({
    id: z.string(),
    ...given,
    activeFrom: instant.nullable(),
    activeTo: instant.nullable(),
    state: z.enum(["active", "paused", "failing", "held"]).meta({
      description:
        "`failing`: a source cannot be read, `lastError` says why, and it is tried again. `held`: a source showed so much at once that you are asked",
    }),
    lastReadAt: instant.nullable(),
    lastError: z.object({ code: z.string(), message: z.string() }).nullable(),
    heldItems: z.number().int().meta({ description: "How many wait for your decision" }),
    warnings: z.array(z.object({ accountId: z.string(), code: z.string(), message: z.string() })).meta({
      description:
        "Whom nothing reaches that is posted outside, for want of an option or with one that their platform does not take",
    }),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "Link" });

export const newPerson = z
  .strictObject({
    name: z.string().min(1).max(200).meta({ description: "For platforms where they have no account" }),
    handles: z
      .partialRecord(
        z.enum(platforms),
        z.string().regex(/^[^\s@]\S{0,253}$/, "must be a handle without its @"),
      )
      .meta({ example: { x: "water4all", mastodon: "water@example.social" } }),
  })
  .meta({ id: "NewPerson" });

export const person = z.object({ id: z.string(), ...newPerson.shape }).meta({ id: "Person" });
