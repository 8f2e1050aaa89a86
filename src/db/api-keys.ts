import { batched } from "./batched.ts";
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

const findHolders = batched<Buffer, Holder | undefined>(async (db, _scope, hashes) => {
  const { rows } = await db.pool.query<Holder & { readonly hash: Buffer }>({
    name: "find-api-keys",
    text: `select id as "keyId", workspace_id as "workspaceId", scopes, hash from api_keys
           where hash = any($1) and revoked_at is null and (expires_at is null or expires_at > now())`,
    values: [hashes],
  });
  return hashes.map((wanted) => rows.find(({ hash }) => hash.equals(wanted)));
});

/** The holder of a key that is neither expired nor revoked. */
export function findApiKey(db: Database, hash: Buffer): Promise<Holder | undefined> {
  return findHolders(db, "", hash);
}

export async function insertApiKey(db: Database, key: NewApiKey): Promise<void> {
  await db.orm.insert(apiKeys).values({ ...key, scopes: [...key.scopes] });
}
