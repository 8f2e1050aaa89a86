import type { Call } from "../../adapters/contract/adapter.ts";
import { findAccount } from "../../db/accounts.ts";
import { findGrantOf } from "../../db/grants.ts";
import type { Platform } from "../../domain/platform.ts";
import { accountCall } from "../../publishing/account-call.ts";
import type { World } from "../../publishing/world.ts";

export interface AccountLogin {
  readonly platform: Platform;
  readonly handle: string;
  readonly call: Call<never>;
}

/**
 * Speaks for an account as it is now, to read from it; a login that is about to end is renewed first.
 * @returns undefined where it is not connected
 * @throws PublishError as `accountCall`
 */
export async function accountLogin(
  world: World,
  workspaceId: string,
  id: string,
  signal: AbortSignal,
): Promise<AccountLogin | undefined> {
  const account = await findAccount(world.db, workspaceId, id);
  const grant = account && (await findGrantOf(world.db, workspaceId, id));
  if (!account || !grant || account.state === "disconnected") return undefined;
  const { platform, handle } = account;
  const grantExpiresAt = grant.expiresAt?.toISOString() ?? null;
  const login = { ...account, grantId: grant.id, grantVersion: grant.version, grantExpiresAt };
  const call = await accountCall(world, { workspaceId, platform, account: login }, signal);
  return { platform, handle, call };
}
