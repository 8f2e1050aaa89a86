import { sql } from "drizzle-orm";
import {
  bigint,
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
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { deliveryStates, terminalStates } from "../../domain/delivery.ts";
import { accounts } from "./accounts.ts";
import { posts, variants } from "./posts.ts";
import { instant, workspaces } from "./workspaces.ts";

const list = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(", "));

/** One variant to one account at one time. docs/architecture.md has every transition. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: text().primaryKey(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id),
    postId: text("post_id").notNull(),
    accountId: text("account_id").notNull(),
    platform: text().notNull(),
    variantId: text("variant_id")
      .notNull()
      .references(() => variants.id),
    payloadHash: text("payload_hash").notNull(),
    dueAt: instant("due_at").notNull(),
    /** A retry, a snooze or a platform still at work: not before this, though it is due. */
    notBefore: instant("not_before"),
    maxLatenessMs: integer("max_lateness_ms").notNull(),
    state: text({ enum: deliveryStates }).notNull().default("scheduled"),
    /** Grows with every claim and when an attempt is given up: whoever holds an older one has lost. */
    fence: bigint({ mode: "number" }).notNull().default(0),
    leaseUntil: instant("lease_until"),
    /** The worker session that holds the lease. */
    owner: bigint({ mode: "number" }),
    attempts: integer().notNull().default(0),
    /** The moment the scheduler looks at this row again. */
    nextCheckAt: instant("next_check_at"),
    /** Do not look for the post, nor believe that it is absent, before this. */
    settleUntil: instant("settle_until"),
    /** How often the platform was asked what became of it, and how often it said: nothing here. */
    looks: smallint().notNull().default(0),
    absences: smallint().notNull().default(0),
    sentAt: instant("sent_at"),
    /** When `prepare` is next to be called, or the end of the lease of who is at it; null: nothing to prepare. */
    prepareAt: instant("prepare_at"),
    /** What `prepare` made at the platform. */
    prepared: jsonb(),
    handle: text(),
    externalId: text("external_id"),
    externalUrl: text("external_url"),
    reasonCode: text("reason_code"),
    reasonText: text("reason_text"),
    /** Its place in a chain: 0 is the post, then the parts of a thread, the first comment last. */
    part: smallint().notNull().default(0),
    /** The part before it in the chain. */
    afterId: text("after_id"),
    /** The same, until that part is published. */
    waitsFor: text("waits_for"),
    publishedAt: instant("published_at"),
    createdAt: instant("created_at").notNull().default(sql`now()`),
  },
  (t) => [
    foreignKey({ columns: [t.workspaceId, t.postId], foreignColumns: [posts.workspaceId, posts.id] }),
    foreignKey({
      columns: [t.workspaceId, t.accountId],
      foreignColumns: [accounts.workspaceId, accounts.id],
    }),
    unique("deliveries_part").on(t.postId, t.accountId, t.part),
    uniqueIndex("deliveries_external").on(t.accountId, t.externalId).where(sql`${t.externalId} is not null`),
    index("deliveries_next_check").on(t.nextCheckAt).where(sql`${t.nextCheckAt} is not null`),
    index("deliveries_prepare").on(t.prepareAt).where(sql`${t.prepareAt} is not null`),
    index("deliveries_waiting").on(t.waitsFor).where(sql`${t.waitsFor} is not null`),
    index("deliveries_by_due").on(t.workspaceId, t.dueAt),
    index("deliveries_by_account").on(t.accountId, t.dueAt),
    check("deliveries_state", sql`${t.state} in (${list(deliveryStates)})`),
    check("deliveries_checked", sql`${t.nextCheckAt} is not null or ${t.state} in (${list(terminalStates)})`),
    check("deliveries_published", sql`${t.state} <> 'published' or ${t.publishedAt} is not null`),
  ],
);

/** One try: written before the request leaves, closed when its end is known. Append-only but for that. */
export const attempts = pgTable(
  "attempts",
  {
    /** No foreign key: every row is made from the delivery's own row, in the statement that changes it. */
    deliveryId: text("delivery_id").notNull(),
    fence: bigint({ mode: "number" }).notNull(),
    phase: text({ enum: ["sending", "closed"] }).notNull(),
    owner: bigint({ mode: "number" }),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
    httpStatus: smallint("http_status"),
    outcome: text(),
    evidence: jsonb(),
  },
  (t) => [
    primaryKey({ columns: [t.deliveryId, t.fence] }),
    uniqueIndex("attempts_one_open").on(t.deliveryId).where(sql`${t.phase} = 'sending'`),
  ],
);

/**
 * Append-only: one row per transition, and what else people and scripts are told of.
 * Readers follow (xid, id) and stop before the oldest running transaction, so that none is skipped.
 */
export const events = pgTable(
  "delivery_events",
  {
    id: bigint({ mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    xid: bigint({ mode: "bigint" }).notNull().default(sql`(pg_current_xact_id()::text)::bigint`),
    workspaceId: text("workspace_id").notNull(),
    /** `delivery.published`, `account.held`, `post.canceled` … */
    type: text().notNull(),
    deliveryId: text("delivery_id"),
    postId: text("post_id"),
    accountId: text("account_id"),
    fromState: text("from_state"),
    fence: bigint({ mode: "number" }),
    reasonCode: text("reason_code"),
    at: instant("at").notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.xid, t.id] }),
    index("delivery_events_by_delivery").on(t.deliveryId).where(sql`${t.deliveryId} is not null`),
  ],
);

/** A running worker process. It holds an advisory lock with this id: the lock gone means the process is gone. */
export const workerSessions = pgTable("worker_sessions", {
  id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  role: text().notNull(),
  platforms: text().array().notNull(),
  startedAt: instant("started_at").notNull().default(sql`now()`),
  lastBeat: instant("last_beat").notNull().default(sql`now()`),
  endedAt: instant("ended_at"),
});
