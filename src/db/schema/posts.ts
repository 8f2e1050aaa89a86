import { sql } from "drizzle-orm";
import {
  bigint,
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
import { instant, workspaces } from "./workspaces.ts";

export const media = pgTable(
  "media",
  {
    id: text().primaryKey(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id),
    kind: text({ enum: ["image", "video"] }).notNull(),
    mimeType: text("mime_type").notNull(),
    bytes: bigint({ mode: "number" }).notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    durationMs: integer("duration_ms"),
    altText: text("alt_text").notNull().default(""),
    /** Where the bytes are, below the media folder. Made by us, never by the uploader. */
    storageKey: text("storage_key").notNull(),
    /** Of a video. */
    videoCodec: text("video_codec"),
    audioCodec: text("audio_codec"),
    /** Of a picture: what it looks like, roughly. */
    look: text(),
    /** The picture this one was made of, and how, so that a platform takes it. */
    ofId: text("of_id"),
    fit: text(),
    createdAt: instant("created_at").notNull().default(sql`now()`),
  },
  (t) => [
    unique("media_in_workspace").on(t.workspaceId, t.id),
    uniqueIndex("media_fitted").on(t.workspaceId, t.ofId, t.fit).where(sql`${t.ofId} is not null`),
    index("media_by_age").on(t.workspaceId, t.createdAt),
  ],
);

/** What the author means to say, once. Owns the schedule; its state is derived from its deliveries. */
export const posts = pgTable(
  "posts",
  {
    id: text().primaryKey(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id),
    /** As the author gave it: text, media, link, accounts, variants, thread, firstComment. */
    content: jsonb().notNull(),
    text: text().notNull(),
    /** Null: a draft. */
    dueAt: instant("due_at"),
    wallTime: text("wall_time"),
    zone: text(),
    timeChoice: text("time_choice", { enum: ["earlier", "later"] }),
    canceledAt: instant("canceled_at"),
    deletedAt: instant("deleted_at"),
    /** The ETag: one more with every change. */
    revision: integer().notNull().default(1),
    createdAt: instant("created_at").notNull().default(sql`now()`),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => [
    unique("posts_in_workspace").on(t.workspaceId, t.id),
    index("posts_by_due").on(t.workspaceId, t.dueAt),
    index("posts_by_age").on(t.workspaceId, t.id),
  ],
);

/** The content for one account, frozen by its hash. */
export const variants = pgTable(
  "variants",
  {
    id: text().primaryKey(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id),
    postId: text("post_id").notNull(),
    /** A domain `Variant`. */
    content: jsonb().notNull(),
    payloadHash: text("payload_hash").notNull(),
  },
  (t) => [
    index("variants_by_post").on(t.postId),
    foreignKey({ columns: [t.workspaceId, t.postId], foreignColumns: [posts.workspaceId, posts.id] }),
  ],
);

/** Which files a post uses, so that none of them is deleted under it. */
export const postMedia = pgTable(
  "post_media",
  {
    postId: text("post_id").notNull(),
    mediaId: text("media_id").notNull(),
    workspaceId: text("workspace_id").notNull(),
    position: smallint().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.postId, t.mediaId] }),
    index("post_media_by_file").on(t.mediaId),
    foreignKey({
      columns: [t.workspaceId, t.postId],
      foreignColumns: [posts.workspaceId, posts.id],
    }).onDelete("cascade"),
    foreignKey({ columns: [t.workspaceId, t.mediaId], foreignColumns: [media.workspaceId, media.id] }),
  ],
);
