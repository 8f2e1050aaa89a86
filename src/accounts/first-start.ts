import { createHash, randomBytes } from "node:crypto";
import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { findApiKey, insertApiKey } from "../db/api-keys.ts";
import type { Database } from "../db/database.ts";
import { transaction } from "../db/transaction.ts";
import { insertWorkspace, lockFounding } from "../db/workspaces.ts";
import { newId } from "../domain/ids.ts";
import { platforms } from "../domain/platform.ts";
import { linkPracticeAccount, type PracticeRegister, type PracticeWorld } from "./link-practice-account.ts";

export interface FirstStartOptions {
  /** CLARION_API_KEY; null: a key is made. */
  readonly apiKey: string | null;
  /** Whether to link a practice account per platform. */
  readonly demo: boolean;
  /** Null where no practice network runs. */
  readonly practice: PracticeRegister | null;
  readonly dataDir: string;
}

export type FirstStart =
  /** A workspace was founded; `madeKey` is to be shown once, null where the operator gave the key. */
  | { readonly founded: true; readonly madeKey: string | null; readonly keyPath: string }
  /** There is one; `isKeyUnknown`: the operator gave a key that does not work here. */
  | { readonly founded: false; readonly isKeyUnknown: boolean };

const practiceHandle = "demo";

/**
 * On an empty database: a workspace, its owner's API key, and practice accounts to begin with. One transaction, so
 * that a process killed half-way leaves nothing behind, and of several that start together one does it.
 */
export function firstStart(world: PracticeWorld, options: FirstStartOptions): Promise<FirstStart> {
  return transaction(world.db, async (db) => {
    if (!(await lockFounding(db)))
      return { founded: false, isKeyUnknown: await isUnknown(db, options.apiKey) };
    const workspaceId = newId("ws");
    await insertWorkspace(db, { id: workspaceId, name: "My organisation" });
    const keyPath = join(options.dataDir, "api-key");
    const madeKey = options.apiKey === null ? makeKey() : null;
    // Before the commit: a key that nobody could read would lock the owner out for good.
    if (madeKey !== null) await writeKey(keyPath, options.dataDir, madeKey);
    await insertOwnerKey(db, workspaceId, options.apiKey ?? madeKey ?? "");
    if (options.demo && options.practice)
      for (const platform of platforms)
        await linkPracticeAccount({ ...world, db }, options.practice, workspaceId, {
          platform,
          handle: practiceHandle,
        });
    return { founded: true, madeKey, keyPath };
  });
}

function makeKey(): string {
  return `clr_${randomBytes(32).toString("base64url")}`;
}

/** Whole or not at all, and for its owner's eyes only from its first byte. */
async function writeKey(path: string, folder: string, key: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.new`;
  const file = await open(draft, "w", 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(`${key}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

function insertOwnerKey(db: Database, workspaceId: string, key: string): Promise<void> {
  return insertApiKey(db, {
    id: newId("key"),
    workspaceId,
    name: "Owner",
    hash: hashOf(key),
    scopes: ["read", "write", "publish", "admin"],
    expiresAt: null,
  });
}

async function isUnknown(db: Database, key: string | null): Promise<boolean> {
  return key !== null && (await findApiKey(db, hashOf(key))) === undefined;
}

function hashOf(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}
