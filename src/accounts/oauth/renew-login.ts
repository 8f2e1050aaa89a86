import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { TokenSet } from "../../adapters/contract/oauth.ts";
import { PublishError } from "../../adapters/contract/publish-error.ts";
import { endRenewal, type Renewal, saveRenewal, takeRenewal } from "../../db/renewals.ts";
import { type Credentials, loginIn } from "../credentials.ts";
import type { OAuthWorld } from "./find-app.ts";
import { partyOf } from "./party-of.ts";
import { renewToken } from "./run-flow.ts";
import { redirectUriOf } from "./start-connection.ts";

/** A login as a worker saw it last. */
export interface SeenLogin {
  readonly workspaceId: string;
  readonly grantId: string;
  readonly version: string;
}

/** `elsewhere`: another process is at it, or has just done it. `unable`: only its person can renew it. */
export type Renewed =
  | { readonly state: "renewed"; readonly version: string }
  | { readonly state: "elsewhere" }
  | { readonly state: "unable" }
  | { readonly state: "refused"; readonly error: PublishError };

const patienceMs = 60_000;
const againMs = 500;

/**
 * Renews a login with its refresh token, one process at a time. What the platform gives is saved before anybody uses
 * it: a rotated refresh token that is lost can only be mended by its person.
 * @param notSinceMs one that was renewed since then is left alone
 */
export async function renewLogin(world: OAuthWorld, seen: SeenLogin, notSinceMs = 0): Promise<Renewed> {
  const renewal = await takeRenewal(world.db, seen, notSinceMs);
  if (!renewal) return { state: "elsewhere" };
  try {
    return await renew(world, renewal);
  } catch (error) {
    await endRenewal(world.db, renewal);
    if (error instanceof PublishError) return { state: "refused", error };
    throw error;
  }
}

async function renew(world: OAuthWorld, renewal: Renewal): Promise<Renewed> {
  const adapter = world.adapters[renewal.platform];
  const credentials = world.vault.open(`grants/${renewal.grantId}`, renewal);
  const token = tokenFrom(credentials, renewal);
  const { oauth } = adapter.auth;
  if (!oauth || (token.refreshToken === null && !oauth.renew)) {
    await endRenewal(world.db, renewal);
    return { state: "unable" };
  }
  const party = await partyOf(world, adapter, renewal, redirectUriOf(world, renewal));
  const fresh = await renewToken(party, token);
  if (!fresh) throw new PublishError("unauthorized", `The login at ${adapter.displayName} cannot be renewed`);
  const version = randomUUID();
  await insist(() =>
    saveRenewal(world.db, renewal, {
      ...world.vault.seal(`grants/${renewal.grantId}`, withToken(credentials, fresh)),
      version,
      expiresAt: fresh.expiresAt,
    }),
  );
  return { state: "renewed", version };
}

/** The database may be restarting, and the old refresh token is worthless already. */
async function insist(save: () => Promise<boolean>): Promise<void> {
  const untilMs = performance.now() + patienceMs;
  for (;;) {
    try {
      await save();
      return;
    } catch (error) {
      if (performance.now() > untilMs) throw error;
      await delay(againMs);
    }
  }
}

function tokenFrom(credentials: Credentials, { expiresAt, scopes }: Renewal): TokenSet {
  return { ...loginIn(credentials), expiresAt, scopes };
}

function withToken(credentials: Credentials, { accessToken, refreshToken, extra }: TokenSet): Credentials {
  return { ...credentials, accessToken, ...(refreshToken !== null && { refreshToken }), ...extra };
}
