import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { accounts } from "./accounts.ts";
import { instant, workspaces } from "./workspaces.ts";

/** Rules: what is posted on one account is shared on others. */
export const links = pgTable(
  "links",
  {
    id: text().primaryKey(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id),
    /** An account; null: a feed. */
    sourceId: text("source_id"),
    feed: text(),
    bothWays: boolean("both_ways").notNull(),
    filter: jsonb().notNull(),
    transform: jsonb().notNull(),
    mirror: boolean().notNull().default(true),
    delayMinutes: integer("delay_minutes").notNull().default(0),
    review: boolean().notNull().default(true),
    quietHours: jsonb("quiet_hours"),
    activeFrom: instant("active_from"),
    activeTo: instant("active_to"),
    onDelete: text("on_delete", { enum: ["ask", "delete"] })
      .notNull()
      .default("ask"),
    /** What was posted outside of Clarion before this is not shared: the link was not there, or was paused. */
    mirrorsSince: instant("mirrors_since").notNull().default(sql`now()`),
    state: text({ enum: ["active", "paused"] })
      .notNull()
      .default("active"),
    createdAt: instant("created_at").notNull().default(sql`now()`),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => [
    unique("links_in_workspace").on(t.workspaceId, t.id),
    foreignKey({ columns: [t.workspaceId, t.sourceId], foreignColumns: [accounts.workspaceId, accounts.id] }),
    check("links_one_source", sql`(${t.sourceId} is null) <> (${t.feed} is null)`),
  ],
);

/** Where a link leads, in the order its author gave. */
export const linkTargets = pgTable(
  "link_targets",
  {
    workspaceId: text("workspace_id").notNull(),
    linkId: text("link_id").notNull(),
    accountId: text("account_id").notNull(),
    position: smallint().notNull(),
    /** What was posted here before this does not come back where the link leads both ways; null: the link's own moment. */
    mirrorsSince: instant("mirrors_since"),
  },
  (t) => [
    primaryKey({ columns: [t.linkId, t.accountId] }),
    foreignKey({
      columns: [t.workspaceId, t.linkId],
      foreignColumns: [links.workspaceId, links.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.workspaceId, t.accountId],
      foreignColumns: [accounts.workspaceId, accounts.id],
    }),
  ],
);

/** Whom the workspace mentions, by their handles on the platforms. */
export const people = pgTable(
  "people",
  {
    id: text().primaryKey(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id),
    name: text().notNull(),
    handles: jsonb().notNull(),
    createdAt: instant("created_at").notNull().default(sql`now()`),
  },
  (t) => [index("people_in_workspace").on(t.workspaceId)],
);
