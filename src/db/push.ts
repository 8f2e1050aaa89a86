import type { Platform } from "../domain/platform.ts";
import type { Database } from "./database.ts";

/** What a hub is to be asked for. */
export interface HubWish {
  readonly hub: string;
  readonly topic: string;
  /** Part of the address that it calls. */
  readonly key: string;
}

/**
 * Whose turn it is to be asked: a hub that has promised nothing beyond tomorrow, or knows a secret of an earlier
 * SECRET_KEY, and was not asked within the hour. It counts as asked from now on.
 * @param newKey for a source that has none yet
 * @param keyStart how every key begins that was made under the SECRET_KEY of today
 */
export async function takeHubWish(
  db: Database,
  sourceId: string,
  { newKey, keyStart }: { readonly newKey: string; readonly keyStart: string },
): Promise<HubWish | undefined> {
  const { rows } = await db.pool.query<HubWish>(
    `update sources set push_asked_at = now(),
       push_key = case when starts_with(push_key, $3) then push_key else $2 end,
       push_until = case when starts_with(push_key, $3) then push_until end
     where id = $1 and hub is not null and topic is not null
       and (push_asked_at is null or push_asked_at < now() - interval '1 hour')
       and (push_until is null or push_until < now() + interval '1 day' or not starts_with(push_key, $3))
     returning hub, topic, push_key as key`,
    [sourceId, newKey, keyStart],
  );
  return rows[0];
}

export async function isPushKey(db: Database, key: string): Promise<boolean> {
  const { rowCount } = await db.pool.query("select 1 from sources where push_key = $1", [key]);
  return rowCount === 1;
}

/** How long a hub will call. @returns false where nobody asked it to for this topic */
export async function notePushUntil(
  db: Database,
  key: string,
  topic: string,
  seconds: number,
): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `update sources set push_until = case when $3::int > 0 then now() + $3 * interval '1 s' end
     where push_key = $1 and topic = $2`,
    [key, topic, seconds],
  );
  return rowCount === 1;
}

/**
 * Whoever reads it now goes on, and does so again. One that failed keeps its time: its platform may have named it.
 * What rings ever so often is read every two seconds, and writes one row for each reading.
 */
const ring = `update sources s set rung = true, next_read_at = case when s.taken then s.next_read_at
    else least(s.next_read_at, greatest(clock_timestamp(), s.read_at + interval '2 s')) end`;
const canRing = "not s.rung and s.failures = 0";

/** Something is new at the source whose hub calls with this key. */
export async function ringByKey(db: Database, key: string): Promise<void> {
  await db.pool.query(`${ring} where s.push_key = $1 and ${canRing}`, [key]);
}

export async function ringSource(db: Database, sourceId: string): Promise<void> {
  await db.pool.query(`${ring} where s.id = $1 and ${canRing}`, [sourceId]);
}

/** Something is new on these live accounts, whoever has linked them. */
export async function ringAccounts(
  db: Database,
  platform: Platform,
  externalIds: readonly string[],
): Promise<void> {
  await db.pool.query(
    `${ring} from accounts a where a.id = s.account_id and a.platform = $1 and a.mode = 'live'
       and a.external_id = any($2) and ${canRing}`,
    [platform, externalIds],
  );
}
