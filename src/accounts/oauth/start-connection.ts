import { createHash } from "node:crypto";
import { generateRandomCodeVerifier } from "oauth4webapi";
import type { Adapter } from "../../adapters/contract/adapter.ts";
import { type AppCredentials, isOwnFlow } from "../../adapters/contract/oauth.ts";
import { findAccount } from "../../db/accounts.ts";
import { insertConnection } from "../../db/connections.ts";
import { newId } from "../../domain/ids.ts";
import type { Platform } from "../../domain/platform.ts";
import { Refusal } from "../../domain/refusal.ts";
import { instanceAddress } from "../instance-address.ts";
import { sealBegun } from "./connection-secrets.ts";
import type { OAuthWorld } from "./find-app.ts";
import { type LoginPlace, partyOf } from "./party-of.ts";
import { hashOf, newSecret } from "./secrets.ts";
import { toStartRefusal } from "./start-refusal.ts";

export interface WantedConnection {
  readonly platform: Platform;
  readonly mode: "live" | "practice";
  /** The server the account is at, on platforms that are many. */
  readonly instance?: string | undefined;
  /** A path of ours to come back to. */
  readonly returnTo?: string | undefined;
  /** Connect this account again, and no other. */
  readonly accountId?: string | undefined;
}

export interface StartedConnection {
  readonly id: string;
  /** To be opened in the browser of the person who logs in. */
  readonly authorizeUrl: string;
  readonly expiresAt: string;
}

interface ConnectedPlace extends LoginPlace {
  /** Of the account that is connected again. */
  readonly externalId?: string;
}

const lifeMs = 10 * 60_000;

/**
 * Begins to link accounts by a login at the platform. The link opens once, in one browser, within ten minutes.
 * @param callerKeyId who begins it
 * @throws Refusal `login_not_offered`, `app_missing`, `invalid_request`, `url_refused`, `not_found`, `platform_unavailable`
 */
export async function startConnection(
  world: OAuthWorld,
  workspaceId: string,
  callerKeyId: string,
  wanted: WantedConnection,
): Promise<StartedConnection> {
  const adapter = world.adapters[wanted.platform];
  if (!adapter.auth.oauth)
    throw new Refusal(
      "login_not_offered",
      `${adapter.displayName} has no login for apps: link the account by its own credentials with POST /v1/accounts.`,
    );
  const at = await placeOf(world, workspaceId, adapter, wanted);
  const { app, verifier } = await begin(world, adapter, at, wanted); // refuses here, where a person can still be told
  const [id, ticket, state] = [newId("con"), newSecret(), newSecret()];
  const begun = { app, state, verifier };
  const expiresAt = await insertConnection(world.db, {
    ...at,
    ...sealBegun(world.vault, id, begun),
    id,
    callerKeyId,
    accountId: wanted.accountId ?? null,
    returnTo: wanted.returnTo ?? null,
    ticketHash: hashOf(ticket),
    stateHash: hashOf(state),
    lifeMs,
  });
  const authorizeUrl = `${world.publicUrl}/oauth/${at.platform}/start?ticket=${ticket}`;
  return { id, authorizeUrl, expiresAt: expiresAt.toISOString() };
}

/**
 * Where the platform sends a person back to, exactly. Each server has its own, so that what one server gives can
 * never be taken for another's: https://www.rfc-editor.org/rfc/rfc9700#section-4.4 (checked 2026-11). A flow of its own
 * makes sure of that itself.
 */
export function redirectUriOf(
  { publicUrl, adapters }: Pick<OAuthWorld, "publicUrl" | "adapters">,
  at: LoginPlace,
): string {
  const callback = `${publicUrl}/oauth/${at.platform}/callback`;
  const { oauth } = adapters[at.platform].auth;
  if (at.baseUrl === null || (oauth && isOwnFlow(oauth))) return callback;
  return `${callback}?server=${createHash("sha256").update(at.baseUrl).digest("hex").slice(0, 16)}`;
}

/** The app to log in through, and what it takes to finish. */
async function begin(
  world: OAuthWorld,
  adapter: Adapter<never>,
  at: ConnectedPlace,
  { instance }: WantedConnection,
): Promise<{ readonly app: AppCredentials; readonly verifier: string }> {
  try {
    const { flow, app, place, scopes } = await partyOf(world, adapter, at, redirectUriOf(world, at));
    if (scopes.length === 0)
      throw new Refusal(
        "app_missing",
        `The app for ${adapter.displayName} is said to have no permission that Clarion can use. Whoever set it must check its scopes.`,
      );
    if (!isOwnFlow(flow)) return { app, verifier: generateRandomCodeVerifier() };
    const { mode, externalId } = at;
    const person = { externalId, ...(mode === "live" && { instance }) }; // nobody leaves the practice network
    return { app, verifier: await flow.begin(person, app, place) };
  } catch (error) {
    throw toStartRefusal(error, instance !== undefined);
  }
}

/** An account that is connected again stays where it is. */
async function placeOf(
  world: OAuthWorld,
  workspaceId: string,
  adapter: Adapter<never>,
  wanted: WantedConnection,
): Promise<ConnectedPlace> {
  const { platform, mode } = wanted;
  const { oauth } = adapter.auth;
  if (wanted.accountId === undefined) {
    const isFound = oauth && isOwnFlow(oauth); // by the login, from whatever is known of its person
    const typed = isFound && !/^\w+:/.test(wanted.instance ?? "") ? undefined : wanted.instance;
    const server = mode === "practice" ? null : instanceAddress(adapter, typed);
    return { workspaceId, platform, mode, baseUrl: isFound ? null : server };
  }
  const account = await findAccount(world.db, workspaceId, wanted.accountId);
  if (!account || account.state === "disconnected" || account.platform !== platform)
    throw new Refusal("not_found", "There is no such account on this platform.");
  const { externalId, baseUrl } = account;
  return { workspaceId, platform, mode: account.mode, baseUrl, externalId };
}
