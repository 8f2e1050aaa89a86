import type { Database } from "./database.ts";

/** A listing may be short for a moment; what is missing this often in a row was deleted. */
export const missingMeansDeleted = 3;
/** So many within an hour may be followed without asking. */
const atOnce = 3;

/** Counts what should have been in a listing and was not. @param since how far back the listing went */
export async function noteMissing(
  tx: Database,
  sourceId: string,
  shown: readonly string[],
  since: Date,
): Promise<void> {
  const isGone = `missing + 1 >= ${missingMeansDeleted}`;
  await tx.pool.query(
    `update source_items set missing = least(missing + 1, 100), again = again and not ${isGone},
       changed = case when state = 'shared' and missing + 1 = ${missingMeansDeleted} then 'deleted' else changed end,
       changed_at = case when state = 'shared' and missing + 1 = ${missingMeansDeleted} then now() else changed_at end,
       next_share_at = case when state = 'shared' and missing + 1 = ${missingMeansDeleted} then now()
         when state <> 'shared' and ${isGone} then null else next_share_at end,
       reason_code = case when state <> 'shared' and ${isGone} then 'gone'
         when state = 'shared' and changed = 'edited' and ${isGone} then 'was_edited'
         when again and ${isGone} then null else reason_code end,
       reason_text = case when (state <> 'shared' or again) and ${isGone} then null else reason_text end,
       state = case when state <> 'shared' and ${isGone} then 'skipped' else state end
     where source_id = $1 and created_at > $3 and state in ('shared', 'new', 'held', 'failed') and external_id <> all($2)`,
    [sourceId, shown, since],
  );
  // One or two that are missing were deleted by a person. Where nothing is left, or much is gone at once, something else
  // may have happened there, and people are asked.
  await tx.pool.query(
    `update source_items set reason_code = case reason_code when 'was_edited' then 'much_gone_edited' else 'much_gone' end
     where source_id = $1 and changed = 'deleted' and changed_at = now()
       and ($2 or ${atOnce} < (select count(*) from source_items where source_id = $1 and state = 'shared'
         and missing >= ${missingMeansDeleted} and changed_at > now() - interval '1 hour'))`,
    [sourceId, shown.length === 0],
  );
  // A copy that still waits is not to go out while we make sure; where reading is dear, it stays as seldom as it was.
  await tx.pool.query(
    `update sources set next_read_at = least(next_read_at, clock_timestamp() + interval '20 s')
     where id = $1 and next_read_at < clock_timestamp() + interval '5 minutes' and exists (select 1 from source_items
       where source_id = $1 and created_at > $2 and state = 'shared' and missing between 1 and ${missingMeansDeleted - 1})`,
    [sourceId, since],
  );
}
