/**
 * As much of a text as fits: whole sentences where that keeps half of it, else whole words, with a mark at its end.
 * @param fits whether a text is short enough, as the platform counts
 * @returns the text itself where it fits; empty where not even a word does
 */
export function shorten(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  const ends = [...text.matchAll(/\s+|$/gu)].map(({ index }) => index);
  let [most, none] = [0, ends.length]; // ends[most] fits, ends[none] does not
  while (none - most > 1) {
    const middle = Math.floor((most + none) / 2);
    if (fits(cutAt(text, ends[middle] ?? 0))) most = middle;
    else none = middle;
  }
  const end = ends[most] ?? 0;
  if (most === 0 && !fits(cutAt(text, end))) return "";
  const sentence = lastSentenceEnd(text.slice(0, end));
  return cutAt(text, sentence > end / 2 ? sentence : end);
}

function cutAt(text: string, end: number): string {
  return `${text.slice(0, end).replace(/[\s,;:–—-]+$/u, "")} …`;
}

function lastSentenceEnd(text: string): number {
  const ends = [...text.matchAll(/[.!?؟。…](?=\s|$)|\n/gu)];
  const last = ends.at(-1);
  return last ? last.index + last[0].length : 0;
}
