import { z } from "zod";
import { platforms } from "../../domain/platform.ts";
import { id, instant } from "./common.ts";

const platform = z.enum(platforms);

export const newConnection = z
  .strictObject({
    platform,
    mode: z
      .enum(["live", "practice"])
      .default("live")
      .meta({ description: "`practice`: the practice network's own login pages" }),
    instance: z.string().max(2000).optional().meta({
      description:
        "The account's server, on platforms that are many; for Bluesky its handle, or nothing, will do",
      example: "https://mastodon.example",
    }),
    returnTo: z
      .string()
      .max(500)
      .regex(/^\/(?![/\\])[\x21-\x7e]*$/, "must be a path of this server, like /accounts")
      .optional()
      .meta({ description: "Where the last page leads back to" }),
    accountId: id("acc").optional().meta({ description: "Connect this account again, and no other" }),
  })
  .meta({ id: "NewConnection" });

export const startedConnection = z
  .object({
    id: z.string(),
    authorizeUrl: z
      .string()
      .meta({ description: "Open it in the browser of the person who logs in. Good once." }),
    expiresAt: instant,
  })
  .meta({ id: "StartedConnection" });

const offered = z.object({ externalId: z.string(), handle: z.string(), name: z.string() });

export const connection = z
  .object({
    id: z.string(),
    platform,
    step: z.enum(["waiting", "opened", "choosing", "connected", "failed", "expired"]),
    offered: z.array(offered).meta({ description: "While `choosing`: whom the login may post as" }),
    accountIds: z.array(z.string()).meta({ description: "When `connected`" }),
    reason: z.object({ code: z.string(), message: z.string() }).nullable(),
    expiresAt: instant,
  })
  .meta({ id: "Connection" });

export const choice = z.strictObject({
  accounts: z
    .array(z.string().max(255))
    .min(1)
    .max(200)
    .meta({ description: "`externalId` of each account to link" }),
});

export const app = z
  .object({
    platform,
    clientId: z.string(),
    scopes: z.array(z.string()).nullable().meta({ description: "Null: what every app gets" }),
    createdAt: instant,
  })
  .meta({ id: "App", description: "Never with its secret" });

export const newApp = z.strictObject({
  clientId: z.string().trim().min(1).max(500),
  clientSecret: z.string().trim().min(1).max(2000),
  scopes: z
    .array(z.string().regex(/^[\w.:/-]{1,200}$/, "must be a scope, like w_organization_social"))
    .min(1)
    .max(100)
    .optional()
    .meta({
      description:
        "LinkedIn: all that its page lists for the app, where that is more than every app gets. Clarion asks for those it can use",
    }),
});
