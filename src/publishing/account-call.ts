import { setTimeout as delay } from "node:timers/promises";
import { callFor } from "../accounts/call.ts";
import { renewLogin, type SeenLogin } from "../accounts/oauth/renew-login.ts";
import type { Call } from "../adapters/contract/adapter.ts";
import type { ClaimedDelivery } from "../db/hot/claim.ts";
import { findRenewal } from "../db/renewals.ts";
import type { World } from "./world.ts";

const marginMs = 60_000;
const patienceMs = 10_000;
const againMs = 100;

/** An account, and whose it is. */
type CallTarget = Pick<ClaimedDelivery, "workspaceId" | "platform" | "account">;

/**
 * The world as an adapter sees it, for one account; with a login that is about to end renewed first.
 * @param neededMs how long the login is used at a stretch
 */
export async function accountCall(
  world: World,
  target: CallTarget,
  signal: AbortSignal,
  neededMs = 0,
): Promise<Call<never>> {
  const { workspaceId, platform, account } = target;
  const grantVersion = endsWithin(account.grantExpiresAt, marginMs + neededMs)
    ? await renewedVersion(world, target)
    : account.grantVersion;
  return callFor(world, { ...account, grantVersion, workspaceId, platform }, signal);
}

function endsWithin(expiresAt: string | null, ms: number): boolean {
  return expiresAt !== null && Date.parse(expiresAt) < Date.now() + ms;
}

/** Where renewing does not work the platform has the last word on the old login. */
async function renewedVersion(world: World, { workspaceId, account }: CallTarget): Promise<string> {
  const { grantId, grantVersion: version } = account;
  const seen = { workspaceId, grantId, version };
  const renewed = await renewLogin(world, seen).catch(() => undefined);
  if (renewed?.state === "renewed") return renewed.version;
  return renewed?.state === "elsewhere" ? renewedElsewhere(world, seen) : version;
}

/** Two posts of one account are often due at once: the other's renewal is waited for, not run into a refusal. */
async function renewedElsewhere({ db }: World, seen: SeenLogin): Promise<string> {
  const untilMs = performance.now() + patienceMs;
  for (;;) {
    const { version, isRenewing } = await findRenewal(db, seen);
    if (version !== seen.version || !isRenewing || performance.now() > untilMs) return version;
    await delay(againMs);
  }
}
