import { isOwnFlow } from "../../adapters/contract/oauth.ts";
import { findAppNamed } from "../../db/apps.ts";
import type { Platform } from "../../domain/platform.ts";
import { Refusal } from "../../domain/refusal.ts";
import type { OAuthWorld } from "./find-app.ts";
import { openApp } from "./keep-app.ts";

/**
 * What servers read of an app whose name is an address of ours. Nothing in it is secret.
 * @param name the last part of that address
 * @throws Refusal `not_found`
 */
export async function describeApp(
  world: Pick<OAuthWorld, "db" | "vault" | "adapters" | "publicUrl">,
  platform: Platform,
  name: string,
): Promise<Readonly<Record<string, unknown>>> {
  const { oauth } = world.adapters[platform].auth;
  const clientId = `${world.publicUrl}/oauth/${platform}/client/${name}`;
  const row = oauth && isOwnFlow(oauth) ? await findAppNamed(world.db, { platform, clientId }) : undefined;
  if (!row || !oauth || !isOwnFlow(oauth)) throw new Refusal("not_found", "There is no such app.");
  return oauth.describeApp(openApp(world.vault, row));
}
