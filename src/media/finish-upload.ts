import { copyFile, link, open, rm } from "node:fs/promises";
import { isUniqueViolation } from "../db/errors.ts";
import { insertMedia, type MediaRow } from "../db/media.ts";
import { transaction } from "../db/transaction.ts";
import { endUpload, findUpload, type UploadRow } from "../db/uploads.ts";
import { Refusal, type RefusalCode } from "../domain/refusal.ts";
import { addMedia, type MediaWorld } from "./add-media.ts";
import { mediaTypeOf } from "./media-type.ts";
import { headBytes, tooLarge } from "./store.ts";
import { noSuchUpload, uploadPath } from "./uploads.ts";

const keptMs = 24 * 3_600_000;
const finishing = new Map<string, Promise<string>>();

/**
 * Makes a file of an upload whose last byte is here, as an upload in one piece is made. However often, in however many
 * processes and whenever one of them dies: it becomes one file, and its bytes are let go of only after that.
 * @returns the file's id
 * @throws Refusal why it was refused, now or before; `not_found`, `storage_unavailable`
 */
export function finishUpload(world: MediaWorld, workspaceId: string, id: string): Promise<string> {
  const key = `${workspaceId} ${id}`;
  const running = finishing.get(key) ?? finish(world, workspaceId, id).finally(() => finishing.delete(key));
  finishing.set(key, running);
  return running;
}

async function finish(world: MediaWorld, workspaceId: string, id: string): Promise<string> {
  const upload = await findUpload(world.db, workspaceId, id);
  if (!upload) throw noSuchUpload();
  if (upload.state === "stored") return upload.mediaId;
  if (upload.problem) throw refusalOf(upload.problem);
  try {
    await store(world, upload);
  } catch (error) {
    if (isUniqueViolation(error)) return upload.mediaId; // another was quicker
    if (error instanceof Refusal && isLasting(error)) await refuseUpload(world, upload, error);
    throw error;
  }
  await rm(uploadPath(world, id), { force: true });
  return upload.mediaId;
}

/** From a second name of the file, which is used up by it. */
async function store(world: MediaWorld, upload: UploadRow): Promise<void> {
  const { id, workspaceId, bytes, altText } = upload;
  const [source, path] = [uploadPath(world, id), world.media.draftPath()];
  const type = await mediaTypeOf(await headOf(source));
  if (bytes > type.maxBytes) throw tooLarge(type.maxBytes);
  await link(source, path).catch(() => copyFile(source, path)); // a disk without links
  await addMedia(world, workspaceId, { path, type }, altText, (media) => insertOnce(world, upload, media));
}

/** The file's row and the end of its upload are one: there is no moment at which only one of them is true. */
function insertOnce(
  { db }: MediaWorld,
  upload: UploadRow,
  media: Omit<MediaRow, "createdAt">,
): Promise<MediaRow> {
  return transaction(db, async (tx) => {
    const row = await insertMedia(tx, { ...media, id: upload.mediaId });
    if (!(await endUpload(tx, upload, null, keptMs))) throw noSuchUpload();
    return row;
  });
}

/** Ends an upload for good, and lets go of its bytes. */
export async function refuseUpload(
  world: MediaWorld,
  upload: Pick<UploadRow, "workspaceId" | "id">,
  { code, message, facts }: Refusal,
): Promise<void> {
  await endUpload(world.db, upload, { code, message, facts }, keptMs);
  await rm(uploadPath(world, upload.id), { force: true });
}

export function refusalOf({ code, message, facts }: NonNullable<UploadRow["problem"]>): Refusal {
  return new Refusal(code as RefusalCode, message, { facts });
}

/** Of the file itself; what is only in the way now is tried again. */
function isLasting({ code }: Refusal): boolean {
  return code !== "storage_unavailable" && code !== "unavailable" && code !== "not_found";
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
