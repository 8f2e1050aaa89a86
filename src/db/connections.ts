import type { Platform } from "../domain/platform.ts";
import type { AccountMode } from "./accounts.ts";
import type { Database } from "./database.ts";
import type { SealedColumns } from "./grants.ts";

export type ConnectionStep = "waiting" | "opened" | "trading" | "choosing" | "connected" | "failed";

/** One attempt of a person to link accounts by logging in at the platform. */
export interface ConnectionRow extends SealedColumns {
  readonly id: string;
  readonly workspaceId: string;
  readonly platform: Platform;
  readonly mode: AccountMode;
  readonly baseUrl: string | null;
  /** The account that is connected again; null: whichever comes. */
  readonly accountId: string | null;
  readonly returnTo: string | null;
  readonly step: ConnectionStep;
  readonly identities: unknown;
  readonly accountIds: readonly string[];
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  readonly expiresAt: Date;
}

const columns = `id, workspace_id as "workspaceId", platform, mode, base_url as "baseUrl", account_id as "accountId",
  return_to as "returnTo", step, seal_key_id as "keyId", wrapped_key as "wrappedKey", sealed, identities,
  account_ids as "accountIds", reason_code as "reasonCode", reason_text as "reasonText", expires_at as "expiresAt"`;

export async function insertConnection(
  db: Database,
  connection: SealedColumns & {
    readonly id: string;
    readonly workspaceId: string;
    readonly callerKeyId: string;
    readonly platform: Platform;
    readonly mode: AccountMode;
    readonly baseUrl: string | null;
    readonly accountId: string | null;
    readonly returnTo: string | null;
    readonly ticketHash: Buffer;
    readonly stateHash: Buffer;
    readonly lifeMs: number;
  },
): Promise<Date> {
  const c = connection;
  const { rows } = await db.pool.query<{ expiresAt: Date }>(
    `with old as (delete from connections where expires_at < now() - interval '7 days')
     insert into connections (id, workspace_id, key_id, platform, mode, base_url, account_id, return_to, ticket_hash,
       state_hash, seal_key_id, wrapped_key, sealed, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, clock_timestamp() + $14 * interval '1 ms')
     returning expires_at as "expiresAt"`,
    [
      ...[c.id, c.workspaceId, c.callerKeyId, c.platform, c.mode, c.baseUrl, c.accountId, c.returnTo],
      ...[c.ticketHash, c.stateHash, c.keyId, c.wrappedKey, c.sealed, c.lifeMs],
    ],
  );
  return rows[0]?.expiresAt as Date;
}

export async function findConnection(
  db: Database,
  workspaceId: string,
  id: string,
): Promise<ConnectionRow | undefined> {
  const { rows } = await db.pool.query<ConnectionRow>(
    `select ${columns} from connections where workspace_id = $1 and id = $2`,
    [workspaceId, id],
  );
  return rows[0];
}

/** waiting → opened, in the browser with this cookie; there it may be opened again. */
export async function openConnection(
  db: Database,
  ticketHash: Buffer,
  browserHash: Buffer,
): Promise<ConnectionRow | undefined> {
  const { rows } = await db.pool.query<ConnectionRow>(
    `update connections set step = 'opened', browser_hash = $2
     where ticket_hash = $1 and expires_at > clock_timestamp()
       and (step = 'waiting' or (step = 'opened' and browser_hash = $2))
     returning ${columns}`,
    [ticketHash, browserHash],
  );
  return rows[0];
}

/** How a person who comes back is known. */
export interface StateKey {
  readonly platform: Platform;
  readonly stateHash: Buffer;
  readonly browserHash: Buffer;
}

const good = `state_hash = $1 and platform = $2 and browser_hash = $3 and step = 'opened' and expires_at > clock_timestamp()`;

/** The login that a state would be good for. */
export async function findState(
  db: Database,
  { platform, stateHash, browserHash }: StateKey,
): Promise<ConnectionRow | undefined> {
  const { rows } = await db.pool.query<ConnectionRow>(`select ${columns} from connections where ${good}`, [
    stateHash,
    platform,
    browserHash,
  ]);
  return rows[0];
}

/** opened → trading: a state is good once, within its time, in the browser that began. */
export async function takeState(
  db: Database,
  { platform, stateHash, browserHash }: StateKey,
): Promise<ConnectionRow | undefined> {
  const { rows } = await db.pool.query<ConnectionRow>(
    `update connections set step = 'trading' where ${good} returning ${columns}`,
    [stateHash, platform, browserHash],
  );
  return rows[0];
}

/** The choice that waits in the browser with this cookie. */
export async function findChoice(db: Database, browserHash: Buffer): Promise<ConnectionRow | undefined> {
  const { rows } = await db.pool.query<ConnectionRow>(
    `select ${columns} from connections where browser_hash = $1 and step = 'choosing' and expires_at > clock_timestamp()
     order by created_at desc limit 1`,
    [browserHash],
  );
  return rows[0];
}

/** A login that has ended, in the browser it was made in. */
export async function findEnded(
  db: Database,
  id: string,
  browserHash: Buffer,
): Promise<ConnectionRow | undefined> {
  const { rows } = await db.pool.query<ConnectionRow>(
    `select ${columns} from connections where id = $1 and browser_hash = $2 and step in ('connected', 'failed')`,
    [id, browserHash],
  );
  return rows[0];
}

/** trading → choosing, with the tokens sealed. */
export async function offerChoice(
  db: Database,
  { id, identities, lifeMs, ...sealed }: SealedColumns & { id: string; identities: unknown; lifeMs: number },
): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `update connections set step = 'choosing', identities = $2, seal_key_id = $3, wrapped_key = $4, sealed = $5,
       expires_at = clock_timestamp() + $6 * interval '1 ms'
     where id = $1 and step = 'trading'`,
    [id, JSON.stringify(identities), sealed.keyId, sealed.wrappedKey, sealed.sealed, lifeMs],
  );
  return rowCount === 1;
}

/** trading | choosing → connected or failed; nothing secret is left of it. False where it has ended already. */
export async function endConnection(
  db: Database,
  id: string,
  end:
    | { readonly step: "connected"; readonly accountIds: readonly string[] }
    | { readonly step: "failed"; readonly code: string; readonly text: string },
): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `update connections set step = $2, account_ids = $3, reason_code = $4, reason_text = $5, seal_key_id = '',
       wrapped_key = '', sealed = ''
     where id = $1 and step in ('trading', 'choosing')`,
    [
      id,
      end.step,
      end.step === "connected" ? end.accountIds : [],
      end.step === "failed" ? end.code : null,
      end.step === "failed" ? end.text : null,
    ],
  );
  return rowCount === 1;
}
