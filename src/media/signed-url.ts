import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from "node:crypto";

/** Addresses under which one file can be fetched without a key, for a while. */
export interface MediaUrls {
  /** For people and live platforms. */
  publicUrl(mediaId: string): string;
  /** For this machine: the practice network. */
  localUrl(mediaId: string): string;
  /** For a browser that is already here. */
  path(mediaId: string): string;
  isValid(mediaId: string, exp: string, sig: string): boolean;
}

// At least an hour by the adapters' contract; longer, since platforms queue what they fetch.
const lifeHours = 6;
const hourSeconds = 3600;

/**
 * @param keys the SECRET_KEYs as they are now: the first one signs, and what any of them has signed is good. A platform
 * may fetch a file some time after it was given the address, and a rotation must not come between.
 * @param origins where the API is reached, by everyone and from this machine
 * @param now for tests
 */
export function createMediaUrls(
  keys: Buffer | (() => readonly Buffer[]),
  origins: { readonly publicUrl: string; readonly localUrl: string },
  now: () => number = Date.now,
): MediaUrls {
  const fixed = typeof keys === "function" ? [] : [keys];
  const signers = signersOf(typeof keys === "function" ? keys : () => fixed);
  const sign = (mediaId: string, exp: string, by = signers()[0]) =>
    createHmac("sha256", by as KeyObject)
      .update(`${mediaId}\n${exp}`)
      .digest("base64url");
  // The same for a whole hour, so that browsers need not fetch a picture anew with every list.
  const path = (mediaId: string) => {
    const exp = String((Math.ceil(now() / 1000 / hourSeconds) + lifeHours) * hourSeconds);
    return `/media/${mediaId}?exp=${exp}&sig=${sign(mediaId, exp)}`;
  };
  return {
    path,
    publicUrl: (mediaId) => `${origins.publicUrl}${path(mediaId)}`,
    localUrl: (mediaId) => `${origins.localUrl}${path(mediaId)}`,
    isValid: (mediaId, exp, sig) =>
      /^\d{10}$/.test(exp) &&
      now() < Number(exp) * 1000 &&
      signers().some((by) => isSame(sig, sign(mediaId, exp, by))),
  };
}

/** Worked out again only when the keys have changed. */
function signersOf(readKeys: () => readonly Buffer[]): () => readonly KeyObject[] {
  let last: readonly Buffer[] = [];
  let signers: readonly KeyObject[] = [];
  return () => {
    const keys = readKeys();
    if (keys !== last)
      signers = keys.map((key) =>
        createSecretKey(Buffer.from(hkdfSync("sha256", key, "", "clarion media urls", 32))),
      );
    last = keys;
    return signers;
  };
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
