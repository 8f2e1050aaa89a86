import { randomBytes } from "node:crypto";
import { takeHubWish } from "../../db/push.ts";
import { isPublicUrl } from "../../domain/public-url.ts";
import { FeedError } from "../../feeds/feed-error.ts";
import { subscribe } from "../../feeds/web-sub.ts";
import type { Mirror } from "./mirror.ts";

const timeoutMs = 10_000;
const startLength = 8;

/** What is asked of a hub; it may promise less. */
export const leaseSeconds = 10 * 24 * 3600;

/**
 * Asks the hub of a source, if it has one and it is time, to call us when something is new. One that does not want to is no
 * failure: the source is read from time to time anyway, and the hub asked again another time.
 */
export async function askHub({ world }: Pick<Mirror, "world">, sourceId: string): Promise<void> {
  if (!isPublicUrl(world.publicUrl)) return;
  // A key tells which SECRET_KEY its secret was made of: after a rotation the hub is given another.
  const keyStart = world.pushSecretsOf("key")[0]?.slice(0, startLength) ?? "";
  const newKey = keyStart + randomBytes(16).toString("base64url");
  const wish = await takeHubWish(world.db, sourceId, { newKey, keyStart });
  if (!wish) return;
  const { hub, topic, key } = wish;
  const callback = `${world.publicUrl}/hooks/websub/${key}`;
  const secret = world.pushSecretsOf(`hub/${key}`)[0] ?? "";
  const asked = { mode: "subscribe", hub, topic, callback, secret, leaseSeconds } as const;
  await subscribe(world.fetch, asked, AbortSignal.timeout(timeoutMs)).catch((error: unknown) => {
    if (!(error instanceof FeedError)) throw error;
    world.log.info({ source: sourceId, status: error.detail.status }, "a hub does not call us");
  });
}
