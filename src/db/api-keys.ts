import type { Database } from "./database.ts";
import { apiKeys } from "./schema/workspaces.ts";

export interface NewApiKey {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  /** SHA-256 of the key. */
  readonly hash: Buffer;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
}

interface Holder {
  readonly keyId: string;
  readonly workspaceId: string;
  readonly scopes: readonly string[];
}

/** The holder of a key that is neither expired nor revoked. */
export async function findApiKey(db: Database, hash: Buffer): Promise<Holder | undefined> {
  const { rows } = await db.pool.query<Holder>({
    name: "find-api-key",
    text: `select id as "keyId", workspace_id as "workspaceId", scopes from api_keys
           where hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())`,
    values: [hash],
  });
  return rows[0];
}

export async function insertApiKey(db: Database, key: NewApiKey): Promise<void> {
  await db.orm.insert(apiKeys).values({ ...key, scopes: [...key.scopes] });
}
