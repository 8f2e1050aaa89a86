import type { Trace } from "../domain/link/same-again.ts";
import type { Database } from "./database.ts";

/** That something is, or is to be, on an account. */
export interface Arrival extends Trace {
  readonly accountId: string;
  readonly origin: string;
  readonly itemId: string;
  /** Null: it was made there, outside of Clarion. */
  readonly postId: string | null;
}

/**
 * Lets nobody else share anything in this workspace until the transaction ends: two things that are the same by their
 * words have no key in common that could refuse the second.
 */
export async function sharingAlone(tx: Database, workspaceId: string): Promise<void> {
  await tx.pool.query("select pg_advisory_xact_lock(hashtextextended('sharing ' || $1, 0))", [workspaceId]);
}

/**
 * When the last copy of this source goes out on each of these accounts; accounts that wait for none are not in it. What a
 * person has changed is no copy any more.
 */
export async function lastCopies(
  db: Database,
  workspaceId: string,
  accountIds: readonly string[],
  sourceId: string,
): Promise<Map<string, Date>> {
  const { rows } = await db.pool.query<{ accountId: string; dueAt: Date }>(
    `select r.account_id as "accountId", max(p.due_at) as "dueAt" from arrivals r join posts p on p.id = r.post_id
     join source_items i on i.workspace_id = $1 and i.id = r.item_id
     where r.workspace_id = $1 and r.account_id = any($2) and r.at > now() - interval '1 day' and i.source_id = $3
       and p.due_at is not null and p.canceled_at is null and p.deleted_at is null
       and p.revision = r.post_revision and p.content->'accounts' @> to_jsonb(r.account_id)
     group by r.account_id`,
    [workspaceId, accountIds, sourceId],
  );
  return new Map(rows.map(({ accountId, dueAt }) => [accountId, dueAt]));
}

/** On which of these accounts the thing at this address is already. */
export async function arrivedAt(
  db: Database,
  workspaceId: string,
  accountIds: readonly string[],
  origin: string,
): Promise<Set<string>> {
  const { rows } = await db.pool.query<{ accountId: string }>(
    `select account_id as "accountId" from arrivals where workspace_id = $1 and account_id = any($2) and origin = $3`,
    [workspaceId, accountIds, origin],
  );
  return new Set(rows.map(({ accountId }) => accountId));
}

/** What came to these accounts with the same words lately. @param exceptSource what this one brought does not count */
export async function sameWords(
  db: Database,
  workspaceId: string,
  accountIds: readonly string[],
  textKey: string,
  days: number,
  exceptSource: string | null,
): Promise<(Trace & { readonly accountId: string })[]> {
  const { rows } = await db.pool.query<Trace & { accountId: string }>(
    `select account_id as "accountId", text_key as "textKey", looks from arrivals
     where workspace_id = $1 and account_id = any($2) and text_key = $3 and at > now() - $4 * interval '1 day'
       and not exists (select 1 from source_items i where i.workspace_id = $1 and i.id = item_id and i.source_id = $5)`,
    [workspaceId, accountIds, textKey, days, exceptSource],
  );
  return rows;
}

/** What went out on these accounts from here lately, or is about to; at most so many of each. */
export async function recentPosts(
  db: Database,
  workspaceId: string,
  accountIds: readonly string[],
  days: number,
  exceptSource: string | null,
): Promise<{ accountId: string; text: string; looks: (string | null)[] }[]> {
  const { rows } = await db.pool.query<{ accountId: string; text: string; looks: (string | null)[] }>(
    `select d.account_id as "accountId", v.content->>'text' as text, coalesce((select json_agg(m.look order by n)
         from jsonb_array_elements(v.content->'media') with ordinality as f(file, n)
         left join media m on m.workspace_id = $1 and m.id = f.file->>'id'), '[]') as looks
     from unnest($2::text[]) as of(id)
     cross join lateral (select * from deliveries where workspace_id = $1 and account_id = of.id and part = 0
       and due_at > now() - $3 * interval '1 day' and due_at < now() + interval '1 hour'
       and state not in ('failed', 'missed', 'canceled') and not exists (
         select 1 from arrivals r join source_items i on i.workspace_id = $1 and i.id = r.item_id
         where r.post_id = deliveries.post_id and i.source_id = $4) order by due_at desc limit 500) d
     join variants v on v.id = d.variant_id`,
    [workspaceId, accountIds, days, exceptSource],
  );
  return rows;
}

/**
 * @param tolerant whether one that is there already is no contradiction
 * @throws where one of these is there already: the transaction ends, and nothing of it is kept
 */
export async function insertArrivals(
  tx: Database,
  workspaceId: string,
  arrivals: readonly Arrival[],
  tolerant = false,
): Promise<void> {
  await tx.pool.query(
    `insert into arrivals (account_id, origin, workspace_id, item_id, post_id, text_key, looks)
     select "accountId", origin, $1, "itemId", "postId", "textKey", looks
     from jsonb_to_recordset($2::jsonb) as a("accountId" text, origin text, "itemId" text, "postId" text, "textKey" text,
       looks jsonb)${tolerant ? " on conflict do nothing" : ""}`,
    [workspaceId, JSON.stringify(arrivals)],
  );
}

/**
 * Accounts that a link's end took out of a copy's post before anything was sent to them have it not: it may come to them
 * anew. Whom a person took out stays without.
 * @param tx in which it is told to; until its end nobody puts them back
 */
export async function freeLeftOut(
  tx: Database,
  workspaceId: string,
  itemId: string,
  accountIds: readonly string[],
): Promise<void> {
  const ofItem = "r.workspace_id = $1 and r.item_id = $2 and r.account_id = any($3) and p.id = r.post_id";
  const values = [workspaceId, itemId, accountIds];
  await tx.pool.query(
    `select 1 from posts p join arrivals r on ${ofItem} order by p.id for update of p`,
    values,
  );
  await tx.pool.query(
    `delete from arrivals r using posts p where ${ofItem} and not p.content->'accounts' @> to_jsonb(r.account_id)
       and p.deleted_at is null and p.revision = r.post_revision and not exists (select 1 from deliveries d join attempts a on a.delivery_id = d.id
         where d.workspace_id = $1 and d.post_id = p.id and d.account_id = r.account_id)`,
    values,
  );
}

/**
 * Whether something of ours may be becoming public on an account: what it shows may be that, while its id is not known.
 * @param since when the thing it shows was made there
 */
export async function isPublishing(
  db: Database,
  { workspaceId, accountId }: PlaceOfAccount,
  since: Date,
): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `select 1 from deliveries where workspace_id = $1 and account_id = $2 and due_at > now() - interval '30 days'
       and state in ('sending', 'processing', 'uncertain', 'needs_decision')
       and (state = 'sending' or sent_at is null or sent_at < $3::timestamptz + interval '1 hour') limit 1`,
    [workspaceId, accountId, since],
  );
  return rowCount === 1;
}

interface PlaceOfAccount {
  readonly workspaceId: string;
  readonly accountId: string;
}
