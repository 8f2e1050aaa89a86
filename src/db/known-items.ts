import type { Database } from "./database.ts";

/** Which of these a source has shown before. */
export async function knownItems(
  db: Database,
  sourceId: string,
  externalIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await db.pool.query<{ externalId: string }>(
    `select external_id as "externalId" from source_items where source_id = $1 and external_id = any($2)`,
    [sourceId, externalIds],
  );
  return new Set(rows.map(({ externalId }) => externalId));
}

/** Something shown, and its address in all the spellings it may have here. */
export interface Spelled {
  readonly externalId: string;
  readonly urls: readonly string[];
}

/** What Clarion itself has published: by its id on the account, or by its address. @param accountId null: a feed */
export async function findOwn(
  db: Database,
  workspaceId: string,
  accountId: string | null,
  items: readonly Spelled[],
): Promise<Set<string>> {
  const { rows } = await db.pool.query<{ externalId: string }>(
    `select i."externalId" from jsonb_to_recordset($3::jsonb) as i("externalId" text, urls text[])
     where exists (select 1 from deliveries d where d.workspace_id = $1 and d.account_id = $2
         and d.external_id = i."externalId")
       or exists (select 1 from deliveries d where d.workspace_id = $1 and ($2::text is null or d.account_id = $2)
         and d.due_at > now() - interval '60 days' and d.external_url = any(i.urls))`,
    [workspaceId, accountId, JSON.stringify(items)],
  );
  return new Set(rows.map(({ externalId }) => externalId));
}
