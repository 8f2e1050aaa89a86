import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { deleteUpload, findUpload, insertUpload, type UploadRow } from "../db/uploads.ts";
import { newId } from "../domain/ids.ts";
import { Refusal } from "../domain/refusal.ts";
import type { MediaWorld } from "./add-media.ts";

/** A file that comes in parts, as it stands. */
export interface Upload extends UploadRow {
  /** How many bytes are here. */
  readonly offset: number;
}

const hour = 3_600_000;
const lifeMs = 48 * hour;

export function newUploadId(): string {
  return newId("upl");
}

/** Makes room for a file to come. Where it lies its bytes are put by the caller. */
export function beginUpload(
  world: MediaWorld,
  workspaceId: string,
  upload: { readonly id: string; readonly bytes: number; readonly altText: string },
): Promise<void> {
  return insertUpload(world.db, { ...upload, workspaceId, mediaId: newId("med") }, lifeMs);
}

/** @throws Refusal `not_found`: also where it expired, or its bytes lie on another machine */
export async function getUpload(world: MediaWorld, workspaceId: string, id: string): Promise<Upload> {
  const row = await findUpload(world.db, workspaceId, id);
  if (!row) throw noSuchUpload();
  if (row.state === "stored") return { ...row, offset: row.bytes };
  const found = await stat(uploadPath(world, id)).catch(() => undefined);
  if (!found && row.state === "receiving") throw noSuchUpload();
  return { ...row, offset: found?.size ?? 0 };
}

/** Gives up an upload; what it became stays. @throws Refusal `not_found` */
export async function dropUpload(world: MediaWorld, workspaceId: string, id: string): Promise<void> {
  if (!(await deleteUpload(world.db, workspaceId, id))) throw noSuchUpload();
  await rm(uploadPath(world, id), { force: true });
}

/** @param id checked: one of ours */
export function uploadPath({ media }: Pick<MediaWorld, "media">, id: string): string {
  return join(media.uploadsFolder, id);
}

export function noSuchUpload(): Refusal {
  return new Refusal("not_found", "There is no upload with this id, or not any more: begin it anew.");
}
