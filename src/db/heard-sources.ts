import type { Platform } from "../domain/platform.ts";
import type { Database } from "./database.ts";
import { sharingLinks, sourceAccount, type TakenSource } from "./sources.ts";

/** An account whose platform may tell of what is new on it. */
export interface HeardSource {
  readonly id: string;
  readonly workspaceId: string;
  readonly account: NonNullable<TakenSource["account"]>;
}

/** The accounts that are read for links, oldest first: nobody else is listened to. */
export async function heardSources(
  db: Database,
  platforms: readonly Platform[],
  limit: number,
): Promise<HeardSource[]> {
  const { rows } = await db.pool.query<HeardSource>({
    name: "heard-sources",
    text: `select s.id, s.workspace_id as "workspaceId", ${sourceAccount} as account
      from sources s join accounts a on a.id = s.account_id join grants g on g.id = a.grant_id
      where a.platform = any($1) and a.state in ('active', 'paused') and exists (select 1 from ${sharingLinks})
      order by s.since, s.id limit $2`,
    values: [platforms, limit],
  });
  return rows;
}
