import { chmod, mkdir } from "node:fs/promises";

/** Where root keeps what PostgreSQL's user must reach when it cannot reach it in place. */
const sharedRoot = "/var/lib/clarion";

/** The shared folder, made on first use; passable whatever our umask, its contents private by their own modes. */
export async function ensureSharedRoot(): Promise<string> {
  if (await mkdir(sharedRoot, { recursive: true })) await chmod(sharedRoot, 0o755);
  return sharedRoot;
}
