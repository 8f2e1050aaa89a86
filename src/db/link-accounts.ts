import type { AccountIdentity } from "./accounts.ts";
import type { Database } from "./database.ts";
import { eventColumns, insertEvents } from "./hot/delivery-event.ts";
import type { AccountState } from "./pauses.ts";

export interface LinkedAccount {
  readonly id: string;
  readonly grantId: string;
  readonly state: AccountState;
}

/**
 * The account that is linked with this identity, if any. Until the transaction ends nobody else links or unlinks it:
 * of two that come at once the second finds what the first made.
 * @param movable wherever it was until now
 */
export async function lockIdentity(
  tx: Database,
  identity: AccountIdentity,
  movable: boolean,
): Promise<LinkedAccount | undefined> {
  const { workspaceId, platform, mode, externalId, baseUrl } = identity;
  const who = [workspaceId, platform, mode, externalId];
  const lock = JSON.stringify(movable ? who : [...who, baseUrl ?? ""]);
  await tx.pool.query("select pg_advisory_xact_lock(hashtextextended($1, 2))", [lock]);
  const { rows } = await tx.pool.query<LinkedAccount>(
    `select id, grant_id as "grantId", state from accounts where workspace_id = $1 and platform = $2 and mode = $3
       and external_id = $4 and (coalesce(base_url, '') = $5 or $6) and state <> 'disconnected'
     order by coalesce(base_url, '') = $5 desc limit 1 for update`,
    [...who, baseUrl ?? "", movable],
  );
  return rows[0];
}

export async function insertAccount(
  db: Database,
  account: AccountIdentity & {
    readonly id: string;
    readonly grantId: string;
    readonly handle: string;
    readonly name: string;
    readonly scopes: readonly string[];
  },
): Promise<void> {
  const { id, workspaceId, platform, mode, externalId, handle, name, baseUrl, scopes, grantId } = account;
  await db.pool.query(
    `with linked as (
       insert into accounts (id, workspace_id, platform, mode, external_id, handle, name, base_url, scopes, grant_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id, workspace_id
     )
     insert into delivery_events (workspace_id, type, account_id) select workspace_id, 'account.linked', id from linked`,
    [id, workspaceId, platform, mode, externalId, handle, name, baseUrl, scopes, grantId],
  );
}

/** New credentials are in: held → active. What a person paused stays paused. */
export async function reviveAccount(
  db: Database,
  workspaceId: string,
  id: string,
  now: {
    readonly handle: string;
    /** Null: as they were. */
    readonly scopes: readonly string[] | null;
    /** Absent: where it was. */
    readonly baseUrl?: string | null;
  },
): Promise<void> {
  await db.pool.query(
    `with revived as (
       update accounts set handle = $3, scopes = coalesce($4, scopes), base_url = case when $5 then $6 else base_url end, updated_at = now(), cool_until = null, late_sends = 0,
         state = case when state = 'held' then 'active' else state end,
         reason_code = case when state = 'paused' then reason_code end,
         reason_text = case when state = 'paused' then reason_text end
       where workspace_id = $1 and id = $2 and state <> 'disconnected' returning id, workspace_id
     )
     insert into delivery_events (workspace_id, type, account_id)
     select workspace_id, 'account.reconnected', id from revived`,
    [workspaceId, id, now.handle, now.scopes, now.baseUrl !== undefined, now.baseUrl ?? null],
  );
}

/** active | held | paused → disconnected. @returns its grant; undefined where it already was, or is not there */
export async function disconnectAccount(
  tx: Database,
  workspaceId: string,
  id: string,
): Promise<string | undefined> {
  const { rows } = await tx.pool.query<{ grantId: string }>(
    `with gone as (
       update accounts set state = 'disconnected', reason_code = null, reason_text = null, updated_at = now()
       where workspace_id = $1 and id = $2 and state <> 'disconnected' returning id, workspace_id, grant_id
     ), event as (
       insert into delivery_events (workspace_id, type, account_id)
       select workspace_id, 'account.disconnected', id from gone
     )
     select grant_id as "grantId" from gone`,
    [workspaceId, id],
  );
  return rows[0]?.grantId;
}

// Not once the intent is written. A worker that holds a claim finds its fence gone.
const cancel = `
  with old as (
    select id, state from deliveries where workspace_id = $1 and account_id = $2 and next_check_at is not null
      and state in ('scheduled', 'claimed', 'retrying', 'held') for update
  ), canceled as (
    update deliveries d set state = 'canceled', fence = d.fence + case when old.state = 'claimed' then 1 else 0 end,
      owner = null, lease_until = null, next_check_at = null, prepare_at = null, waits_for = null,
      reason_code = 'account_disconnected', reason_text = 'Its account was disconnected'
    from old where d.id = old.id
    returning ${eventColumns}, old.state as from_state
  ), event as (${insertEvents("canceled")})
  select id from canceled`;

/** scheduled | claimed | retrying | held → canceled, for all of an account. @returns how many */
export async function cancelForAccount(db: Database, workspaceId: string, id: string): Promise<number> {
  const { rowCount } = await db.pool.query(cancel, [workspaceId, id]);
  return rowCount ?? 0;
}
