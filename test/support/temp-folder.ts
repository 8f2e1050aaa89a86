import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new, empty folder; `remove` also takes away a database that was kept elsewhere for it. */
export async function tempFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const parent = await realpath(process.env.CLARION_TEST_FOLDER ?? tmpdir());
  const path = await mkdtemp(join(parent, "test-"));
  return { path, remove: () => removeDataDir(path) };
}

/** Removes a data folder together with what its `postgres` link points to. */
export async function removeDataDir(path: string): Promise<void> {
  const database = await realpath(join(path, "postgres")).catch(() => undefined);
  if (database) await rm(database, { recursive: true, force: true });
  await rm(path, { recursive: true, force: true });
}
