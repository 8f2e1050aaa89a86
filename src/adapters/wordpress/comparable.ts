/** Letters and figures only: sites turn quotes, dashes and smileys into others. */
export function comparable(text: string): string {
  return text
    .normalize("NFC")
    .replace(/×/g, "x")
    .replace(/[^\p{L}\p{N}]/gu, "");
}
