import { z } from "zod";
import { platforms } from "../../domain/platform.ts";
import { instant, page } from "./common.ts";

const states = ["active", "held", "paused", "disconnected"] as const;
const platform = z.enum(platforms);

export const account = z
  .object({
    id: z.string(),
    platform,
    mode: z.enum(["live", "practice"]),
    externalId: z.string().meta({ description: "The platform's own id of it" }),
    handle: z.string(),
    name: z.string(),
    baseUrl: z
      .string()
      .nullable()
      .meta({ description: "The server it is at, on platforms that are many servers" }),
    state: z
      .enum(states)
      .meta({ description: "`held`: waits to be connected again; `paused`: a person stopped it" }),
    reason: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .meta({ description: "Why it is held or paused" }),
    scopes: z.array(z.string()).meta({ description: "What the platform granted, where that is known" }),
    expiresAt: instant.nullable().meta({ description: "When its credentials end, where that is known" }),
    lastSuccessAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: "Account" });

export const newAccount = z
  .discriminatedUnion("mode", [
    z.strictObject({
      mode: z.literal("practice"),
      platform,
      handle: z
        .string()
        .regex(/^@?[A-Za-z0-9_]{1,15}$/, "must be 1 to 15 letters, digits or _")
        .transform((handle) => handle.replace("@", "")),
    }),
    z.strictObject({
      mode: z.literal("live"),
      platform,
      credentials: z.record(z.string().max(100), z.string().max(10_000)).meta({
        description: "As `GET /v1/platforms` names them; `expiresAt` (ISO 8601) wherever it is known",
        example: { accessToken: "…" },
      }),
      baseUrl: z
        .string()
        .max(2000)
        .optional()
        .meta({ description: "The account's server, for Mastodon", example: "https://mastodon.example" }),
    }),
  ])
  .meta({ id: "NewAccount" });

export const accountPatch = z
  .strictObject({
    name: z.string().trim().min(1).max(100).optional().meta({ description: "Ours alone" }),
    state: z.enum(["active", "paused"]).optional(),
    reason: z.string().trim().min(1).max(500).optional().meta({ description: "Why it is paused" }),
  })
  .refine(({ name, state }) => name !== undefined || state !== undefined, "needs `name` or `state`")
  .refine(({ state, reason }) => reason === undefined || state === "paused", {
    message: "goes with `state: paused` only",
    path: ["reason"],
  })
  .meta({ id: "AccountPatch" });

export const accountQuery = z.strictObject({
  platform: platform.optional(),
  state: z.enum(states).optional().meta({ description: "Absent: all but the disconnected ones" }),
  ...page,
});

export const disconnection = z.object({
  account,
  canceled: z.int().meta({ description: "Deliveries that were still to go out there" }),
  alreadySending: z
    .array(z.object({ id: z.string(), postId: z.string(), accountId: z.string(), state: z.string() }))
    .meta({ description: "Past their intent: they may be public, and nothing can call them back" }),
  revoked: z.boolean().meta({
    description: "Whether the platform took the login back; if not, its person can remove our app there",
  }),
});
