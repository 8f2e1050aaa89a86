import type { Call, Fetch, Hosts, MediaAccess } from "../adapters/contract/adapter.ts";
import { PublishError } from "../adapters/contract/publish-error.ts";
import type { AccountMode } from "../db/accounts.ts";
import type { Platform } from "../domain/platform.ts";
import type { FirstMessage } from "../outbound/first-message.ts";
import type { CredentialsOf } from "./credentials.ts";
import { VaultError } from "./vault.ts";

/** What calls to platforms are made of. */
export interface CallWorld {
  readonly fetch: Fetch;
  readonly firstMessage: FirstMessage;
  hostsOf(platform: Platform, mode: AccountMode, baseUrl: string | null): Hosts;
  readonly credentialsOf: CredentialsOf;
  mediaOf(workspaceId: string, mode: AccountMode): MediaAccess;
}

export interface CallAccount {
  readonly workspaceId: string;
  readonly platform: Platform;
  readonly mode: AccountMode;
  readonly baseUrl: string | null;
  readonly externalId: string;
  readonly handle: string;
  readonly grantId: string;
  readonly grantVersion: string;
}

/**
 * The world as an adapter may see it when it speaks for this account.
 * @throws PublishError `unauthorized` when its credentials are gone or damaged
 */
export async function callFor(
  world: CallWorld,
  account: CallAccount,
  signal: AbortSignal,
): Promise<Call<never>> {
  const { workspaceId, platform, mode, baseUrl, externalId, handle } = account;
  const credentials = await world
    .credentialsOf(workspaceId, account.grantId, account.grantVersion)
    .catch(toPublishError);
  return {
    credentials: credentials as never, // the platform's own shape; checked when the account was linked
    account: { externalId, handle },
    baseUrl: world.hostsOf(platform, mode, baseUrl),
    fetch: world.fetch,
    firstMessage: (url, timeoutMs) => world.firstMessage(url, timeoutMs, signal),
    now: () => new Date(),
    signal,
    media: world.mediaOf(workspaceId, mode),
  };
}

/** Another SECRET_KEY is the operator's to mend, so it must not hold the account. */
function toPublishError(error: unknown): never {
  if (!(error instanceof VaultError)) throw error;
  const { code } = error;
  if (code === "vault_key_unknown")
    throw new PublishError("unavailable", "The stored login cannot be opened here", { code, notSent: true });
  throw new PublishError("unauthorized", "The stored login is gone. Connect the account again.", { code });
}
