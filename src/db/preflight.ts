import type { Platform } from "../domain/platform.ts";
import type { Database } from "./database.ts";
import type { ClaimedAccount } from "./hot/claim.ts";

/** An account that something is soon to go out on, whose login ends soon, or that waits for one that may work again. */
export interface PreflightAccount {
  readonly workspaceId: string;
  readonly platform: Platform;
  readonly account: ClaimedAccount;
  readonly state: "active" | "held" | "paused";
}

const account = `json_build_object('id', a.id, 'externalId', a.external_id, 'handle', a.handle, 'mode', a.mode,
  'baseUrl', a.base_url, 'grantId', a.grant_id, 'grantVersion', g.version, 'grantExpiresAt', g.expires_at) as account`;

const endsSoon =
  "g.expires_at < clock_timestamp() + $4 * interval '1 ms' and g.expires_at > clock_timestamp()";

/**
 * Takes the accounts whose login is to be tried now: those with a delivery due within `aheadMs` that was not tried since
 * `everyMs`, those held for a dead login, and those whose login ends within `endsMs`, also while somebody has paused them:
 * a login is not to end meanwhile. Taking notes the time, so that two workers do not ask twice.
 */
export async function takePreflights(
  db: Database,
  options: {
    readonly platforms: readonly Platform[];
    readonly aheadMs: number;
    readonly everyMs: number;
    readonly endsMs: number;
    readonly limit: number;
  },
): Promise<PreflightAccount[]> {
  const { platforms, aheadMs, everyMs, endsMs, limit } = options;
  const { rows } = await db.pool.query<PreflightAccount>(
    `with wanted as (
       select distinct d.account_id as id from deliveries d
       where d.next_check_at <= clock_timestamp() + $2 * interval '1 ms' and d.platform = any($1)
         and d.state in ('scheduled', 'retrying')
       union
       select a.id from accounts a join grants g on g.id = a.grant_id
       where a.platform = any($1) and (a.state = 'held' and a.reason_code = 'login_expired'
         or a.state <> 'disconnected' and ${endsSoon})
     ), due as (
       select g.id, min(a.id) as account_id from wanted join accounts a on a.id = wanted.id join grants g on g.id = a.grant_id
       where (a.state in ('active', 'held') or a.state = 'paused' and ${endsSoon}) and g.key_id <> ''
         and (g.checked_at is null or g.checked_at < clock_timestamp() - $3 * interval '1 ms')
       group by g.id limit $5
     ), g as (
       update grants g set checked_at = clock_timestamp() from due where g.id = due.id
         and (g.checked_at is null or g.checked_at < clock_timestamp() - $3 * interval '1 ms')
       returning g.*, due.account_id
     )
     select a.workspace_id as "workspaceId", a.platform, a.state, ${account} from g join accounts a on a.id = g.account_id`,
    [platforms, aheadMs, everyMs, endsMs, limit],
  );
  return rows;
}

/** Tells once that a login ends soon which only its person can renew. */
export async function warnOfEnd(
  db: Database,
  { workspaceId, grantId }: { workspaceId: string; grantId: string },
): Promise<void> {
  await db.pool.query(
    `with warned as (
       update grants set warned_at = clock_timestamp() where workspace_id = $1 and id = $2 and warned_at is null returning id
     )
     insert into delivery_events (workspace_id, type, account_id, reason_code)
     select a.workspace_id, 'account.expiring', a.id, 'login_ends_soon' from accounts a join warned on warned.id = a.grant_id
     where a.state = 'active'`,
    [workspaceId, grantId],
  );
}
