import { findOwn } from "../../db/known-items.ts";
import type { TakenItem } from "../../db/source-items.ts";
import type { Trace } from "../../domain/link/same-again.ts";
import type { World } from "../../publishing/world.ts";
import { accountLogin } from "./account-login.ts";
import { spelled, traceOf } from "./origin.ts";

/** What an account shows that did not come from here. */
export interface Foreign extends Trace {
  readonly accountId: string;
}

const backMs = 24 * 3_600_000;
const timeoutMs = 10_000;
const atOnce = 4;

/**
 * What these accounts posted within the day, as far as they let us look without a high price: people post on two phones,
 * and platforms have switches of their own that pass posts on. Whoever cannot be read now is taken to show nothing.
 */
export async function lookFirst(
  world: World,
  item: TakenItem,
  accountIds: readonly string[],
): Promise<Foreign[]> {
  const found: Foreign[] = [];
  for (let at = 0; at < accountIds.length; at += atOnce) {
    const looks = accountIds.slice(at, at + atOnce).map((id) => look(world, item, id).catch(() => []));
    found.push(...(await Promise.all(looks)).flat());
  }
  return found;
}

async function look(
  world: World,
  { workspaceId, createdAt }: TakenItem,
  accountId: string,
): Promise<Foreign[]> {
  const login = await accountLogin(world, workspaceId, accountId, AbortSignal.timeout(timeoutMs));
  const { recent, watch } = login ? world.adapters[login.platform] : {};
  if (!login || !recent || watch?.everyMs) return [];
  const posts = await recent(new Date(createdAt.getTime() - backMs), login.call);
  const known = posts.map(({ externalId, externalUrl: url }) => spelled({ externalId, url }));
  const own = await findOwn(world.db, workspaceId, accountId, known);
  return posts
    .filter(({ externalId }) => !own.has(externalId))
    .map(({ text, media }) => ({
      accountId,
      ...traceOf(
        text,
        media.map(() => null),
      ),
    }));
}
