import { setTimeout as delay } from "node:timers/promises";
import { currentPosition, type EventPosition, readEvents } from "../db/event-stream.ts";
import { Refusal } from "../domain/refusal.ts";
import type { World } from "./world.ts";

const pollMs = 500;
const batchSize = 200;

export interface FollowedEvent {
  /** Its place in the stream, to go on from. */
  readonly id: string;
  readonly type: string;
  readonly deliveryId: string | null;
  readonly postId: string | null;
  readonly accountId: string | null;
  readonly platform: string | null;
  readonly from: string | null;
  readonly reasonCode: string | null;
  readonly at: Date;
}

export interface Following {
  /** The id of the last event that was seen; absent: from now on. */
  readonly after?: string | undefined;
  readonly signal: AbortSignal;
  /** Asked before every look; the stream ends when it says no. */
  allowed(): Promise<boolean>;
}

/**
 * A workspace's events as they are committed, none skipped and none twice. Looks only while it is asked for more: a
 * slow listener slows down its own reading, and nobody listening costs nothing. An empty batch is a sign of life.
 * @throws Refusal `invalid_request` for a position that we did not give
 */
export async function* followEvents(
  world: World,
  workspaceId: string,
  { after, signal, allowed }: Following,
): AsyncGenerator<readonly FollowedEvent[]> {
  let position = after === undefined ? await currentPosition(world.db) : parsePosition(after);
  while (!signal.aborted && (await allowed())) {
    const events = await readEvents(world.db, workspaceId, position, batchSize);
    position = events.at(-1) ?? position;
    yield events.map(({ xid, id, ...event }) => ({ id: `${xid}-${id}`, ...event }));
    if (events.length < batchSize) await delay(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

function parsePosition(text: string): EventPosition {
  const [, xid, id] = /^(\d{1,18})-(\d{1,15})$/.exec(text) ?? [];
  if (xid === undefined) throw new Refusal("invalid_request", "Last-Event-ID is not one of ours.");
  return { xid, id: Number(id) };
}
