import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, for addresses and cookies. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of such a secret: it has so many bits that a slow hash would add nothing. */
export function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
