import { VaultError } from "../accounts/vault.ts";
import type { Prepared } from "../adapters/contract/adapter.ts";
import type { World } from "./world.ts";

/** What `prepare` made, as it lies in the database: its secrets sealed. */
interface StoredPrepared extends Omit<Prepared, "secrets"> {
  readonly sealed?: { readonly keyId: string; readonly wrappedKey: string; readonly sealed: string };
}

export function sealPrepared(
  { vault }: Pick<World, "vault">,
  deliveryId: string,
  { secrets, ...prepared }: Prepared,
): StoredPrepared {
  if (!secrets) return prepared;
  const { keyId, wrappedKey, sealed } = vault.seal(`prepared/${deliveryId}`, secrets);
  const base64 = (bytes: Buffer) => bytes.toString("base64");
  return { ...prepared, sealed: { keyId, wrappedKey: base64(wrappedKey), sealed: base64(sealed) } };
}

/** @returns null where nothing was prepared, or its secrets cannot be opened any more: it is made anew then */
export function openPrepared(
  { vault }: Pick<World, "vault">,
  deliveryId: string,
  stored: unknown,
): Prepared | null {
  if (stored === null || stored === undefined) return null;
  const { sealed, ...prepared } = stored as StoredPrepared;
  if (!sealed) return prepared;
  const bytes = (text: string) => Buffer.from(text, "base64");
  try {
    const secrets = vault.open(`prepared/${deliveryId}`, {
      keyId: sealed.keyId,
      wrappedKey: bytes(sealed.wrappedKey),
      sealed: bytes(sealed.sealed),
    });
    return { ...prepared, secrets };
  } catch (error) {
    if (error instanceof VaultError) return null;
    throw error;
  }
}
