import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { instant, workspaces } from "./workspaces.ts";

/** Files that come in parts; their bytes wait on the disk of the machine they came to. */
export const uploads = pgTable(
  "uploads",
  {
    id: text().primaryKey(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id),
    bytes: bigint({ mode: "number" }).notNull(),
    altText: text("alt_text").notNull(),
    /** The id of the file it becomes. Settled beforehand: however often it is finished, only one row can have it. */
    mediaId: text("media_id").notNull(),
    state: text({ enum: ["receiving", "stored", "refused"] })
      .notNull()
      .default("receiving"),
    /** Why it was refused: code, message and facts. */
    problem: jsonb(),
    createdAt: instant("created_at").notNull().default(sql`now()`),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [unique("uploads_media").on(t.mediaId), index("uploads_expiry").on(t.expiresAt)],
);
