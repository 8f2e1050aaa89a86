import { createHash, createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { decrypt, deriveKey, encrypt } from "./encryption.ts";

/** Secrets at rest: what a copy of the database holds, and nothing can be read of. */
export interface Sealed {
  /** Which SECRET_KEY wrapped the data key. */
  readonly keyId: string;
  readonly wrappedKey: Buffer;
  readonly sealed: Buffer;
}

/** The row that secrets belong to: they open nowhere else. */
export type SealedPlace = `${"grants" | "connections" | "apps" | "prepared"}/${string}`;

export interface Vault {
  /** Of the SECRET_KEY it seals with now. */
  readonly keyId: string;
  /** Of every key it can open with now. */
  readonly keyIds: readonly string[];
  seal(place: SealedPlace, secrets: Readonly<Record<string, string>>): Sealed;
  /** @throws VaultError */
  open(place: SealedPlace, sealed: Sealed): Record<string, string>;
  /**
   * The same secrets with their data key wrapped by the SECRET_KEY of today; undefined where it is already.
   * @throws VaultError
   */
  rewrap(place: SealedPlace, sealed: Sealed): Sealed | undefined;
}

export type VaultErrorCode =
  | "vault_key_unknown" // sealed under another SECRET_KEY
  | "vault_damaged" // changed, or moved from another row
  | "vault_empty"; // wiped: the account was disconnected

/** Secrets cannot be opened. Says why in words for the operator, never what they are. */
export class VaultError extends Error {
  override readonly name = "VaultError";
  readonly code: VaultErrorCode;

  constructor(code: VaultErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Each row has a data key of its own (AES-256-GCM), wrapped by SECRET_KEY. Both are bound to the row and to their
 * column, so that a ciphertext copied elsewhere does not open.
 * @param secretKey 32 bytes
 * @param earlierKeys what was sealed under these can still be opened
 */
export function createVault(secretKey: Buffer, earlierKeys: readonly Buffer[] = []): Vault {
  const keys = [secretKey, ...earlierKeys];
  return createVaultOn(() => keys);
}

/**
 * A vault whose keys may change while it is used: they are asked for before each seal, and when a row was sealed under
 * one that is not known.
 * @param readKeys 32 bytes each; the first one seals, the others only open
 */
export function createVaultOn(readKeys: () => readonly Buffer[]): Vault {
  const masterKeys = openMasterKeys(readKeys);
  const dataKeyOf = (place: SealedPlace, { keyId: id, wrappedKey, sealed }: Sealed): Buffer => {
    if (sealed.length === 0)
      throw new VaultError("vault_empty", "The account was disconnected: its credentials are gone");
    const key = masterKeys.byId(id);
    if (!key)
      throw new VaultError("vault_key_unknown", "The credentials were stored under another SECRET_KEY");
    return intact(place, () => decrypt(key, wrappedKey, column(place, "wrapped_key")));
  };
  const wrap = (place: SealedPlace, dataKey: Buffer) => {
    const [[keyId, key]] = [...masterKeys.now()] as [[string, KeyObject]];
    return { keyId, wrappedKey: encrypt(key, dataKey, column(place, "wrapped_key")) };
  };
  return {
    get keyId() {
      return [...masterKeys.now().keys()][0] as string;
    },
    get keyIds() {
      return [...masterKeys.now().keys()];
    },
    seal(place, secrets) {
      const dataKey = randomBytes(32);
      const text = Buffer.from(JSON.stringify(secrets));
      const sealed = encrypt(createSecretKey(dataKey), text, column(place, "sealed"));
      return { ...wrap(place, dataKey), sealed };
    },
    open(place, sealed) {
      const dataKey = createSecretKey(dataKeyOf(place, sealed));
      const text = intact(place, () => decrypt(dataKey, sealed.sealed, column(place, "sealed")));
      return JSON.parse(text.toString("utf8")) as Record<string, string>;
    },
    rewrap(place, sealed) {
      if (sealed.keyId === this.keyId) return undefined;
      return { ...wrap(place, dataKeyOf(place, sealed)), sealed: sealed.sealed };
    },
  };
}

interface MasterKeys {
  /** By their ids, the one that seals first. */
  now(): ReadonlyMap<string, KeyObject>;
  /** The keys are only asked for again when it is not among those we have. */
  byId(id: string): KeyObject | undefined;
}

function openMasterKeys(readKeys: () => readonly Buffer[]): MasterKeys {
  let last: readonly Buffer[] = [];
  let masterKeys = new Map<string, KeyObject>();
  const now = () => {
    const keys = readKeys();
    if (keys === last) return masterKeys;
    last = keys;
    const derived = keys.map((key) => deriveKey(key, "clarion vault"));
    masterKeys = new Map(derived.map((key) => [idOf(key), key]));
    return masterKeys;
  };
  return { now, byId: (id) => masterKeys.get(id) ?? now().get(id) };
}

function intact<T>(place: SealedPlace, decrypting: () => T): T {
  try {
    return decrypting();
  } catch {
    throw new VaultError("vault_damaged", `The stored credentials of ${place} are damaged`);
  }
}

function idOf(key: KeyObject): string {
  return createHash("sha256").update("clarion key id\n").update(key.export()).digest("hex").slice(0, 16);
}

function column(place: SealedPlace, name: string): Buffer {
  return Buffer.from(`${place}/${name}`);
}
