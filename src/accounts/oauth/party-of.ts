import type { Adapter } from "../../adapters/contract/adapter.ts";
import { type AppCredentials, isOwnFlow, type OAuthPlace } from "../../adapters/contract/oauth.ts";
import type { AccountMode } from "../../db/accounts.ts";
import type { AppPlace } from "../../db/apps.ts";
import type { Platform } from "../../domain/platform.ts";
import { findApp, type OAuthWorld } from "./find-app.ts";
import type { AnyParty } from "./run-flow.ts";

/** Where a login goes to. */
export interface LoginPlace {
  readonly workspaceId: string;
  readonly platform: Platform;
  readonly mode: AccountMode;
  readonly baseUrl: string | null;
}

const timeoutMs = 20_000;

export function oauthPlace(world: OAuthWorld, { platform, mode, baseUrl }: LoginPlace): OAuthPlace {
  return {
    baseUrl: world.hostsOf(platform, mode, baseUrl),
    fetch: world.fetch,
    now: () => new Date(),
    signal: AbortSignal.timeout(timeoutMs),
  };
}

/** One app towards one platform. @param app the one a login began with; absent: the one to begin with now */
export async function partyOf(
  world: OAuthWorld,
  adapter: Adapter<never>,
  at: LoginPlace,
  redirectUri: string,
  app?: AppCredentials,
): Promise<AnyParty> {
  const place = oauthPlace(world, at);
  const through = app ?? (await findApp(world, adapter, appPlaceOf(adapter, at), place, redirectUri));
  return {
    platformName: adapter.displayName,
    flow: adapter.auth.oauth as AnyParty["flow"],
    scopes: scopesOf(adapter, through, at.mode),
    app: through,
    place,
    insecure: at.mode === "practice" || isLoopback(place.baseUrl.token ?? place.baseUrl.api) || isHttp(at),
  };
}

/** Where our app is known: at each server of its own, or by one address of ours at all of them. */
export function appPlaceOf({ auth }: Adapter<never>, at: LoginPlace): AppPlace {
  const isOwn = auth.oauth !== undefined && isOwnFlow(auth.oauth);
  return { ...at, baseUrl: isOwn ? "" : (at.baseUrl ?? "") };
}

/** What is asked for: of what the adapter can use, what the app has. The practice network's app has everything. */
function scopesOf(
  { auth }: Adapter<never>,
  { scopes }: AppCredentials,
  mode: AccountMode,
): readonly string[] {
  const useful = [...auth.scopes, ...(auth.oauth?.moreScopes ?? [])];
  if (mode === "practice") return useful;
  return scopes === undefined ? auth.scopes : useful.filter((scope) => scopes.includes(scope));
}

/** A server's address may be so in a private network only, which the operator has to allow. */
function isHttp({ baseUrl }: LoginPlace): boolean {
  return baseUrl?.startsWith("http:") ?? false;
}

/** What an operator points at this machine needs no TLS. */
function isLoopback(url: string): boolean {
  return /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/.test(url);
}
