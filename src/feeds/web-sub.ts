import { createHmac, timingSafeEqual } from "node:crypto";
import type { Fetch } from "../adapters/contract/adapter.ts";
import { FeedError } from "./feed-error.ts";

export interface Subscription {
  readonly mode: "subscribe" | "unsubscribe";
  readonly hub: string;
  /** The feed's address as its hub knows it. */
  readonly topic: string;
  /** Where the hub sends what is new; not to be guessed. */
  readonly callback: string;
  /** Signs what the hub sends; less than 200 bytes, a different one for each subscription. */
  readonly secret: string;
  readonly leaseSeconds: number;
}

/**
 * Asks a hub to tell us of new items, or to stop. It then asks back at the callback before it does.
 * https://www.w3.org/TR/websub/#subscriber-sends-subscription-request (checked 2026-11)
 * @throws FeedError `hub_refused`, with the status where it answered
 */
export async function subscribe(fetch: Fetch, wish: Subscription, signal: AbortSignal): Promise<void> {
  const body = new URLSearchParams({
    "hub.mode": wish.mode,
    "hub.topic": wish.topic,
    "hub.callback": wish.callback,
    "hub.secret": wish.secret,
    "hub.lease_seconds": String(wish.leaseSeconds),
  });
  const status = await statusOf(fetch, wish.hub, { method: "POST", body, redirect: "manual", signal });
  if (status !== 202)
    throw new FeedError(
      "hub_refused",
      `The feed's hub did not take our request (it answers ${status}). New items still arrive, only later: the feed is read from time to time.`,
      { status },
    );
}

async function statusOf(fetch: Fetch, hub: string, init: RequestInit): Promise<number> {
  try {
    return (await fetch(hub, init)).status;
  } catch {
    throw new FeedError(
      "hub_refused",
      "The feed's hub could not be reached. New items still arrive, only later: the feed is read from time to time.",
    );
  }
}

/**
 * Whether what was sent to the callback was signed with our secret. All four methods of the standard count: some hubs, Google's
 * with YouTube's feeds among them, know SHA-1 alone, whose weakness is collisions, and those do not break a HMAC.
 * https://www.w3.org/TR/websub/#signature-validation (checked 2026-11)
 * @param body as it came, before anything decoded it
 * @param header `X-Hub-Signature`
 */
export function verifies(secret: string, body: Uint8Array, header: string | undefined): boolean {
  const [, method, signature] = /^(sha1|sha256|sha384|sha512)=([\da-f]+)$/i.exec(header?.trim() ?? "") ?? [];
  if (method === undefined || signature === undefined || secret === "") return false;
  const expected = createHmac(method.toLowerCase(), secret).update(body).digest();
  const given = Buffer.from(signature, "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
