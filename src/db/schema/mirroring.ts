import { sql } from "drizzle-orm";
import {
  bigint,
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
import { itemStates } from "../../domain/link/source-item.ts";
import { accounts } from "./accounts.ts";
import { posts } from "./posts.ts";
import { instant, workspaces } from "./workspaces.ts";

/** Accounts and feeds that are read for what was posted outside of Clarion, while an active link begins there. */
export const sources = pgTable(
  "sources",
  {
    id: text().primaryKey(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id),
    /** Null: a feed. */
    accountId: text("account_id"),
    feed: text(),
    /** A feed's own. */
    title: text(),
    /** What is older is never looked at. */
    since: instant("since").notNull().default(sql`now()`),
    /** When it is next to be read, or the end of the lease of who is at it. */
    nextReadAt: instant("next_read_at").notNull().default(sql`now()`),
    /** Grows whenever it is taken: whoever holds an older one has lost. */
    fence: bigint({ mode: "number" }).notNull().default(0),
    /** When it was last read to the end. */
    readAt: instant("read_at"),
    failures: smallint().notNull().default(0),
    errorCode: text("error_code"),
    errorText: text("error_text"),
    /** Of a feed. */
    etag: text(),
    lastModified: text("last_modified"),
    /** It showed so much at once that a person is asked. */
    heldAt: instant("held_at"),
    /** Who tells us of what is new, and the name under which it knows this source. */
    hub: text(),
    topic: text(),
    /** Part of the address that the hub calls. */
    pushKey: text("push_key"),
    /** Until when the hub has promised to call. */
    pushUntil: instant("push_until"),
    /** When the hub was last asked to. */
    pushAskedAt: instant("push_asked_at"),
    /** Somebody reads it now, until `nextReadAt` at the latest. */
    taken: boolean().notNull().default(false),
    /** We were told of something new since it was last taken. */
    rung: boolean().notNull().default(false),
  },
  (t) => [
    unique("sources_in_workspace").on(t.workspaceId, t.id),
    unique("sources_account").on(t.workspaceId, t.accountId),
    unique("sources_feed").on(t.workspaceId, t.feed),
    unique("sources_push_key").on(t.pushKey),
    index("sources_next_read").on(t.nextReadAt),
    foreignKey({
      columns: [t.workspaceId, t.accountId],
      foreignColumns: [accounts.workspaceId, accounts.id],
    }),
    check("sources_one_place", sql`(${t.accountId} is null) <> (${t.feed} is null)`),
  ],
);

/** What a source showed, and what became of it. */
export const sourceItems = pgTable(
  "source_items",
  {
    sourceId: text("source_id").notNull(),
    /** The platform's id, or the feed's. */
    externalId: text("external_id").notNull(),
    workspaceId: text("workspace_id").notNull(),
    /** Ours, for addresses and lists. */
    id: text().notNull(),
    url: text().notNull(),
    /** A domain `SourceItem`, without its id and times. */
    content: jsonb().notNull(),
    contentHash: text("content_hash").notNull(),
    createdAt: instant("created_at").notNull(),
    seenAt: instant("seen_at").notNull().default(sql`now()`),
    state: text({ enum: itemStates }).notNull(),
    reasonCode: text("reason_code"),
    reasonText: text("reason_text"),
    /** Which accounts did not get it or got it changed, and why: `[{ accountId, code, message }]`. */
    notes: jsonb().notNull().default(sql`'[]'`),
    /** When it is next to be shared, or the end of the lease of who is at it; null: nothing is to be done. */
    nextShareAt: instant("next_share_at"),
    fence: integer().notNull().default(0),
    tries: smallint().notNull().default(0),
    /** The link along which a person wanted it shared although we would not have. */
    byHandLink: text("by_hand_link"),
    /** Links along which a person wanted it shared with further accounts, once it was shared. */
    alsoLinks: text("also_links").array().notNull().default(sql`'{}'`),
    /** It is shared, and is to go along the last of `also_links` now. */
    isAgain: boolean("again").notNull().default(false),
    /** Files that were fetched already: `[{ url, id }]`. */
    files: jsonb().notNull().default(sql`'[]'`),
    /** What the source made of it since it was shared, for a person to decide about. */
    changed: text({ enum: ["edited", "deleted"] }),
    changedAt: instant("changed_at"),
    /** How often in a row it was missing where it should have been. */
    missing: smallint().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.sourceId, t.externalId] }),
    unique("source_items_id").on(t.workspaceId, t.id),
    index("source_items_by_age").on(t.sourceId, t.createdAt),
    index("source_items_by_id").on(t.sourceId, t.id),
    index("source_items_by_state").on(t.sourceId, t.state, t.id),
    index("source_items_new").on(t.sourceId, t.createdAt).where(sql`${t.state} = 'new'`),
    index("source_items_again").on(t.sourceId, t.createdAt).where(sql`${t.isAgain}`),
    index("source_items_to_share").on(t.nextShareAt).where(sql`${t.nextShareAt} is not null`),
    foreignKey({
      columns: [t.workspaceId, t.sourceId],
      foreignColumns: [sources.workspaceId, sources.id],
    }).onDelete("cascade"),
  ],
);

/** That something is, or is to be, on an account: the key lets each thing come to each account once. */
export const arrivals = pgTable(
  "arrivals",
  {
    accountId: text("account_id").notNull(),
    /** The original's address in one spelling, or its hash where that is long. */
    origin: text().notNull(),
    workspaceId: text("workspace_id").notNull(),
    itemId: text("item_id").notNull(),
    /** Null: it was made there, outside of Clarion. */
    postId: text("post_id"),
    /** The post's revision as mirroring left it: with another one a person has changed it, and it is theirs. */
    postRevision: integer("post_revision").notNull().default(1),
    /** Hash of its words; empty: none. */
    textKey: text("text_key").notNull(),
    looks: jsonb().notNull(),
    at: instant("at").notNull().default(sql`now()`),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.origin] }),
    index("arrivals_by_text").on(t.accountId, t.textKey, t.at),
    index("arrivals_by_age").on(t.accountId, t.at),
    index("arrivals_by_item").on(t.workspaceId, t.itemId),
    index("arrivals_by_post").on(t.postId).where(sql`${t.postId} is not null`),
    foreignKey({
      columns: [t.workspaceId, t.accountId],
      foreignColumns: [accounts.workspaceId, accounts.id],
    }),
    foreignKey({ columns: [t.workspaceId, t.postId], foreignColumns: [posts.workspaceId, posts.id] }),
  ],
);
