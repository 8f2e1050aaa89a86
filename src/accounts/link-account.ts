import type { Adapter, Fetch, Hosts } from "../adapters/contract/adapter.ts";
import type { AccountMode } from "../db/accounts.ts";
import type { Database } from "../db/database.ts";
import type { Platform } from "../domain/platform.ts";
import { serverAddress } from "./base-url.ts";
import { checkCredentials } from "./check-credentials.ts";
import type { Credentials } from "./credentials.ts";
import { identify } from "./identify.ts";
import { type Kept, keepAccount } from "./keep-account.ts";
import type { Vault } from "./vault.ts";

export interface LinkWorld {
  readonly db: Database;
  readonly adapters: Readonly<Record<Platform, Adapter<never>>>;
  readonly vault: Vault;
  readonly fetch: Fetch;
  hostsOf(platform: Platform, mode: AccountMode, baseUrl: string | null): Hosts;
}

export interface OwnToken {
  readonly platform: Platform;
  readonly credentials: Credentials;
  readonly baseUrl?: string | undefined;
}

/**
 * Links a live account by a token its owner brings. The platform is asked whose it is before anything is stored.
 * @throws Refusal `invalid_request`, `credentials_refused`, `url_refused`, `platform_unavailable`
 */
export async function linkAccount(world: LinkWorld, workspaceId: string, token: OwnToken): Promise<Kept> {
  const adapter = world.adapters[token.platform];
  const { credentials, expiresAt } = checkCredentials(adapter.auth.fields, token.credentials);
  const baseUrl = serverAddress(adapter, token.baseUrl);
  const hosts = world.hostsOf(token.platform, "live", baseUrl);
  const identity = await identify(world, adapter, hosts, credentials);
  // A token does not tell what it may do, so no scopes are claimed for it.
  const link = { workspaceId, mode: "live", identity, baseUrl, scopes: [], credentials, expiresAt } as const;
  return keepAccount(world, adapter, link);
}
