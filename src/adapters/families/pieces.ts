// Scripts that are written without spaces, as twitter-text takes them for parts of a domain: Thai, Lao, Burmese, Khmer,
// Chinese, Japanese, Korean, with their signs.
const unspaced =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]{400,}/g;
/** No address before it reaches so far in: these letters end its path, and a top-level domain is shorter. */
const afterAddress = 64;
/** Nor does the domain of one behind it: it has 253 letters at most. https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4 */
const beforeAddress = 300;

/**
 * A text cut where no address can be, for twitter-text takes the square of the time for a long run of letters without
 * spaces: for 14,000 characters seconds, in which nothing else happens. Put together they are the text.
 */
export function piecesOf(text: string): readonly string[] {
  const cuts = [...text.matchAll(unspaced)].flatMap(({ index, 0: run }) => [
    index + afterAddress,
    index + run.length - beforeAddress,
  ]);
  return [0, ...cuts].map((start, at) => text.slice(start, cuts[at]));
}
