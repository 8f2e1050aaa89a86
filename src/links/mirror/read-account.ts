import { PublishError } from "../../adapters/contract/publish-error.ts";
import type { TakenSource } from "../../db/sources.ts";
import { accountCall } from "../../publishing/account-call.ts";
import { before, type Mirror } from "./mirror.ts";
import type { Found } from "./read-source.ts";
import { toItemRows } from "./to-item-rows.ts";

const timeoutMs = 60_000;
/** Adapters give at most so many: of a full listing nobody knows how far back it goes. */
const fullListing = 100;
const dayMs = 24 * 3_600_000;

/** What an account posted since the last reading, and again what is young enough to have been changed. */
export async function readAccount({ world }: Mirror, source: TakenSource, readAt: Date): Promise<Found> {
  const { workspaceId, account } = source;
  if (!account) throw new Error("Only an account is read like this");
  const adapter = world.adapters[account.platform];
  if (!adapter.recent)
    throw new PublishError("forbidden", `${adapter.displayName} does not show us what was posted there`);
  const againMs = adapter.watch?.againMs ?? dayMs;
  const lastMs = (source.readAt ?? source.since).getTime();
  // What was shared before a pause is looked at again after it; where each post has its price, only what is new.
  const begin = againMs < dayMs ? before(source.since).getTime() : 0;
  const since = new Date(Math.max(begin, lastMs - againMs));
  const target = { workspaceId, platform: account.platform, account };
  const call = await accountCall(world, target, AbortSignal.timeout(timeoutMs));
  const posts = await adapter.recent(since, call);
  const isComplete = posts.length < fullListing;
  const hub = adapter.push?.hub?.(account.externalId, call.baseUrl);
  return { items: toItemRows(posts, readAt), completeSince: isComplete ? since : null, about: hub ?? {} };
}
