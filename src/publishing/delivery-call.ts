import { callFor } from "../accounts/call.ts";
import { renewLogin } from "../accounts/oauth/renew-login.ts";
import type { Call } from "../adapters/contract/adapter.ts";
import type { ClaimedDelivery } from "../db/hot/claim.ts";
import type { Engine } from "./engine.ts";

const marginMs = 60_000;

/**
 * The world as an adapter sees it, for one delivery; with a login that is about to end renewed first.
 * @param neededMs how long the login is used at a stretch
 */
export async function deliveryCall(
  engine: Engine,
  delivery: ClaimedDelivery,
  signal: AbortSignal,
  neededMs = 0,
): Promise<Call<never>> {
  const { workspaceId, platform, account } = delivery;
  const grantVersion = endsWithin(account.grantExpiresAt, marginMs + neededMs)
    ? await renewedVersion(engine, delivery)
    : account.grantVersion;
  return callFor(engine.world, { ...account, grantVersion, workspaceId, platform }, signal);
}

function endsWithin(expiresAt: string | null, ms: number): boolean {
  return expiresAt !== null && Date.parse(expiresAt) < Date.now() + ms;
}

/** Where renewing does not work the platform has the last word on the old login. */
async function renewedVersion({ world }: Engine, { workspaceId, account }: ClaimedDelivery): Promise<string> {
  const { grantId, grantVersion: version } = account;
  const renewed = await renewLogin(world, { workspaceId, grantId, version }).catch(() => undefined);
  return renewed?.state === "renewed" ? renewed.version : version;
}
