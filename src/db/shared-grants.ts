import type { Database } from "./database.ts";

/** Whether an account's login speaks for other linked accounts too. */
export async function isShared(
  tx: Database,
  workspaceId: string,
  { id, grantId }: { readonly id: string; readonly grantId: string },
): Promise<boolean> {
  const { rowCount } = await tx.pool.query(
    "select from accounts where workspace_id = $1 and grant_id = $2 and id <> $3 and state <> 'disconnected' limit 1",
    [workspaceId, grantId, id],
  );
  return rowCount === 1;
}

/** From now on the account has a login of its own; the one it had stays with those it shared it with. */
export async function moveToGrant(
  tx: Database,
  workspaceId: string,
  id: string,
  grantId: string,
): Promise<void> {
  await tx.pool.query("update accounts set grant_id = $3 where workspace_id = $1 and id = $2", [
    workspaceId,
    id,
    grantId,
  ]);
}

/** From now on the account is renewed with another's login; what it had of its own is gone, unless others use it. */
export async function shareGrant(
  tx: Database,
  workspaceId: string,
  id: string,
  withId: string,
): Promise<void> {
  await tx.pool.query(
    `with old as (select grant_id from accounts where workspace_id = $1 and id = $2),
     moved as (
       update accounts set grant_id = (select grant_id from accounts where workspace_id = $1 and id = $3)
       where workspace_id = $1 and id = $2
     )
     update grants g set key_id = '', wrapped_key = '', sealed = '', expires_at = null
     from old where g.id = old.grant_id and g.workspace_id = $1
       and g.id <> (select grant_id from accounts where workspace_id = $1 and id = $3)
       and not exists (select from accounts a where a.grant_id = g.id and a.id <> $2 and a.state <> 'disconnected')`,
    [workspaceId, id, withId],
  );
}
