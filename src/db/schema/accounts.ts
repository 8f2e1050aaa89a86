import { sql } from "drizzle-orm";
import { check, index, pgTable, smallint, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { bytes, instant, workspaces } from "./workspaces.ts";

/** The token vault: credentials, sealed with a data key of their own that SECRET_KEY wraps. Read by accounts/vault only. */
export const grants = pgTable("grants", {
  id: text().primaryKey(),
  workspaceId: text("workspace_id")
    .notNull()
    .references(() => workspaces.id),
  /** Which SECRET_KEY wrapped the data key. */
  keyId: text("key_id").notNull(),
  wrappedKey: bytes("wrapped_key").notNull(),
  sealed: bytes().notNull(),
  /** Changes with every write, so that a worker knows when its opened copy is old. */
  version: text().notNull(),
  expiresAt: instant("expires_at"),
  /** Somebody is at renewing it until then: of two that come at once one asks the platform. */
  renewingUntil: instant("renewing_until"),
  /** When it was last renewed without its person. */
  renewedAt: instant("renewed_at"),
  /** When the platform was last asked whether it works. */
  checkedAt: instant("checked_at"),
  /** When its people were told that it ends soon. */
  warnedAt: instant("warned_at"),
  createdAt: instant("created_at").notNull().default(sql`now()`),
});

export const accounts = pgTable(
  "accounts",
  {
    id: text().primaryKey(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id),
    platform: text().notNull(),
    mode: text({ enum: ["live", "practice"] }).notNull(),
    externalId: text("external_id").notNull(),
    handle: text().notNull(),
    name: text().notNull(),
    /** An instance's own origin; null: the platform's. */
    baseUrl: text("base_url"),
    scopes: text().array().notNull().default(sql`'{}'`),
    /** `held`: waits for reconnection. `paused`: a person stopped it. */
    state: text({ enum: ["active", "held", "paused", "disconnected"] })
      .notNull()
      .default("active"),
    reasonCode: text("reason_code"),
    reasonText: text("reason_text"),
    grantId: text("grant_id").references(() => grants.id),
    /** The platform asked us to slow down until then. */
    coolUntil: instant("cool_until"),
    /** When the next delivery that is more than a minute late may go out. */
    nextLateAt: instant("next_late_at"),
    /** How many late ones went out since, within a minute: the burst breaker. */
    lateSends: smallint("late_sends").notNull().default(0),
    lateSince: instant("late_since"),
    createdAt: instant("created_at").notNull().default(sql`now()`),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => [
    uniqueIndex("accounts_identity")
      .on(t.workspaceId, t.platform, t.mode, t.externalId, sql`coalesce(${t.baseUrl}, '')`)
      .where(sql`${t.state} <> 'disconnected'`),
    unique("accounts_in_workspace").on(t.workspaceId, t.id),
    index("accounts_grant").on(t.grantId),
    check("accounts_grant_present", sql`${t.grantId} is not null or ${t.state} = 'disconnected'`),
  ],
);
