import type { Database } from "../db/database.ts";
import {
  findForeignSealed,
  replaceWrapping,
  type SealedRow,
  type SealedTable,
  sealedTables,
} from "../db/sealed-rows.ts";
import { type Vault, VaultError } from "./vault.ts";

export interface Rotated {
  readonly rotated: number;
  /** Rows no key at hand opens: their accounts must be connected again. */
  readonly unreadable: number;
}

const atOnce = 500;

/**
 * Wraps every data key with the SECRET_KEY of today. Secrets and their versions stay as they are, so nothing stops
 * meanwhile; it may be killed and run again. Every process must know the new key first.
 */
export async function rotateKey(world: { readonly db: Database; readonly vault: Vault }): Promise<Rotated> {
  const sums = { rotated: 0, unreadable: 0 };
  for (const table of Object.keys(sealedTables) as SealedTable[]) {
    let after = "";
    for (;;) {
      const rows = await findForeignSealed(world.db, table, world.vault.keyId, after, atOnce);
      for (const row of rows) sums[await rotateRow(world, table, row)]++;
      if (rows.length < atOnce) break;
      after = rows.at(-1)?.id ?? after;
    }
  }
  return sums;
}

async function rotateRow(
  { db, vault }: { readonly db: Database; readonly vault: Vault },
  table: SealedTable,
  row: SealedRow,
): Promise<keyof Rotated> {
  try {
    const next = vault.rewrap(`${table}/${row.id}`, row);
    if (next) await replaceWrapping(db, table, row, next); // false: sealed anew meanwhile, under the new key
    return "rotated";
  } catch (error) {
    if (error instanceof VaultError) return "unreadable";
    throw error;
  }
}
