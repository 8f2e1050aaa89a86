import type { Database } from "./database.ts";
import type { SealedColumns } from "./grants.ts";

/** Every table that holds sealed secrets, and what its column for the key's id is called. */
export const sealedTables = { grants: "key_id", connections: "seal_key_id", apps: "seal_key_id" } as const;

export type SealedTable = keyof typeof sealedTables;

export interface SealedRow extends SealedColumns {
  readonly id: string;
}

/** Rows that another key than this sealed. @param after the id of the last one seen */
export async function findForeignSealed(
  db: Database,
  table: SealedTable,
  keyId: string,
  after: string,
  limit: number,
): Promise<SealedRow[]> {
  const column = sealedTables[table];
  const { rows } = await db.pool.query<SealedRow>(
    `select id, ${column} as "keyId", wrapped_key as "wrappedKey", sealed from ${table}
     where ${column} not in ($1, '') and id > $2 order by id limit $3`,
    [keyId, after, limit],
  );
  return rows;
}

/** Puts the wrapping of another key in the place of the one that was read. @returns false where the row changed meanwhile */
export async function replaceWrapping(
  db: Database,
  table: SealedTable,
  old: SealedRow,
  next: SealedColumns,
): Promise<boolean> {
  const column = sealedTables[table];
  const { rowCount } = await db.pool.query(
    `update ${table} set ${column} = $3, wrapped_key = $4 where id = $1 and wrapped_key = $2`,
    [old.id, old.wrappedKey, next.keyId, next.wrappedKey],
  );
  return rowCount === 1;
}
