import { findEnded } from "../../db/connections.ts";
import type { Platform } from "../../domain/platform.ts";
import type { OAuthWorld } from "./find-app.ts";
import { notTaken } from "./not-taken.ts";
import { hashOf } from "./secrets.ts";

/** What a person is told at the end of a login. */
export interface LoginEnd {
  /** How many accounts were linked. */
  readonly accounts: number;
  /** Why none was; null where some were. */
  readonly message: string | null;
  /** A path of ours to go back to. */
  readonly returnTo: string | null;
}

/** How a login ended, told in the browser it was made in and nowhere else. @throws Refusal `not_found` */
export async function endedIn(
  world: Pick<OAuthWorld, "db">,
  platform: Platform,
  connectionId: string,
  browser: string,
): Promise<LoginEnd> {
  const ended = await findEnded(world.db, connectionId, hashOf(browser));
  if (ended?.platform !== platform) throw notTaken("gone");
  const { accountIds, reasonText, returnTo } = ended;
  return { accounts: accountIds.length, message: reasonText, returnTo };
}
