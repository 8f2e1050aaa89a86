import type { Database } from "./database.ts";

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Until the transaction ends nobody else works under this key. False: somebody does. */
export async function lockKey(tx: Database, workspaceId: string, key: string): Promise<boolean> {
  const { rows } = await tx.pool.query<{ locked: boolean }>({
    name: "lock-idempotency-key",
    text: "select pg_try_advisory_xact_lock(hashtextextended($1, 1)) as locked",
    values: [`${workspaceId} ${key}`],
  });
  return rows[0]?.locked === true;
}

export async function findAnswer(
  tx: Database,
  workspaceId: string,
  key: string,
): Promise<{ requestHash: Buffer; answer: Answer } | undefined> {
  const { rows } = await tx.pool.query<{ requestHash: Buffer; answer: Answer }>({
    name: "find-idempotency-key",
    text: `select request_hash as "requestHash", response as answer from idempotency_keys
           where workspace_id = $1 and key = $2 and created_at > now() - interval '24 hours'`,
    values: [workspaceId, key],
  });
  return rows[0];
}

/** Keeps the answer, and forgets a few whose day is over, so that the table stays as large as a day. */
export async function storeAnswer(
  tx: Database,
  workspaceId: string,
  request: { readonly key: string; readonly fingerprint: Buffer },
  answer: Answer,
): Promise<void> {
  await tx.pool.query({
    name: "store-idempotency-key",
    text: `with expired as (
             delete from idempotency_keys where (workspace_id, key) in (
               select workspace_id, key from idempotency_keys
               where created_at < now() - interval '24 hours' and (workspace_id, key) <> ($1, $2)
               order by created_at limit 10 for update skip locked))
           insert into idempotency_keys (workspace_id, key, request_hash, status, response)
           values ($1, $2, $3, $4, $5)
           on conflict (workspace_id, key) do update set request_hash = excluded.request_hash,
             status = excluded.status, response = excluded.response, created_at = excluded.created_at`,
    values: [workspaceId, request.key, request.fingerprint, answer.status, JSON.stringify(answer)],
  });
}
