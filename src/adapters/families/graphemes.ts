const windowSize = 1000;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * How many characters a reader sees. In windows, since Intl.Segmenter takes time with the square of the length. The last
 * cluster may go on beyond one.
 */
export function countGraphemes(text: string): number {
  let count = 0;
  let start = 0;
  let size = windowSize;
  while (start + size < text.length) {
    const cutsPair = /[\uD800-\uDBFF]/.test(text.charAt(start + size - 1));
    const clusters = [...graphemes.segment(text.slice(start, start + size - (cutsPair ? 1 : 0)))];
    const next = clusters.at(-1)?.index ?? 0;
    size = next === 0 ? size * 2 : windowSize;
    count += next === 0 ? 0 : clusters.length - 1;
    start += next;
  }
  return count + [...graphemes.segment(text.slice(start))].length;
}
