/**
 * As much of a text as fits: whole sentences where that keeps half of it, else whole words, with a mark at its end.
 * @param fits whether a text is short enough, as the platform counts
 * @returns the text itself where it fits; empty where not even a word does
 */
export function shorten(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  const ends = wordEnds(text);
  const fitsTo = (at: number) => fits(cutAt(text, ends[at] ?? 0));
  let [most, none] = bounds(ends.length, fitsTo);
  while (none - most > 1) {
    const middle = Math.floor((most + none) / 2);
    if (fitsTo(middle)) most = middle;
    else none = middle;
  }
  const end = ends[most] ?? 0;
  if (most === 0 && !fits(cutAt(text, end))) return "";
  const sentence = lastSentenceEnd(text.slice(0, end));
  return cutAt(text, sentence > end / 2 ? sentence : end);
}

/** From the beginning on, for counting a long text costs more than counting a short one many times. */
function bounds(length: number, fitsTo: (at: number) => boolean): [most: number, none: number] {
  let [most, step] = [0, 8];
  while (most + step < length && fitsTo(most + step)) {
    most += step;
    step *= 2;
  }
  return [most, Math.min(most + step, length)];
}

const words = new Intl.Segmenter(undefined, { granularity: "word" });
/** Thai, Lao, Burmese, Khmer, Chinese, Japanese: written without spaces. */
const unspaced =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{2,}/gu;

function wordEnds(text: string): number[] {
  const spaces = [...text.matchAll(/\s+|$/gu)].map(({ index }) => index);
  const between = [...text.matchAll(unspaced)].flatMap(({ index: start, 0: run }) =>
    [...words.segment(run)].map(({ index, segment }) => start + index + segment.length),
  );
  return between.length === 0 ? spaces : [...new Set([...spaces, ...between])].sort((a, b) => a - b);
}

function cutAt(text: string, end: number): string {
  return `${text.slice(0, end).replace(/[\s,;:–—、，-]+$/u, "")} …`;
}

function lastSentenceEnd(text: string): number {
  const ends = [...text.matchAll(/[.!?؟…](?=\s|$)|[。！？]|\n/gu)];
  const last = ends.at(-1);
  return last ? last.index + last[0].length : 0;
}
