/** What is compared to tell that something comes back. */
export interface Trace {
  /** As `textKey` makes it. */
  readonly textKey: string;
  /** Of its pictures; see media/look-of.ts. Null: a file that has none. */
  readonly looks: readonly (string | null)[];
}

const address = /https?:\/\/\S+/giu;

/** What is left of a text after a way through other hands: its letters and digits, without addresses, in one case. */
export function textKey(text: string): string {
  return text
    .replace(address, "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "");
}

// Of 64: platforms write pictures anew and smaller, which changes a few of them. Other pictures differ in some thirty.
const mostBitsOfTheSame = 10;

/**
 * The same words, and the same pictures as far as anybody can tell: a file without a look says nothing against it. What
 * has neither words nor looks is never the same.
 */
export function isSameAgain(one: Trace, other: Trace): boolean {
  if (one.textKey !== other.textKey || one.looks.length !== other.looks.length) return false;
  const pairs = one.looks.map((look, index) => isSameLook(look, other.looks[index] ?? null));
  return pairs.every((same) => same !== false) && (one.textKey !== "" || pairs.some((same) => same === true));
}

/** @returns undefined where nobody can tell */
export function isSameLook(one: string | null, other: string | null): boolean | undefined {
  if (one === null || other === null) return undefined;
  let bits = BigInt(`0x${one}`) ^ BigInt(`0x${other}`);
  let count = 0;
  for (; bits > 0n; bits &= bits - 1n) count++;
  return count <= mostBitsOfTheSame;
}
