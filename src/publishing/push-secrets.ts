import { createHmac } from "node:crypto";
import { deriveKey } from "../accounts/encryption.ts";
import type { Platform } from "../domain/platform.ts";

/** What a secret is for; each has another. */
type Use = `hub/${string}` | `webhook/${Platform}` | "key";

/** Secrets that outsiders get so that they can prove who calls. Nothing of them is kept: they follow from SECRET_KEY. */
export type PushSecretsOf = (use: Use) => readonly string[];

/**
 * @param readKeys the SECRET_KEYs as they are now. An outsider keeps a secret for days, and a rotation may come between.
 * @returns 43 characters for each key, today's first
 */
export function createPushSecrets(readKeys: () => readonly Buffer[]): PushSecretsOf {
  return (use) =>
    readKeys().map((key) =>
      createHmac("sha256", deriveKey(key, "clarion push")).update(use).digest("base64url"),
    );
}
