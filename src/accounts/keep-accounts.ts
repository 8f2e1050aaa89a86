import type { Adapter } from "../adapters/contract/adapter.ts";
import type { LinkableIdentity, TokenSet } from "../adapters/contract/oauth.ts";
import { shareGrant } from "../db/shared-grants.ts";
import { transaction } from "../db/transaction.ts";
import { type Kept, keepAccount, type Link } from "./keep-account.ts";
import type { LinkWorld } from "./link-account.ts";

export interface Login {
  readonly workspaceId: string;
  readonly mode: Link["mode"];
  readonly baseUrl: string | null;
  readonly token: TokenSet;
}

/**
 * Stores the accounts that a person chose after one login. Those without credentials of their own share its grant: they
 * are renewed together, and wiped when the last of them is disconnected.
 */
export function keepAccounts(
  world: Pick<LinkWorld, "db" | "vault">,
  adapter: Adapter<never>,
  { token, ...at }: Login,
  identities: readonly LinkableIdentity[],
): Promise<Kept[]> {
  const login = {
    accessToken: token.accessToken,
    ...(token.refreshToken !== null && { refreshToken: token.refreshToken }),
    ...token.extra,
  };
  return transaction(world.db, async (db) => {
    const kept: Kept[] = [];
    let sharedBy: string | undefined;
    for (const { credentials, ...identity } of identities) {
      const link: Link = {
        ...at,
        identity,
        scopes: token.scopes,
        credentials: { ...login, ...credentials },
        // A page's own token does not end when the login that gave it does.
        expiresAt: credentials ? null : token.expiresAt,
      };
      const one = await keepAccount({ ...world, db }, adapter, link);
      if (!credentials && sharedBy !== undefined) await shareGrant(db, at.workspaceId, one.id, sharedBy);
      if (!credentials) sharedBy ??= one.id;
      kept.push(one);
    }
    return kept;
  });
}
