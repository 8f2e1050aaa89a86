import type { Media } from "../domain/post.ts";
import type { Database } from "./database.ts";
import { where } from "./where.ts";

export interface MediaRow extends Media {
  readonly workspaceId: string;
  /** The picture this one was made of, and how: only platforms see it. */
  readonly ofId: string | null;
  readonly fit: string | null;
  /** What a picture looks like, roughly; null: nobody has looked. */
  readonly look: string | null;
  readonly storageKey: string;
  readonly createdAt: Date;
}

const columns = `
  id, workspace_id as "workspaceId", kind, mime_type as "mimeType", bytes, width, height, duration_ms as "durationMs",
  alt_text as "altText", storage_key as "storageKey", created_at as "createdAt", of_id as "ofId", fit,
  video_codec as "videoCodec", audio_codec as "audioCodec", look`;

export async function insertMedia(db: Database, media: Omit<MediaRow, "createdAt">): Promise<MediaRow> {
  const { rows } = await db.pool.query<MediaRow>(
    `insert into media (id, workspace_id, kind, mime_type, bytes, width, height, duration_ms, alt_text, storage_key, of_id, fit,
       video_codec, audio_codec, look)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) returning ${columns}`,
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
      media.ofId,
      media.fit,
      media.videoCodec ?? null,
      media.audioCodec ?? null,
      media.look,
    ],
  );
  return rows[0] as MediaRow;
}

/** The picture as it was made for platforms with these limits; undefined where it was not yet. */
export async function findFitted(
  db: Database,
  workspaceId: string,
  ofId: string,
  fit: string,
): Promise<MediaRow | undefined> {
  const { rows } = await db.pool.query<MediaRow>({
    name: "find-fitted",
    text: `select ${columns} from media where workspace_id = $1 and of_id = $2 and fit = $3`,
    values: [workspaceId, ofId, fit],
  });
  return rows[0];
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

/** What these pictures look like, roughly, in the same order; null for what has no look. */
export async function looksOf(
  db: Database,
  workspaceId: string,
  ids: readonly string[],
): Promise<(string | null)[]> {
  const { rows } = await db.pool.query<{ look: string | null }>(
    `select m.look from unnest($2::text[]) with ordinality as f(id, n)
     left join media m on m.workspace_id = $1 and m.id = f.id order by n`,
    [workspaceId, ids],
  );
  return rows.map(({ look }) => look);
}

/** Newest first. */
export async function findMediaPage(
  db: Database,
  workspaceId: string,
  page: { readonly before?: string | undefined; readonly limit: number },
): Promise<MediaRow[]> {
  const match = where().and("workspace_id = ?", workspaceId).and("id < ?", page.before);
  const { rows } = await db.pool.query<MediaRow>(
    `select ${columns} from media where ${match.sql} and of_id is null order by id desc limit ${Number(page.limit)}`,
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
    `update media set alt_text = $3 where workspace_id = $1 and id = $2 and of_id is null returning ${columns}`,
    [workspaceId, id, altText],
  );
  return rows[0];
}

export type DeletedMedia = { readonly storageKeys: readonly string[] } | "in_use" | undefined;

/** Unless a post uses it. Until the transaction ends no post can take it up. @returns undefined where it is not there */
export async function deleteMedia(tx: Database, workspaceId: string, id: string): Promise<DeletedMedia> {
  const locked = await tx.pool.query(
    "select id from media where workspace_id = $1 and id = $2 and of_id is null for update",
    [workspaceId, id],
  );
  if (locked.rowCount === 0) return undefined;
  const { rows } = await tx.pool.query<{ storageKey: string }>(
    `delete from media m where m.workspace_id = $1 and (m.id = $2 or m.of_id = $2)
       and not exists (select 1 from post_media u where u.workspace_id = m.workspace_id and u.media_id = $2)
     returning storage_key as "storageKey"`,
    [workspaceId, id],
  );
  return rows.length > 0 ? { storageKeys: rows.map(({ storageKey }) => storageKey) } : "in_use";
}
