/** YouTube's clock and ours may differ. */
export const skewMs = 60_000;

/** YouTube trims what it is given, folds its white space and composes its letters. */
export function isSameText(theirs: string, ours: string): boolean {
  return normalised(theirs) === normalised(ours);
}

function normalised(text: string): string {
  return text.normalize("NFC").replace(/\s+/g, " ").trim();
}
