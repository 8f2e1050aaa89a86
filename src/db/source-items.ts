import type { SourceItem } from "../domain/link/source-item.ts";
import type { Platform } from "../domain/platform.ts";
import type { Database } from "./database.ts";
import type { TakenSource } from "./sources.ts";

/** One thing that a source shows, as it is kept. */
export interface ItemRow {
  readonly id: string;
  readonly externalId: string;
  readonly url: string;
  readonly content: SourceItem;
  readonly contentHash: string;
  readonly createdAt: Date;
  readonly state: "new" | "held" | "skipped";
  readonly reasonCode: string | null;
}

// Of what went without a file that was not ready, that file is no edit.
const isEdited = `i.state = 'shared' and i.content_hash <> excluded.content_hash and not (i.content ? 'missingFiles'
  and i.content - 'media' - 'missingFiles' = excluded.content - 'media' - 'missingFiles')`;
/** Nobody had decided about an edit when it seemed to be deleted. */
const asBefore = "case when i.reason_code in ('was_edited', 'much_gone_edited') then 'edited' end";
/** A listing was short for long, and it seemed to be deleted before it was shared. */
const isBack = "i.state = 'skipped' and i.reason_code = 'gone'";

/**
 * Keeps what a source showed. What was there before gets its present content: the addresses of files end, and a change
 * of what was shared is for a person to decide about.
 */
export async function keepItems(
  tx: Database,
  { id, workspaceId }: Pick<TakenSource, "id" | "workspaceId">,
  items: readonly ItemRow[],
): Promise<void> {
  await tx.pool.query(
    `insert into source_items as i (source_id, workspace_id, id, external_id, url, content, content_hash, created_at, state,
       reason_code, next_share_at)
     select $1, $2, id, "externalId", url, content, "contentHash", "createdAt", state, "reasonCode",
       case when state = 'new' then clock_timestamp() end
     from jsonb_to_recordset($3::jsonb) as n(id text, "externalId" text, url text, content jsonb, "contentHash" text,
       "createdAt" timestamptz, state text, "reasonCode" text)
     on conflict (source_id, external_id) do update set content = excluded.content, content_hash = excluded.content_hash,
       url = excluded.url, missing = 0, seen_at = case when ${isBack} then now() else i.seen_at end,
       -- who shares it right now has other words in hands: that try is void, and it is taken again
       fence = case when i.content_hash <> excluded.content_hash then i.fence + 1 else i.fence end,
       next_share_at = case when ${isBack} then excluded.next_share_at when i.changed = 'deleted' then null
         when (i.state = 'new' or i.again) and i.content_hash <> excluded.content_hash then clock_timestamp() else i.next_share_at end,
       changed = case when ${isEdited} then 'edited' when i.changed = 'deleted' then ${asBefore} else i.changed end,
       changed_at = case when ${isEdited} then now() else i.changed_at end,
       state = case when ${isBack} then excluded.state else i.state end,
       reason_code = case when ${isBack} then excluded.reason_code when i.changed = 'deleted' then null else i.reason_code end,
       reason_text = case when ${isBack} then null else i.reason_text end
     where i.content_hash <> excluded.content_hash or i.state in ('new', 'held') or i.again or i.missing > 0 or i.changed = 'deleted'`,
    [id, workspaceId, JSON.stringify(items)],
  );
}

export interface TakenItem {
  readonly id: string;
  readonly sourceId: string;
  readonly workspaceId: string;
  readonly externalId: string;
  readonly url: string;
  readonly content: SourceItem;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly fence: number;
  readonly tries: number;
  /** The link along which a person wanted it shared although we would not have. */
  readonly byHandLink: string | null;
  /** Links along which a person wanted it shared with further accounts, once it was shared. */
  readonly alsoLinks: readonly string[];
  /** It is shared, and is to go along the last of `alsoLinks` now. */
  readonly isAgain: boolean;
  readonly changed: "edited" | "deleted" | null;
  /** Fetched already. */
  readonly files: readonly { readonly url: string; readonly id: string }[];
  readonly accountId: string | null;
  readonly platform: Platform | null;
  readonly feed: string | null;
  /** A feed's own, or the account's handle. */
  readonly from: string;
}

const itemColumns = `i.id, i.source_id as "sourceId", i.workspace_id as "workspaceId", i.external_id as "externalId", i.url,
  i.content, i.created_at as "createdAt", i.seen_at as "seenAt", i.fence, i.tries, i.by_hand_link as "byHandLink",
  i.also_links as "alsoLinks", i.again as "isAgain", i.changed, i.files, s.account_id as "accountId",
  a.platform, s.feed, coalesce(a.handle, s.title, substring(s.feed from '://([^/:]+)')) as "from"`;

/** Somebody is at it, or will be: it stays before what was made later. What had to be postponed keeps nobody waiting. */
const isFirst = `not exists (select 1 from source_items o where o.source_id = i.source_id and o.state = 'new'
  and o.reason_code is null and (o.created_at, o.external_id) < (i.created_at, i.external_id))`;
