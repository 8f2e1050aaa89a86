import type { Database } from "./database.ts";
import type { SealedColumns } from "./grants.ts";

/** Where a table keeps what is sealed, as SQL, and how its wrapping is replaced by $3 (id of the key) and $4 (bytes). */
interface SealedColumnsOf {
  readonly table: string;
  readonly keyId: string;
  readonly wrappedKey: string;
  readonly sealed: string;
  readonly replace: string;
}

const ofConnection = {
  keyId: "seal_key_id",
  wrappedKey: "wrapped_key",
  sealed: "sealed",
  replace: "seal_key_id = $3, wrapped_key = $4",
};
const inPrepared = (name: string) => `prepared->'sealed'->>'${name}'`;

const places = {
  grants: { ...ofConnection, table: "grants", keyId: "key_id", replace: "key_id = $3, wrapped_key = $4" },
  connections: { ...ofConnection, table: "connections" },
  apps: { ...ofConnection, table: "apps" },
  prepared: {
    table: "deliveries",
    keyId: inPrepared("keyId"),
    wrappedKey: `decode(${inPrepared("wrappedKey")}, 'base64')`,
    sealed: `decode(${inPrepared("sealed")}, 'base64')`,
    replace: `prepared = jsonb_set(jsonb_set(prepared, '{sealed,keyId}', to_jsonb($3::text)),
      '{sealed,wrappedKey}', to_jsonb(translate(encode($4::bytea, 'base64'), E'\\n', '')))`,
  },
} as const satisfies Record<string, SealedColumnsOf>;

export type SealedPlaceName = keyof typeof places;

/** Everywhere that holds sealed secrets. */
export const sealedPlaces = Object.keys(places) as readonly SealedPlaceName[];

export interface SealedRow extends SealedColumns {
  readonly id: string;
}

/** Rows that another key than this sealed. @param after the id of the last one seen */
export async function findForeignSealed(
  db: Database,
  place: SealedPlaceName,
  keyId: string,
  after: string,
  limit: number,
): Promise<SealedRow[]> {
  const at = places[place];
  const { rows } = await db.pool.query<SealedRow>(
    `select id, ${at.keyId} as "keyId", ${at.wrappedKey} as "wrappedKey", ${at.sealed} as sealed from ${at.table}
     where ${at.keyId} not in ($1, '') and id > $2 order by id limit $3`,
    [keyId, after, limit],
  );
  return rows;
}

/** Puts the wrapping of another key in the place of the one that was read. @returns false where the row changed meanwhile */
export async function replaceWrapping(
  db: Database,
  place: SealedPlaceName,
  old: SealedRow,
  next: SealedColumns,
): Promise<boolean> {
  const at = places[place];
  const { rowCount } = await db.pool.query(
    `update ${at.table} set ${at.replace} where id = $1 and ${at.wrappedKey} = $2`,
    [old.id, old.wrappedKey, next.keyId, next.wrappedKey],
  );
  return rowCount === 1;
}
