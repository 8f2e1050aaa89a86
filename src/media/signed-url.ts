import { createHmac, createSecretKey, hkdfSync, timingSafeEqual } from "node:crypto";

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
 * @param origins where the API is reached, by everyone and from this machine
 * @param now for tests
 */
export function createMediaUrls(
  secretKey: Buffer,
  origins: { readonly publicUrl: string; readonly localUrl: string },
  now: () => number = Date.now,
): MediaUrls {
  const key = createSecretKey(Buffer.from(hkdfSync("sha256", secretKey, "", "clarion media urls", 32)));
  const sign = (mediaId: string, exp: string) =>
    createHmac("sha256", key).update(`${mediaId}\n${exp}`).digest("base64url");
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
      /^\d{10}$/.test(exp) && now() < Number(exp) * 1000 && isSame(sig, sign(mediaId, exp)),
  };
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
