import { createHash } from "node:crypto";
import { findApiKey } from "../db/api-keys.ts";
import type { World } from "./world.ts";

/** Who holds an API key, and what they may do. */
export interface Caller {
  readonly keyId: string;
  readonly workspaceId: string;
  readonly scopes: readonly string[];
}

/** @returns undefined for a key that is unknown, expired or revoked */
export function identifyCaller(world: Pick<World, "db">, key: string): Promise<Caller | undefined> {
  return findApiKey(world.db, createHash("sha256").update(key).digest());
}
