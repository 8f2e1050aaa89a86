import type { Database } from "../db/database.ts";
import { findAnswer, lockKey, storeAnswer } from "../db/idempotency-keys.ts";
import { transaction } from "../db/transaction.ts";
import { Refusal } from "../domain/refusal.ts";
import type { World } from "./world.ts";

export interface OnceRequest {
  /** The client's Idempotency-Key. */
  readonly key: string;
  /** SHA-256 of what the request asks for. */
  readonly fingerprint: Buffer;
}

export interface StoredAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Does `work` at most once per key and workspace; later requests get the first answer again.
 *
 * The work and its answer are one transaction, so a process that dies leaves both or neither: no key can be
 * left behind that blocks its owner, and none needs to be taken over. The lock ends with the connection.
 * A refused request keeps nothing: the same key may be used when the reason is mended.
 * @throws Refusal `idempotency_key_in_use`, `idempotency_key_reused`, and whatever `work` throws
 */
export function answerOnce(
  world: World,
  workspaceId: string,
  request: OnceRequest,
  work: (world: World) => Promise<StoredAnswer>,
): Promise<StoredAnswer> {
  const once = async (db: Database) => {
    if (!(await lockKey(db, workspaceId, request.key)))
      throw new Refusal(
        "idempotency_key_in_use",
        "The first request with this key has not finished; try again.",
      );
    const known = await findAnswer(db, workspaceId, request.key);
    if (known) return replay(known, request.fingerprint);
    const answer = await work({ ...world, db });
    await storeAnswer(db, workspaceId, request, answer);
    return answer;
  };
  return transaction(world.db, once, 1); // a request's body and its files are read once
}

function replay(known: { requestHash: Buffer; answer: StoredAnswer }, fingerprint: Buffer): StoredAnswer {
  if (!known.requestHash.equals(fingerprint))
    throw new Refusal("idempotency_key_reused", "This key was used for another request; make a new one.");
  const { answer } = known;
  return { ...answer, headers: { ...answer.headers, "Idempotency-Replayed": "true" } };
}
