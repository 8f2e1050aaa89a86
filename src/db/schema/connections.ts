import { sql } from "drizzle-orm";
import { foreignKey, index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { accounts } from "./accounts.ts";
import { bytes, instant, workspaces } from "./workspaces.ts";

/** One attempt of a person to link accounts by logging in at the platform. Read by accounts/oauth only. */
export const connections = pgTable(
  "connections",
  {
    id: text().primaryKey(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id),
    /** Who began it. */
    keyId: text("key_id").notNull(),
    platform: text().notNull(),
    mode: text({ enum: ["live", "practice"] }).notNull(),
    baseUrl: text("base_url"),
    /** The account that is connected again; null: whichever comes. */
    accountId: text("account_id"),
    /** A path of our own to go to at the end. */
    returnTo: text("return_to"),
    /** `waiting` for the browser, `opened` there, `trading` the code, `choosing` among several, then `connected` or `failed`. */
    step: text({ enum: ["waiting", "opened", "trading", "choosing", "connected", "failed"] })
      .notNull()
      .default("waiting"),
    /** SHA-256 of the link that opens it, of the state the platform gives back, and of the cookie of its browser. */
    ticketHash: bytes("ticket_hash").notNull(),
    stateHash: bytes("state_hash").notNull(),
    browserHash: bytes("browser_hash"),
    /** Sealed: state, verifier and app; after the trade the tokens. */
    keyIdOfSeal: text("seal_key_id").notNull(),
    wrappedKey: bytes("wrapped_key").notNull(),
    sealed: bytes().notNull(),
    /** Whom the login may post as: ids, handles and names. */
    identities: jsonb(),
    accountIds: text("account_ids").array().notNull().default(sql`'{}'`),
    reasonCode: text("reason_code"),
    reasonText: text("reason_text"),
    expiresAt: instant("expires_at").notNull(),
    createdAt: instant("created_at").notNull().default(sql`now()`),
  },
  (t) => [
    uniqueIndex("connections_ticket").on(t.ticketHash),
    uniqueIndex("connections_state").on(t.stateHash),
    index("connections_age").on(t.expiresAt),
    foreignKey({
      columns: [t.workspaceId, t.accountId],
      foreignColumns: [accounts.workspaceId, accounts.id],
    }),
  ],
);

/** Apps that accounts are linked through: a workspace's own, and those made known to servers by ourselves. */
export const apps = pgTable(
  "apps",
  {
    id: text().primaryKey(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id),
    platform: text().notNull(),
    mode: text({ enum: ["live", "practice"] }).notNull(),
    /** The server it is known to; empty: the platform's. */
    baseUrl: text("base_url").notNull().default(""),
    clientId: text("client_id").notNull(),
    /** All that the platform gave it, where that was said; null: the least. */
    scopes: text().array(),
    keyIdOfSeal: text("seal_key_id").notNull(),
    wrappedKey: bytes("wrapped_key").notNull(),
    sealed: bytes().notNull(),
    /** `us`: registered at the server, for one redirect address. */
    madeBy: text("made_by", { enum: ["workspace", "us"] }).notNull(),
    redirectUri: text("redirect_uri"),
    createdAt: instant("created_at").notNull().default(sql`now()`),
  },
  (t) => [uniqueIndex("apps_place").on(t.workspaceId, t.platform, t.mode, t.baseUrl)],
);
