import type { Database } from "../db/database.ts";
import {
  findForeignSealed,
  replaceWrapping,
  type SealedPlaceName,
  type SealedRow,
  sealedPlaces,
} from "../db/sealed-rows.ts";
import { type Vault, VaultError } from "./vault.ts";

export interface Rotated {
  readonly rotated: number;
  /** Rows no key at hand opens: their accounts must be connected again. */
  readonly unreadable: number;
}

const atOnce = 500;

/**
 * Wraps every data key with the SECRET_KEY that the vault seals with. Secrets and their versions stay as they are, so
 * nothing stops meanwhile; it may be killed and run again. Every process must know that key first.
 */
export async function rotateKey(world: { readonly db: Database; readonly vault: Vault }): Promise<Rotated> {
  const sums = { rotated: 0, unreadable: 0 };
  for (const place of sealedPlaces) {
    let after = "";
    for (;;) {
      const rows = await findForeignSealed(world.db, place, world.vault.keyId, after, atOnce);
      for (const row of rows) sums[await rotateRow(world, place, row)]++;
      if (rows.length < atOnce) break;
      after = rows.at(-1)?.id ?? after;
    }
  }
  return sums;
}

async function rotateRow(
  { db, vault }: { readonly db: Database; readonly vault: Vault },
  place: SealedPlaceName,
  row: SealedRow,
): Promise<keyof Rotated> {
  try {
    const next = vault.rewrap(`${place}/${row.id}`, row);
    if (next) await replaceWrapping(db, place, row, next); // false: sealed anew meanwhile, under the new key
    return "rotated";
  } catch (error) {
    if (error instanceof VaultError) return "unreadable";
    throw error;
  }
}
