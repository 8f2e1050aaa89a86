import type { Logger } from "pino";
import type { Adapter } from "../../adapters/contract/adapter.ts";
import type { AppCredentials, OAuthPlace } from "../../adapters/contract/oauth.ts";
import type { AccountMode } from "../../db/accounts.ts";
import { type AppPlace, type AppRow, findApp as findRow, putApp } from "../../db/apps.ts";
import { newId } from "../../domain/ids.ts";
import { Refusal } from "../../domain/refusal.ts";
import type { LinkWorld } from "../link-account.ts";

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
  const row = await findRow(world.db, at);
  if (row && (row.madeBy === "workspace" || row.redirectUri === redirectUri)) return opened(world, row);
  const { registerApp } = adapter.auth.oauth ?? {};
  if (registerApp) {
    const app = await registerApp(redirectUri, place);
    await keepApp(world, at, app, { madeBy: "us", redirectUri });
    return app;
  }
  const app = world.appOf(adapter.platform, at.mode);
  if (app) return app;
  const names = ["CLIENT_ID", "CLIENT_SECRET"].map((name) => `${adapter.platform.toUpperCase()}_${name}`);
  throw new Refusal(
    "app_missing",
    `No app for ${adapter.displayName} is set. Give one with PUT /v1/apps/${adapter.platform}, or ask the operator to set ${names.join(" and ")}.`,
  );
}

export async function keepApp(
  world: Pick<OAuthWorld, "db" | "vault">,
  at: AppPlace,
  { clientId, clientSecret }: AppCredentials,
  made: Pick<AppRow, "madeBy" | "redirectUri">,
): Promise<void> {
  const id = newId("app");
  await putApp(world.db, {
    ...at,
    ...made,
    id,
    clientId,
    ...world.vault.seal(`apps/${id}`, { clientSecret }),
  });
}

function opened(world: Pick<OAuthWorld, "vault">, row: AppRow): AppCredentials {
  const { clientSecret = "" } = world.vault.open(`apps/${row.id}`, row);
  return { clientId: row.clientId, clientSecret };
}
