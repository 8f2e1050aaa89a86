import { sql } from "drizzle-orm";
import {
  customType,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
} from "drizzle-orm/pg-core";

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** Everything a person owns hangs below one workspace, and every query names it. */
export const workspaces = pgTable("workspaces", {
  id: text().primaryKey(),
  name: text().notNull(),
  pausedAt: instant("paused_at"),
  pauseReason: text("pause_reason"),
  createdAt: instant("created_at").notNull().default(sql`now()`),
});

/** Only the SHA-256 of a key is kept: the key has 256 random bits, so a slow hash would add nothing. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: text().primaryKey(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id),
    name: text().notNull(),
    hash: bytes().notNull().unique(),
    scopes: text().array().notNull(),
    createdAt: instant("created_at").notNull().default(sql`now()`),
    expiresAt: instant("expires_at"),
    revokedAt: instant("revoked_at"),
  },
  (t) => [index("api_keys_workspace").on(t.workspaceId)],
);

/** The first answer to a request that carried an Idempotency-Key. `status` is null while it still runs. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id),
    key: text().notNull(),
    requestHash: bytes("request_hash").notNull(),
    status: smallint(),
    response: jsonb(),
    createdAt: instant("created_at").notNull().default(sql`now()`),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.key] }), index("idempotency_keys_age").on(t.createdAt)],
);
