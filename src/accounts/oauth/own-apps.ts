import type { AppCredentials } from "../../adapters/contract/oauth.ts";
import { type AppRow, deleteOwnApp, listOwnApps } from "../../db/apps.ts";
import type { Platform } from "../../domain/platform.ts";
import { Refusal } from "../../domain/refusal.ts";
import { keepApp, type OAuthWorld } from "./find-app.ts";

/** An app that a workspace brought, as the API shows it: never its secret. */
export interface AppView {
  readonly platform: Platform;
  readonly clientId: string;
  readonly createdAt: string;
}

export async function listApps(world: Pick<OAuthWorld, "db">, workspaceId: string): Promise<AppView[]> {
  return (await listOwnApps(world.db, workspaceId)).map(view);
}

/**
 * From now on logins of this workspace go through its own app. Accounts linked through another keep working until they
 * are renewed, and then wait to be connected again.
 * @throws Refusal `login_not_offered`
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
  const at = { workspaceId, platform, mode: "live", baseUrl: "" } as const;
  await keepApp(world, at, app, { madeBy: "workspace", redirectUri: null });
  return { platform, clientId: app.clientId, createdAt: new Date().toISOString() };
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

function view({ platform, clientId, createdAt }: AppRow): AppView {
  return { platform, clientId, createdAt: createdAt.toISOString() };
}
