import { isPushKey, notePushUntil, ringByKey } from "../../db/push.ts";
import { Refusal } from "../../domain/refusal.ts";
import { verifies } from "../../feeds/web-sub.ts";
import type { World } from "../../publishing/world.ts";
import { leaseSeconds } from "./ask-hub.ts";

type PushWorld = Pick<World, "db" | "pushSecretsOf">;

/** What a hub asks, or tells, before it calls. */
export interface HubQuestion {
  readonly mode: string;
  readonly topic: string;
  readonly leaseSeconds?: number | undefined;
}

/**
 * Whether we want what a hub says somebody asked it for. We never end it: nobody reads a source that no link needs, and the
 * promise runs out. A hub that ends it is asked again later.
 * https://www.w3.org/TR/websub/#hub-verifies-intent (checked 2026-11)
 * @throws Refusal `not_found` where we do not
 */
export async function answerHub({ db }: PushWorld, key: string, asked: HubQuestion): Promise<void> {
  const { mode, topic, leaseSeconds: promised = leaseSeconds } = asked;
  const isUnderstood = mode === "subscribe" || mode === "denied";
  const seconds = mode === "subscribe" ? Math.min(promised, leaseSeconds) : 0;
  if (!isUnderstood || !(await notePushUntil(db, key, topic, seconds))) throw notAsked();
}

/** @throws Refusal `not_found` where nobody gave out such a key */
export async function requirePushKey({ db }: PushWorld, key: string): Promise<void> {
  if (!(await isPushKey(db, key))) throw notAsked();
}

/**
 * A hub says that something is new. Of what it sends nothing is read; unsigned, it does nothing.
 * @param body as it came
 */
export async function hearHub(
  { db, pushSecretsOf }: PushWorld,
  key: string,
  body: Uint8Array,
  signature: string | undefined,
): Promise<void> {
  const isSigned = pushSecretsOf(`hub/${key}`).some((secret) => verifies(secret, body, signature));
  if (isSigned) await ringByKey(db, key);
}

function notAsked(): Refusal {
  return new Refusal("not_found", "Nobody here asked for this.");
}
