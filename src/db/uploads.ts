import type { Database } from "./database.ts";

export type UploadState = "receiving" | "stored" | "refused";

/** A file that comes in parts. */
export interface UploadRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly bytes: number;
  readonly altText: string;
  readonly mediaId: string;
  readonly state: UploadState;
  readonly problem: UploadProblem | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface UploadProblem {
  readonly code: string;
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

const columns = `id, workspace_id as "workspaceId", bytes, alt_text as "altText", media_id as "mediaId", state, problem,
  created_at as "createdAt", expires_at as "expiresAt"`;

export async function insertUpload(
  db: Database,
  upload: Pick<UploadRow, "id" | "workspaceId" | "bytes" | "altText" | "mediaId">,
  lifeMs: number,
): Promise<void> {
  await db.pool.query(
    `insert into uploads (id, workspace_id, bytes, alt_text, media_id, expires_at)
     values ($1, $2, $3, $4, $5, now() + $6 * interval '1 ms')`,
    [upload.id, upload.workspaceId, upload.bytes, upload.altText, upload.mediaId, lifeMs],
  );
}

/** One that has expired is not there, though its row may be for a moment. */
export async function findUpload(
  db: Database,
  workspaceId: string,
  id: string,
): Promise<UploadRow | undefined> {
  const { rows } = await db.pool.query<UploadRow>({
    name: "find-upload",
    text: `select ${columns} from uploads where workspace_id = $1 and id = $2 and expires_at > now()`,
    values: [workspaceId, id],
  });
  return rows[0];
}

/**
 * The end of an upload, once.
 * @param problem null: it was stored
 * @returns false where it has ended already, or is not there any more
 */
export async function endUpload(
  db: Database,
  upload: Pick<UploadRow, "workspaceId" | "id">,
  problem: UploadProblem | null,
  keptMs: number,
): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `update uploads set state = $3, problem = $4, expires_at = now() + $5 * interval '1 ms'
     where workspace_id = $1 and id = $2 and state = 'receiving'`,
    [
      upload.workspaceId,
      upload.id,
      problem ? "refused" : "stored",
      problem && JSON.stringify(problem),
      keptMs,
    ],
  );
  return rowCount === 1;
}

/** @returns false where it is not there */
export async function deleteUpload(db: Database, workspaceId: string, id: string): Promise<boolean> {
  const { rowCount } = await db.pool.query("delete from uploads where workspace_id = $1 and id = $2", [
    workspaceId,
    id,
  ]);
  return rowCount === 1;
}

/** Forgets those that expired, of all workspaces. */
export async function deleteExpiredUploads(db: Database): Promise<void> {
  await db.pool.query("delete from uploads where expires_at <= now()");
}

/** Those among these that still wait for bytes or for being stored, of all workspaces: for a machine's look at its own disk. */
export async function findReceiving(db: Database, ids: readonly string[]): Promise<UploadRow[]> {
  const { rows } = await db.pool.query<UploadRow>(
    `select ${columns} from uploads where id = any($1) and state = 'receiving' and expires_at > now()`,
    [ids],
  );
  return rows;
}
