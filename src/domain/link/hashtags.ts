// As people write them everywhere: letters and digits of any script, not digits alone, not inside a word or an address.
const hashtag = /(?<![\p{L}\p{N}_/&#])#(?=[\p{N}_]*[\p{L}\p{M}])([\p{L}\p{M}\p{N}_]+)/gu;

/** Without the `#`, in the order of the text. */
export function hashtagsIn(text: string): string[] {
  return [...text.matchAll(hashtag)].map(([, tag = ""]) => tag);
}

/** @param tag with or without its `#`; upper and lower case are the same */
export function hasHashtag(text: string, tag: string): boolean {
  const wanted = fold(tag.replace(/^#/, ""));
  return hashtagsIn(text).some((found) => fold(found) === wanted);
}

/**
 * Takes hashtags out: those in a row at an end of a line go as a whole, one inside a sentence stays as a word.
 * @param keep the first of them, or none
 */
export function reduceHashtags(text: string, keep: "first" | "drop"): string {
  let left = keep === "first" ? 1 : 0;
  const lines = text.split("\n").map((line) => {
    const row = trailingRow(line);
    const words = line
      .slice(0, line.length - row.length)
      .replace(hashtag, (whole, tag: string) => (left-- > 0 ? whole : tag));
    const kept = row
      .replace(hashtag, (whole) => (left-- > 0 ? whole : ""))
      .replace(/\s+/g, " ")
      .trim();
    return {
      text: [words.trimEnd(), kept].filter(Boolean).join(" "),
      wasRow: row !== "" && words.trim() === "" && kept === "",
    };
  });
  return lines
    .filter(({ wasRow }) => !wasRow)
    .map((line) => line.text)
    .join("\n")
    .trim();
}

/** The hashtags at the end of a line, with the spaces around them; empty where there are none. */
function trailingRow(line: string): string {
  let start = line.length;
  for (const { index, 0: whole } of [...line.matchAll(hashtag)].reverse()) {
    if (line.slice(index + whole.length, start).trim() !== "") break;
    start = index;
  }
  return line.slice(start);
}

function fold(tag: string): string {
  return tag.normalize("NFKC").toLowerCase();
}
