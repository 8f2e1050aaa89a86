import { createHash, createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { decrypt, deriveKey, encrypt } from "./encryption.ts";

/** Credentials at rest: what a copy of the database holds, and nothing can be read of. */
export interface SealedGrant {
  /** Which SECRET_KEY wrapped the data key. */
  readonly keyId: string;
  readonly wrappedKey: Buffer;
  readonly sealed: Buffer;
}

export interface Vault {
  /** Of the SECRET_KEY it works with. */
  readonly keyId: string;
  seal(grantId: string, credentials: Readonly<Record<string, string>>): SealedGrant;
  /** @throws VaultError */
  open(grantId: string, grant: SealedGrant): Record<string, string>;
}

export type VaultErrorCode =
  | "vault_key_unknown" // sealed under another SECRET_KEY
  | "vault_damaged" // changed, or moved from another row
  | "vault_empty"; // wiped: the account was disconnected

/** Credentials cannot be opened. Says why in words for the operator, never what they are. */
export class VaultError extends Error {
  override readonly name = "VaultError";
  readonly code: VaultErrorCode;

  constructor(code: VaultErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Each grant has a data key of its own (AES-256-GCM), wrapped by SECRET_KEY. Both are bound to the grant's id and to
 * their column, so that a ciphertext copied elsewhere does not open.
 * @param secretKey 32 bytes
 */
export function createVault(secretKey: Buffer): Vault {
  const masterKey = deriveKey(secretKey, "clarion vault");
  const keyId = idOf(masterKey);
  return {
    keyId,
    seal(grantId, credentials) {
      const dataKey = randomBytes(32);
      const text = Buffer.from(JSON.stringify(credentials));
      return {
        keyId,
        wrappedKey: encrypt(masterKey, dataKey, place(grantId, "wrapped_key")),
        sealed: encrypt(createSecretKey(dataKey), text, place(grantId, "sealed")),
      };
    },
    open(grantId, grant) {
      if (grant.sealed.length === 0)
        throw new VaultError("vault_empty", "The account was disconnected: its credentials are gone");
      if (grant.keyId !== keyId)
        throw new VaultError("vault_key_unknown", "The credentials were stored under another SECRET_KEY");
      try {
        const dataKey = decrypt(masterKey, grant.wrappedKey, place(grantId, "wrapped_key"));
        const text = decrypt(createSecretKey(dataKey), grant.sealed, place(grantId, "sealed"));
        return JSON.parse(text.toString("utf8")) as Record<string, string>;
      } catch {
        throw new VaultError("vault_damaged", `The stored credentials of ${grantId} are damaged`);
      }
    },
  };
}

function idOf(key: KeyObject): string {
  return createHash("sha256").update("clarion key id\n").update(key.export()).digest("hex").slice(0, 16);
}

function place(grantId: string, column: string): Buffer {
  return Buffer.from(`grants/${grantId}/${column}`);
}
