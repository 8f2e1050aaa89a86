import type { Logger } from "pino";
import type { Adapter } from "../../adapters/contract/adapter.ts";
import type { AppCredentials, OAuthPlace } from "../../adapters/contract/oauth.ts";
import type { AccountMode } from "../../db/accounts.ts";
import { type AppPlace, findApp as findRow } from "../../db/apps.ts";
import { Refusal } from "../../domain/refusal.ts";
import type { LinkWorld } from "../link-account.ts";
import { openApp } from "./keep-app.ts";
import { registeredApp } from "./registered-app.ts";

/** What linking by login needs of the world. */
export interface OAuthWorld extends LinkWorld {
  readonly log: Logger;
  /** Where people reach us; an origin. */
  readonly publicUrl: string;
  /** The app the operator set, or the practice network's. */
  appOf(platform: Adapter["platform"], mode: AccountMode): AppCredentials | undefined;
}

/**
 * The app to log in through: the workspace's own, the operator's, or one made known to the server now.
 * @throws Refusal `app_missing`; PublishError when the server does not register one
 */
export async function findApp(
  world: OAuthWorld,
  adapter: Adapter<never>,
  at: AppPlace,
  place: OAuthPlace,
  redirectUri: string,
): Promise<AppCredentials> {
  const { oauth } = adapter.auth;
  if (oauth?.registerApp) return registeredApp(world, oauth, at, place, redirectUri);
  const app = await knownApp(world, at);
  if (app) return app;
  const names = ["CLIENT_ID", "CLIENT_SECRET"].map((name) => `${adapter.platform.toUpperCase()}_${name}`);
  throw new Refusal(
    "app_missing",
    `No app for ${adapter.displayName} is set. Give one with PUT /v1/apps/${adapter.platform}, or ask the operator to set ${names.join(" and ")}.`,
  );
}

/** The app that is known for this place already; nobody is asked for it. */
export async function knownApp(world: OAuthWorld, at: AppPlace): Promise<AppCredentials | undefined> {
  const row = await findRow(world.db, at);
  return row ? openApp(world.vault, row) : world.appOf(at.platform, at.mode);
}
