import type { DeliveryState } from "../domain/delivery.ts";
import type { ItemState, SourceItem } from "../domain/link/source-item.ts";
import type { Platform } from "../domain/platform.ts";
import type { Database } from "./database.ts";
import { missingMeansDeleted } from "./missing-items.ts";

/** Something that a source showed, for people. */
export interface ShownItem {
  readonly id: string;
  readonly url: string;
  readonly content: SourceItem;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly state: ItemState;
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  /** The link along which a person wanted it shared although we would not have. */
  readonly byHandLink: string | null;
  /** Links along which a person wanted it shared with further accounts, once it was shared. */
  readonly alsoLinks: readonly string[];
  /** It is not shown any more, whatever was decided about that. */
  readonly isGone: boolean;
  readonly changed: "edited" | "deleted" | null;
  readonly changedAt: Date | null;
  /** Where it comes from: an account, or a feed. */
  readonly accountId: string | null;
  readonly platform: Platform | null;
  readonly feed: string | null;
  readonly from: string;
  /** Those that were fetched. */
  readonly files: readonly { readonly url: string; readonly id: string }[];
  readonly notes: readonly { readonly accountId: string; readonly code: string; readonly message: string }[];
  /** Where it went. */
  readonly copies: readonly ShownCopy[];
}

export interface ShownCopy {
  readonly accountId: string;
  readonly platform: Platform;
  readonly postId: string;
  /** Null: a draft has none. */
  readonly deliveryId: string | null;
  /** Of its delivery; `draft`, `deleted`, or `left_out` where its post does not go there any more. */
  readonly state: DeliveryState | "draft" | "left_out";
  /** ISO 8601. */
  readonly dueAt: string | null;
  readonly externalUrl: string | null;
  /** Of its delivery, where the state is that, too. */
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Its post's revision as mirroring left it: with another one a person has changed it, and it is theirs. */
  readonly ourRevision: number;
}

const stateOfCopy = `case when p.deleted_at is not null then 'deleted'
  when not p.content->'accounts' @> to_jsonb(r.account_id) then 'left_out'
  when p.due_at is null and p.canceled_at is null then 'draft' else coalesce(d.state, 'canceled') end`;

const shown = `
  select i.id, i.url, i.content, i.created_at as "createdAt", i.seen_at as "seenAt", i.state, i.reason_code as "reasonCode",
    i.reason_text as "reasonText", i.by_hand_link as "byHandLink", i.also_links as "alsoLinks",
    i.missing >= ${missingMeansDeleted} as "isGone", i.changed, i.changed_at as "changedAt", i.notes, i.files,
    s.account_id as "accountId", a.platform, s.feed, coalesce(a.handle, s.title, substring(s.feed from '://([^/:]+)')) as "from",
    (select coalesce(json_agg(json_build_object('accountId', r.account_id, 'platform', t.platform, 'postId', r.post_id, 'deliveryId', d.id,
       'state', c.state, 'dueAt', p.due_at, 'externalUrl', d.external_url, 'error', case when d.state = c.state and d.state <> 'canceled'
         and d.reason_code is not null then json_build_object('code', d.reason_code, 'message', coalesce(d.reason_text, '')) end,
       'ourRevision', r.post_revision) order by r.account_id), '[]')
     from arrivals r join posts p on p.id = r.post_id join accounts t on t.id = r.account_id
     left join deliveries d on d.post_id = p.id and d.account_id = r.account_id and d.part = 0
     cross join lateral (select ${stateOfCopy} as state) c
     where r.workspace_id = i.workspace_id and r.item_id = i.id) as copies
  from source_items i join sources s on s.id = i.source_id left join accounts a on a.id = s.account_id
  where i.workspace_id = $1`;
// Source by source: for all at once PostgreSQL reads the whole table where a state is rare, and by the source alone, for
// with the workspace it walks that one.
const pageOfPlaces = `
  select p.id from sources o cross join lateral (
    select id from source_items where source_id = o.id and ($3::text is null or id < $3)
      and ($5::text is null or state = $5) order by id desc limit $4) p
  where o.workspace_id = $1 and coalesce(o.account_id, o.feed) = any($2) order by p.id desc limit $4`;
const ofPlaces = `${shown} and coalesce(s.account_id, s.feed) = any($2)`;

/** Newest first. @param before the id of the last one that was seen. @param state absent: all */
export async function listItems(
  db: Database,
  workspaceId: string,
  places: readonly string[],
  page: { readonly state?: ItemState | undefined; readonly before: string | null; readonly limit: number },
): Promise<ShownItem[]> {
  const { rows } = await db.pool.query<ShownItem>(
    `${shown} and i.id = any(array(${pageOfPlaces})) order by i.id desc`,
    [workspaceId, places, page.before, page.limit, page.state ?? null],
  );
  return rows;
}

