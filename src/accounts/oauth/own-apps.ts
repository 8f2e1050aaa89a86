import type { Adapter } from "../../adapters/contract/adapter.ts";
import type { AppCredentials } from "../../adapters/contract/oauth.ts";
import { type AppRow, deleteOwnApp, listOwnApps } from "../../db/apps.ts";
import type { Platform } from "../../domain/platform.ts";
import { Refusal } from "../../domain/refusal.ts";
import type { OAuthWorld } from "./find-app.ts";
import { keepApp } from "./keep-app.ts";

/** An app that a workspace brought, as the API shows it: never its secret. */
export interface AppView {
  readonly platform: Platform;
  readonly clientId: string;
  /** All that the platform gave it; null: the least that every app gets. */
  readonly scopes: readonly string[] | null;
  readonly createdAt: string;
}

export async function listApps(world: Pick<OAuthWorld, "db">, workspaceId: string): Promise<AppView[]> {
  return (await listOwnApps(world.db, workspaceId)).map(view);
}

/**
 * From now on logins of this workspace go through its own app. Accounts linked through another keep working until they
 * are renewed, and then wait to be connected again.
 * @throws Refusal `login_not_offered`, `invalid_request`
 */
export async function putOwnApp(
  world: Pick<OAuthWorld, "db" | "vault" | "adapters">,
  workspaceId: string,
  platform: Platform,
  app: AppCredentials,
): Promise<AppView> {
  const { displayName, auth } = world.adapters[platform];
  if (!auth.oauth || auth.oauth.registerApp)
    throw new Refusal("login_not_offered", `${displayName} needs no app of yours.`);
  checkScopes(world.adapters[platform], app.scopes);
  const at = { workspaceId, platform, mode: "live", baseUrl: "" } as const;
  await keepApp(world, at, app, { madeBy: "workspace", redirectUri: null });
  const { clientId, scopes = null } = app;
  return { platform, clientId, scopes, createdAt: new Date().toISOString() };
}

/** @throws Refusal `not_found` */
export async function removeOwnApp(
  world: Pick<OAuthWorld, "db">,
  workspaceId: string,
  platform: Platform,
): Promise<void> {
  if (!(await deleteOwnApp(world.db, workspaceId, platform)))
    throw new Refusal("not_found", "This workspace has no app of its own for the platform.");
}

/** Of an app that has none of them nobody could post. */
function checkScopes({ displayName, auth }: Adapter<never>, scopes: AppCredentials["scopes"]): void {
  if (scopes === undefined) return;
  const { moreScopes } = auth.oauth ?? {};
  const useful = [...auth.scopes, ...(moreScopes ?? [])];
  if (moreScopes && scopes.some((scope) => useful.includes(scope))) return;
  const [code, message] = moreScopes
    ? ["invalid_value", `must name some of ${useful.join(", ")}`]
    : ["unknown_field", `is not a field for ${displayName}: every app there has the same`];
  throw new Refusal("invalid_request", `/scopes: ${message}`, {
    issues: [{ pointer: "/scopes", code, message }],
  });
}

function view({ platform, clientId, scopes, createdAt }: AppRow): AppView {
  return { platform, clientId, scopes, createdAt: createdAt.toISOString() };
}
