import type { Database } from "../../src/db/database.ts";
import { newId } from "../../src/domain/ids.ts";
import type { Platform } from "../../src/domain/platform.ts";
import type { Variant } from "../../src/domain/post.ts";

/** A workspace with one account, straight into the diary, for tests of what lies below the use cases. */
export async function seedAccount(db: Database, platform: Platform = "x") {
  const ids = { workspaceId: newId("ws"), accountId: newId("acc"), grantId: newId("grt"), platform };
  await db.pool.query("insert into workspaces (id, name) values ($1, 'Test')", [ids.workspaceId]);
  await db.pool.query(
    "insert into grants (id, workspace_id, key_id, wrapped_key, sealed, version) values ($1, $2, 'k', '', '', '1')",
    [ids.grantId, ids.workspaceId],
  );
  await db.pool.query(
    `insert into accounts (id, workspace_id, platform, mode, external_id, handle, name, grant_id)
     values ($1, $2, $3, 'practice', $1, 'test', 'Test', $4)`,
    [ids.accountId, ids.workspaceId, platform, ids.grantId],
  );
  return ids;
}

export type SeededAccount = Awaited<ReturnType<typeof seedAccount>>;

interface SeedOptions {
  /** From now by the database's clock; negative: it was due that long ago. */
  readonly dueInMs?: number;
  readonly maxLatenessMs?: number;
  readonly variant?: Partial<Variant>;
  /** The delivery this one follows in a chain. */
  readonly after?: string;
}

/** A scheduled post with one delivery. Returns the delivery's id. */
export async function seedDelivery(
  db: Database,
  account: SeededAccount,
  options: SeedOptions = {},
): Promise<string> {
  const { dueInMs = -10, maxLatenessMs = 1_800_000, after } = options;
  const postId = newId("post");
  const variant = { role: "post", text: "Hello", link: null, media: [], options: {}, ...options.variant };
  await db.pool.query(
    `with due as (select clock_timestamp() + $6 * interval '1 ms' as at),
     p as (insert into posts (id, workspace_id, content, text, due_at) select $1, $2, '{}', 'Hello', at from due returning id),
     v as (insert into variants (id, workspace_id, post_id, content, payload_hash)
           select $3, $2, id, $5, 'hash' from p returning id)
     insert into deliveries (id, workspace_id, post_id, account_id, platform, variant_id, payload_hash, due_at,
       max_lateness_ms, next_check_at, after_id, waits_for)
     select $4, $2, $1, $7, $8, v.id, 'hash', due.at, $9, clock_timestamp(), $10, $10 from v, due`,
    [
      postId,
      account.workspaceId,
      newId("var"),
      postId.replace("post", "dlv"),
      variant,
      dueInMs,
      account.accountId,
      account.platform,
      maxLatenessMs,
      after ?? null,
    ],
  );
  return postId.replace("post", "dlv");
}

/** The row, for assertions. */
export async function deliveryRow(db: Database, id: string) {
  const { rows } = await db.pool.query("select * from deliveries where id = $1", [id]);
  return rows[0];
}