export async function findItem(
  db: Database,
  workspaceId: string,
  places: readonly string[],
  id: string,
): Promise<ShownItem | undefined> {
  const { rows } = await db.pool.query<ShownItem>(`${ofPlaces} and i.id = $3`, [workspaceId, places, id]);
  return rows[0];
}

/** What has copies that have not gone out, and that nobody has changed since. */
export async function itemsWithPlans(db: Database, workspaceId: string): Promise<ShownItem[]> {
  const { rows } = await db.pool.query<ShownItem>(
    `${shown} and i.id in (select r.item_id from arrivals r join posts p on p.id = r.post_id
       join deliveries d on d.post_id = p.id and d.account_id = r.account_id
       where r.workspace_id = $1 and r.at > now() - interval '60 days' and p.revision = r.post_revision
         and d.state in ('scheduled', 'held', 'retrying'))
     order by i.id`,
    [workspaceId],
  );
  return rows;
}

/** Something more is to be said of what was shared. */
export async function addNotes(
  tx: Database,
  workspaceId: string,
  id: string,
  notes: ShownItem["notes"],
): Promise<void> {
  await tx.pool.query(
    "update source_items set notes = notes || $3::jsonb where workspace_id = $1 and id = $2",
    [workspaceId, id, JSON.stringify(notes)],
  );
}

/** What was held goes on, or never will. @returns how many */
export async function releaseHeld(
  tx: Database,
  workspaceId: string,
  places: readonly string[],
  share: boolean,
): Promise<number> {
  const isOne = "workspace_id = $1 and coalesce(account_id, feed) = any($2)";
  // Readings lock the source first, too.
  await tx.pool.query(`select 1 from sources where ${isOne} order by id for update`, [workspaceId, places]);
  const { rowCount } = await tx.pool.query(
    `update source_items i set state = case when $3 then 'new' else 'skipped' end,
       reason_code = case when $3 then null else 'dropped' end, next_share_at = case when $3 then now() end
     from sources s where s.id = i.source_id and i.workspace_id = $1 and i.state = 'held'
       and coalesce(s.account_id, s.feed) = any($2)`,
    [workspaceId, places, share],
  );
  // What seemed to be gone while it was held does not come back to be shared after that.
  if (!share)
    await tx.pool.query(
      `update source_items i set reason_code = 'dropped' from sources s where s.id = i.source_id and i.workspace_id = $1
         and i.state = 'skipped' and i.reason_code = 'gone' and i.seen_at >= s.held_at
         and coalesce(s.account_id, s.feed) = any($2)`,
      [workspaceId, places],
    );
  await tx.pool.query(`update sources set held_at = null where ${isOne}`, [workspaceId, places]);
  return rowCount ?? 0;
}

/** What could not be shared is tried again. @returns false where it is not like that */
export async function retryItem(db: Database, workspaceId: string, id: string): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `update source_items set state = 'new', tries = 0, next_share_at = now(), reason_code = null, reason_text = null
     where workspace_id = $1 and id = $2 and state = 'failed'`,
    [workspaceId, id],
  );
  return rowCount === 1;
}

/** What we would not have shared is, for a person says so. @returns false where it was left out for another reason */
export async function shareByHand(
  db: Database,
  workspaceId: string,
  id: string,
  linkId: string,
): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `update source_items set state = 'new', by_hand_link = $3, tries = 0, next_share_at = now(), reason_code = null,
       reason_text = null
     where workspace_id = $1 and id = $2 and state = 'skipped'
       and reason_code in ('there_already', 'old', 'link_younger', 'dropped', 'own_words')`,
    [workspaceId, id, linkId],
  );
  return rowCount === 1;
}

/** What is shared goes to those, too, whom a link brings it to and who have it not. @returns false where it is not like that */
export async function shareFurther(
  db: Database,
  workspaceId: string,
  id: string,
  linkId: string,
): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `update source_items set again = true, also_links = array_append(array_remove(also_links, $3), $3), tries = 0,
       next_share_at = now(), fence = fence + 1
     where workspace_id = $1 and id = $2 and state = 'shared' and changed is distinct from 'deleted' and not again
       and missing < ${missingMeansDeleted}`,
    [workspaceId, id, linkId],
  );
  return rowCount === 1;
}

/** A change was decided about. @param seen what was decided: what came after that stays to be decided */
export async function settleChange(
  db: Database,
  workspaceId: string,
  id: string,
  seen: Pick<ShownItem, "changed" | "changedAt">,
): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `update source_items set changed = null, next_share_at = case when again then next_share_at end, reason_code = null
     where workspace_id = $1 and id = $2 and changed = $3 and date_trunc('milliseconds', changed_at) = $4`,
    [workspaceId, id, seen.changed, seen.changedAt],
  );
  return rowCount === 1;
}
