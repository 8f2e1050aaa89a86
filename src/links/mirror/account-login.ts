import { callFor } from "../../accounts/call.ts";
import type { Call } from "../../adapters/contract/adapter.ts";
import { findAccount } from "../../db/accounts.ts";
import { findGrantOf } from "../../db/grants.ts";
import type { Platform } from "../../domain/platform.ts";
import type { World } from "../../publishing/world.ts";

export interface AccountLogin {
  readonly platform: Platform;
  readonly handle: string;
  readonly call: Call<never>;
}

/**
 * Speaks for an account as it is now, to read from it.
 * @returns undefined where it is not connected
 * @throws PublishError as `callFor`
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
  const login = { ...account, workspaceId, grantId: grant.id, grantVersion: grant.version };
  return { platform, handle, call: await callFor(world, login, signal) };
}
