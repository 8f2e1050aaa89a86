import type { Media } from "../domain/post.ts";
import type { Database } from "./database.ts";
import { where } from "./where.ts";

export interface MediaRow extends Media {
  readonly workspaceId: string;
  readonly storageKey: string;
  readonly createdAt: Date;
}

const columns = `
  id, workspace_id as "workspaceId", kind, mime_type as "mimeType", bytes, width, height, duration_ms as "durationMs",
  alt_text as "altText", storage_key as "storageKey", created_at as "createdAt"`;

export async function insertMedia(db: Database, media: Omit<MediaRow, "createdAt">): Promise<MediaRow> {
  const { rows } = await db.pool.query<MediaRow>(
    `insert into media (id, workspace_id, kind, mime_type, bytes, width, height, duration_ms, alt_text, storage_key)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning ${columns}`,
    [
      media.id,
      media.workspaceId,
      media.kind,
      media.mimeType,
      media.bytes,
      media.width,
      media.height,
      media.durationMs,
      media.altText,
      media.storageKey,
    ],
  );
  return rows[0] as MediaRow;
}

export async function findMedia(
  db: Database,
  workspaceId: string,
  id: string,
): Promise<MediaRow | undefined> {
  const { rows } = await db.pool.query<MediaRow>({
    name: "find-media",
    text: `select ${columns} from media where workspace_id = $1 and id = $2`,
    values: [workspaceId, id],
  });
  return rows[0];
}

/** The only look-up without a workspace: whoever asks has shown our own signature for this id. */
export async function findSignedMedia(db: Database, id: string): Promise<MediaRow | undefined> {
  const { rows } = await db.pool.query<MediaRow>({
    name: "find-signed-media",
    text: `select ${columns} from media where id = $1`,
    values: [id],
  });
  return rows[0];
}

/** Newest first. */
export async function findMediaPage(
  db: Database,
  workspaceId: string,
  page: { readonly before?: string | undefined; readonly limit: number },
): Promise<MediaRow[]> {
  const match = where().and("workspace_id = ?", workspaceId).and("id < ?", page.before);
  const { rows } = await db.pool.query<MediaRow>(
    `select ${columns} from media where ${match.sql} order by id desc limit ${Number(page.limit)}`,
    [...match.values],
  );
  return rows;
}

export async function setAltText(
  db: Database,
  workspaceId: string,
  id: string,
  altText: string,
): Promise<MediaRow | undefined> {
  const { rows } = await db.pool.query<MediaRow>(
    `update media set alt_text = $3 where workspace_id = $1 and id = $2 returning ${columns}`,
    [workspaceId, id, altText],
  );
  return rows[0];
}

export type DeletedMedia = { readonly storageKey: string } | "in_use" | undefined;

/** Unless a post uses it. Until the transaction ends no post can take it up. @returns undefined where it is not there */
export async function deleteMedia(tx: Database, workspaceId: string, id: string): Promise<DeletedMedia> {
  const locked = await tx.pool.query<{ storageKey: string }>(
    `select storage_key as "storageKey" from media where workspace_id = $1 and id = $2 for update`,
    [workspaceId, id],
  );
  const [row] = locked.rows;
  if (!row) return undefined;
  const { rowCount } = await tx.pool.query(
    `delete from media m where m.workspace_id = $1 and m.id = $2
       and not exists (select 1 from post_media u where u.workspace_id = m.workspace_id and u.media_id = m.id)`,
    [workspaceId, id],
  );
  return rowCount === 1 ? row : "in_use";
}
