import type { Platform } from "../domain/platform.ts";
import type { AccountMode } from "./accounts.ts";
import type { Database } from "./database.ts";
import { eventColumns, insertEvents } from "./hot/delivery-event.ts";

export interface PublishedDelivery {
  readonly id: string;
  readonly accountId: string;
  readonly platform: Platform;
  readonly externalId: string | null;
  readonly externalUrl: string | null;
  readonly account: {
    readonly workspaceId: string;
    readonly platform: Platform;
    readonly mode: AccountMode;
    readonly baseUrl: string | null;
    readonly externalId: string;
    readonly handle: string;
    /** Null: the account is disconnected. */
    readonly grantId: string | null;
    readonly grantVersion: string | null;
  };
}

/** What of a post is public, answers before what they answer. */
export async function findPublished(
  db: Database,
  workspaceId: string,
  postId: string,
): Promise<PublishedDelivery[]> {
  const { rows } = await db.pool.query<PublishedDelivery>(
    `select d.id, d.account_id as "accountId", d.platform, d.external_id as "externalId", d.external_url as "externalUrl",
       json_build_object('workspaceId', a.workspace_id, 'platform', a.platform, 'mode', a.mode, 'baseUrl', a.base_url,
         'externalId', a.external_id, 'handle', a.handle, 'grantId', a.grant_id, 'grantVersion', g.version) as account
     from deliveries d join accounts a on a.id = d.account_id left join grants g on g.id = a.grant_id
     where d.workspace_id = $1 and d.post_id = $2 and d.state = 'published' order by d.account_id, d.part desc`,
    [workspaceId, postId],
  );
  return rows;
}

/** published → deleted: the platform has taken it down. */
export async function markDeleted(db: Database, workspaceId: string, id: string): Promise<void> {
  await db.pool.query(
    `with deleted as (
       update deliveries d set state = 'deleted', reason_code = 'deleted', reason_text = 'Taken down by a person'
       where d.workspace_id = $1 and d.id = $2 and d.state = 'published'
       returning ${eventColumns}, 'published' as from_state
     ), event as (${insertEvents("deleted")})
     select id from deleted`,
    [workspaceId, id],
  );
}
