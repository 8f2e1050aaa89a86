import type { Database } from "../db/database.ts";
import { findGrants, type GrantRow } from "../db/grants.ts";
import { type Vault, VaultError } from "./vault.ts";

export type Credentials = Readonly<Record<string, string>>;

/** The tokens among an account's credentials, and what else its login is used with. */
export function loginIn({ accessToken = "", refreshToken, ...extra }: Credentials) {
  return { accessToken, refreshToken: refreshToken ?? null, extra };
}

/** @throws VaultError */
export type CredentialsOf = (workspaceId: string, grantId: string, version: string) => Promise<Credentials>;

interface Asked {
  readonly workspaceId: string;
  readonly grantId: string;
  readonly version: string;
  resolve(credentials: Credentials): void;
  reject(error: unknown): void;
}

const maxPerQuery = 1000;

/**
 * Opened credentials of the accounts used last, at most `max`. What is asked for in one turn of the event loop is
 * looked up in one query, and each grant only once: a burst asks for thousands.
 */
export function createCredentialCache(db: Database, vault: Vault, { max }: { max: number }): CredentialsOf {
  const kept = new Map<string, Promise<Credentials>>(); // the one used last at the end
  let waiting: Asked[] = [];

  function ask(workspaceId: string, grantId: string, version: string): Promise<Credentials> {
    return new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(() => lookUpAll());
      waiting.push({ workspaceId, grantId, version, resolve, reject });
    });
  }

  function lookUpAll(): void {
    const asked = waiting;
    waiting = [];
    for (let from = 0; from < asked.length; from += maxPerQuery)
      void lookUp(asked.slice(from, from + maxPerQuery));
  }

  async function lookUp(asked: readonly Asked[]): Promise<void> {
    try {
      const found = await findGrants(db, asked);
      const grants = new Map(found.map((grant) => [`${grant.workspaceId} ${grant.id}`, grant]));
      for (const one of asked) answer(one, grants.get(`${one.workspaceId} ${one.grantId}`));
    } catch (error) {
      for (const one of asked) one.reject(error);
    }
  }

  function answer(
    { workspaceId, grantId, version, resolve, reject }: Asked,
    grant: GrantRow | undefined,
  ): void {
    try {
      if (!grant)
        throw new VaultError("vault_empty", "The account was disconnected: its credentials are gone");
      if (grant.version !== version) kept.delete(keyOf(workspaceId, grantId, version)); // renewed meanwhile
      resolve(vault.open(`grants/${grantId}`, grant));
    } catch (error) {
      reject(error);
    }
  }

  return (workspaceId, grantId, version) => {
    const key = keyOf(workspaceId, grantId, version);
    const found = kept.get(key) ?? ask(workspaceId, grantId, version);
    kept.delete(key);
    kept.set(key, found);
    found.catch(() => kept.get(key) === found && kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > max && oldest !== undefined) kept.delete(oldest);
    return found;
  };
}

function keyOf(workspaceId: string, grantId: string, version: string): string {
  return `${workspaceId} ${grantId} ${version}`;
}
