import { open } from "node:fs/promises";

/** A file's bytes, or a folder's names, are on the disk when this resolves: they outlast a power cut. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r");
  await file.sync().finally(() => file.close());
}
