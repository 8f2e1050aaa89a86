/** Tumblr keeps each paragraph as a block of its own; what sets them apart is an empty line. Joined by one they are the text again. */
export function paragraphs(text: string): string[] {
  return text.replaceAll("\r\n", "\n").split("\n\n");
}

/**
 * Length as Tumblr counts it: it sets no limit to a text but to each paragraph, so this is the longest one's number of
 * code points. https://www.tumblr.com/docs/npf#text-block-length (checked 2026-11)
 */
export function measure(text: string): number {
  return paragraphs(text).reduce((longest, paragraph) => Math.max(longest, codePoints(paragraph)), 0);
}

export function codePoints(text: string): number {
  return [...text].length;
}

/** What two readings of one text have in common: white space as one space. */
export function comparable(text: string): string {
  return text.normalize("NFC").replace(/\s+/g, " ").trim();
}
