import { callFor } from "../accounts/call.ts";
import { renewLogin } from "../accounts/oauth/renew-login.ts";
import { longestAheadMs } from "../adapters/contract/prepare-ahead.ts";
import { PublishError } from "../adapters/contract/publish-error.ts";
import { reviveAccount } from "../db/link-accounts.ts";
import { type PreflightAccount, warnOfEnd } from "../db/preflight.ts";
import { accountsOf } from "../db/renewals.ts";
import { reviveDeliveries } from "../db/revive-deliveries.ts";
import { afterRefusedLogin } from "./after-refused-login.ts";
import type { World } from "./world.ts";

const hourMs = 3_600_000;
/** A login that ends within this is renewed, or its people are told. */
export const endsSoonMs = 7 * 24 * hourMs;
/** One that should have renewed itself and did not: they still have this long to connect it again. */
const tellMs = 3 * 24 * hourMs;
const renewBeforeMs = hourMs + 10 * 60_000;
const timeoutMs = 20_000;

/**
 * Tries an account's login before its posts need it: renewed where it would end meanwhile, held where it is dead, so
 * that its people hear of it while there is time. A held account whose login can be renewed goes on.
 */
export async function preflight(world: World, target: PreflightAccount): Promise<void> {
  const { workspaceId, account, state } = target;
  const endsInMs =
    account.grantExpiresAt === null ? Number.POSITIVE_INFINITY : msUntil(account.grantExpiresAt);
  const renewsItself = world.adapters[target.platform].auth.oauth?.renew !== undefined;
  if (state === "held" || endsInMs < (renewsItself ? endsSoonMs : renewBeforeMs)) {
    const wasTried = await renewAhead(world, target, renewsItself && endsInMs < tellMs);
    if (wasTried || state === "held") return;
  }
  await askPlatform(world, target);
  if (endsInMs < endsSoonMs && !(await canRenew(world, target)))
    await warnOfEnd(world.db, { workspaceId, grantId: account.grantId });
}

/**
 * @param tells whether its people hear of it that it was not renewed
 * @returns false where only a person can renew it
 */
async function renewAhead(world: World, target: PreflightAccount, tells: boolean): Promise<boolean> {
  const { workspaceId, account, state } = target;
  const seen = { workspaceId, grantId: account.grantId, version: account.grantVersion };
  const renewed = await renewLogin(world, seen);
  if (renewed.state === "renewed" && state === "held") await goOn(world, target);
  if (renewed.state === "refused" && state !== "held") {
    if (renewed.error.kind === "unauthorized")
      await afterRefusedLogin({ world }, target, renewed.error.message);
    else if (tells) await warnOfEnd(world.db, seen);
  }
  return renewed.state !== "unable";
}

async function askPlatform(world: World, target: PreflightAccount): Promise<void> {
  const { workspaceId, platform, account } = target;
  try {
    const call = await callFor(world, { ...account, workspaceId, platform }, AbortSignal.timeout(timeoutMs));
    await world.adapters[platform].auth.identify(call);
  } catch (error) {
    if (error instanceof PublishError && error.kind === "unauthorized")
      await afterRefusedLogin({ world }, target, error.message);
  }
}

async function canRenew(
  world: World,
  { workspaceId, platform, account }: PreflightAccount,
): Promise<boolean> {
  const { oauth } = world.adapters[platform].auth;
  if (oauth?.renew) return true;
  const { refreshToken } = await world.credentialsOf(workspaceId, account.grantId, account.grantVersion);
  return oauth !== undefined && refreshToken !== undefined;
}

async function goOn(world: World, { workspaceId, platform, account }: PreflightAccount): Promise<void> {
  const aheadMs = longestAheadMs(world.adapters[platform]);
  for (const { id, handle, state, reasonCode } of await accountsOf(world.db, {
    workspaceId,
    grantId: account.grantId,
  })) {
    if (state !== "held" || reasonCode !== "login_expired") continue;
    await reviveAccount(world.db, workspaceId, id, { handle, scopes: null });
    await reviveDeliveries(world.db, workspaceId, id, aheadMs);
  }
}

function msUntil(iso: string): number {
  return Date.parse(iso) - Date.now();
}
