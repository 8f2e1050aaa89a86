import { PublishError } from "../../adapters/contract/publish-error.ts";
import { isFeed } from "../../domain/link/link.ts";
import { Refusal } from "../../domain/refusal.ts";
import type { World } from "../../publishing/world.ts";
import { accountLogin } from "./account-login.ts";
import { readFirst } from "./first-reading.ts";
import { type Kept, toItemRows } from "./to-item-rows.ts";
import type { Shareable } from "./where-to.ts";

const timeoutMs = 20_000;
const backMs = 90 * 24 * 3_600_000;

/**
 * What a source shows now, newest first. Keeps nothing of it.
 * @throws Refusal `platform_unavailable`, `feed_refused`
 */
export async function peekSource(world: World, workspaceId: string, source: string): Promise<Shareable[]> {
  if (isFeed(source)) {
    const { items, about } = await readFirst(world, source);
    return items.map((item) =>
      shareable(item, { accountId: null, platform: null, feed: source, from: about.title ?? source }),
    );
  }
  return peekAccount(world, workspaceId, source);
}

async function peekAccount(world: World, workspaceId: string, id: string): Promise<Shareable[]> {
  try {
    const login = await accountLogin(world, workspaceId, id, AbortSignal.timeout(timeoutMs));
    if (!login)
      throw new Refusal("account_disconnected", "The account that this link begins at was disconnected.");
    const { platform, handle, call } = login;
    const { recent, displayName } = world.adapters[platform];
    if (!recent) throw unavailable(`${displayName} does not show us what was posted there.`);
    const now = new Date();
    const posts = await recent(new Date(now.getTime() - backMs), call);
    return toItemRows(posts, now).map((item) =>
      shareable(item, { accountId: id, platform, feed: null, from: handle }),
    );
  } catch (error) {
    if (!(error instanceof PublishError)) throw error;
    throw unavailable(error.message);
  }
}

function shareable(
  item: Kept,
  place: Pick<Shareable, "accountId" | "platform" | "feed" | "from">,
): Shareable {
  const { url, content, createdAt } = item;
  return { ...place, url, content, createdAt, seenAt: createdAt, byHandLink: null, alsoLinks: [] };
}

function unavailable(message: string): Refusal {
  return new Refusal("platform_unavailable", message);
}
