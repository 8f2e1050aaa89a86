import { createHash } from "node:crypto";

const digits = "234567abcdefghijklmnopqrstuvwxyz";
const crockford = "0123456789abcdefghjkmnpqrstvwxyz";
const ourId = /^[a-z]+_([0-9a-hjkmnp-tv-z]{10})[0-9a-hjkmnp-tv-z]{16}$/;
const hashedMicros = 32n; // 72 minutes
const clockBits = 10n;

/**
 * The post's own key: a TID that follows from the delivery's key, so that every attempt of a delivery writes to the same
 * place, and no two deliveries of an account do (42 bits are hashed). Servers list records by their keys, so it begins
 * with about the time the delivery was made, which our ids carry; never later, for a key must not be of the future.
 * Changing this takes open deliveries their protection against being published twice.
 * https://atproto.com/specs/tid (checked 2026-11)
 */
export function recordKey(deliveryKey: string): string {
  const hash = BigInt(`0x${createHash("sha256").update(deliveryKey).digest("hex").slice(0, 12)}`);
  const window = (BigInt(madeAtMs(deliveryKey)) * 1000n) >> hashedMicros;
  const before = window > 0n ? window - 1n : 0n;
  const low = hash & ((1n << (hashedMicros + clockBits)) - 1n);
  return encoded((before << (hashedMicros + clockBits)) | low);
}

/** 1970 for keys that are not made like ours: still valid, and older than anything else. */
function madeAtMs(deliveryKey: string): number {
  const time = ourId.exec(deliveryKey)?.[1] ?? "";
  return [...time].reduce((ms, digit) => ms * 32 + crockford.indexOf(digit), 0);
}

/** A key of this moment, as apps make them that need not make the same one twice. */
export function keyOf(now: Date, clockId: number): string {
  return encoded(((BigInt(now.getTime()) * 1000n) << clockBits) | BigInt(clockId));
}

/** 13 digits of five bits; the first bit of the first is always zero. */
function encoded(tid: bigint): string {
  let text = "";
  for (let shift = 60n; shift >= 0n; shift -= 5n) text += digits[Number((tid >> shift) & 31n)];
  return text;
}
