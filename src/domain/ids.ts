const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's base 32, lower case

export type IdPrefix =
  | "ws"
  | "key"
  | "post"
  | "var"
  | "dlv"
  | "acc"
  | "grt"
  | "med"
  | "con"
  | "app"
  | "upl"
  | "lnk"
  | "per"
  | "src"
  | "itm";

/**
 * A prefixed, opaque id that sorts by the time it was made: 48 bits of milliseconds, then 80 random bits
 * from the system's generator.
 * @returns for example `post_01k3q8z5v9m4t6x2c7b0n8r1wd`
 */
export function newId(prefix: IdPrefix, nowMs: number = Date.now()): string {
  let id = "";
  for (let shift = 45; shift >= 0; shift -= 5) id += alphabet[Math.floor(nowMs / 2 ** shift) % 32];
  for (const byte of randomBytes(16)) id += alphabet[byte % 32];
  return `${prefix}_${id}`;
}

const pool = new Uint8Array(4096); // asking the system's generator for every id shows in a bulk of thousands
let used = pool.length;

function randomBytes(count: number): Uint8Array {
  if (used + count > pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}
