import { sql } from "drizzle-orm";
import {
  boolean,
  foreignKey,
  index,
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
    sourceId: text("source_id").notNull(),
    bothWays: boolean("both_ways").notNull(),
    filter: jsonb().notNull(),
    transform: jsonb().notNull(),
    state: text({ enum: ["active", "paused"] })
      .notNull()
      .default("active"),
    createdAt: instant("created_at").notNull().default(sql`now()`),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => [
    unique("links_in_workspace").on(t.workspaceId, t.id),
    foreignKey({ columns: [t.workspaceId, t.sourceId], foreignColumns: [accounts.workspaceId, accounts.id] }),
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