const isFirstAgain = isFirst.replace("o.state = 'new'", "o.again");

const isAwaited = "(state = 'new' or again)";

/** Takes what is to be shared now: of each source one after another, oldest first; deletions at once. */
export async function takeItems(
  db: Database,
  options: {
    readonly platforms: readonly Platform[];
    readonly feeds: boolean;
    readonly leaseMs: number;
    readonly limit: number;
  },
): Promise<TakenItem[]> {
  const { rows } = await db.pool.query<TakenItem>({
    name: "take-items",
    text: `with due as (
        select i.source_id, i.external_id from source_items i join sources s on s.id = i.source_id
        left join accounts a on a.id = s.account_id
        where i.next_share_at <= now() and (i.state = 'new' or i.again or i.changed = 'deleted')
          and (s.feed is not null and $2 or a.platform = any($1))
          and (i.changed = 'deleted' or case when i.again then ${isFirstAgain} else ${isFirst} end)
        order by i.next_share_at limit $4 for update of i skip locked
      ), i as (
        update source_items i set next_share_at = clock_timestamp() + $3 * interval '1 ms', fence = i.fence + 1
        from due where i.source_id = due.source_id and i.external_id = due.external_id returning i.*
      )
      select ${itemColumns} from i join sources s on s.id = i.source_id left join accounts a on a.id = s.account_id
      order by i.created_at`,
    values: [options.platforms, options.feeds, options.leaseMs, options.limit],
  });
  return rows;
}

type Taken = Pick<TakenItem, "sourceId" | "externalId" | "fence">;

/** What was shared before stays so, however it went this time. @returns false where somebody else has taken it meanwhile */
export async function endItem(
  tx: Database,
  item: Taken,
  end: {
    readonly state: "shared" | "skipped" | "failed";
    readonly code: string | null;
    readonly text: string | null;
  },
): Promise<boolean> {
  const { rowCount } = await tx.pool.query(
    `update source_items set state = case when again then state else $4 end, again = false, reason_code = $5,
       reason_text = $6, next_share_at = null, files = case when $4 = 'skipped' and not again then '[]' else files end
     where source_id = $1 and external_id = $2 and fence = $3 and ${isAwaited}`,
    [item.sourceId, item.externalId, item.fence, end.state, end.code, end.text],
  );
  return rowCount === 1;
}

/** It could not be shared yet. @param counts whether that was a try */
export async function postponeItem(
  db: Database,
  item: Taken,
  why: {
    readonly code: string;
    readonly text: string;
    readonly againMs: number;
    readonly counts: boolean;
  },
): Promise<void> {
  await db.pool.query(
    `update source_items set reason_code = $4, reason_text = $5, tries = tries + $7::int,
       next_share_at = clock_timestamp() + $6 * interval '1 ms'
     where source_id = $1 and external_id = $2 and fence = $3 and ${isAwaited}`,
    [item.sourceId, item.externalId, item.fence, why.code, why.text, why.againMs, why.counts ? 1 : 0],
  );
}

/** Whoever shares it is still at it. */
export async function renewLease(db: Database, item: Taken, leaseMs: number): Promise<void> {
  await db.pool.query(
    `update source_items set next_share_at = clock_timestamp() + $4 * interval '1 ms'
     where source_id = $1 and external_id = $2 and fence = $3 and next_share_at is not null`,
    [item.sourceId, item.externalId, item.fence, leaseMs],
  );
}

/** A file of it was fetched: its lease starts anew. @returns false where somebody else has taken it meanwhile */
export async function noteFile(
  tx: Database,
  item: Taken,
  file: { readonly url: string; readonly id: string },
  leaseMs: number,
): Promise<boolean> {
  const { rowCount } = await tx.pool.query(
    `update source_items set files = files || $4::jsonb, next_share_at = clock_timestamp() + $5 * interval '1 ms'
     where source_id = $1 and external_id = $2 and fence = $3 and ${isAwaited}`,
    [item.sourceId, item.externalId, item.fence, JSON.stringify([file]), leaseMs],
  );
  return rowCount === 1;
}

/**
 * Which accounts did not get it, or got it changed.
 * @param tx after `endItem`, in its transaction
 * @param accountIds what was said of others stays
 */
export async function noteNotes(
  tx: Database,
  item: Pick<TakenItem, "sourceId" | "externalId">,
  accountIds: readonly string[],
  notes: readonly object[],
): Promise<void> {
  await tx.pool.query(
    `update source_items set notes = $4::jsonb || (select coalesce(jsonb_agg(n), '[]') from jsonb_array_elements(notes) n
       where n->>'accountId' <> all($3))
     where source_id = $1 and external_id = $2`,
    [item.sourceId, item.externalId, accountIds, JSON.stringify(notes)],
  );
}

/** What the source changed is for a person to decide. */
export async function askAbout(db: Database, item: Taken): Promise<void> {
  await db.pool.query(
    `update source_items set next_share_at = null
     where source_id = $1 and external_id = $2 and fence = $3 and changed = 'deleted'`,
    [item.sourceId, item.externalId, item.fence],
  );
}
