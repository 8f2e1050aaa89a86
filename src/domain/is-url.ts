/** Whether it is an absolute address. `URL.canParse` of Node 20 refuses umlauts once it has been optimised. */
export function isUrl(text: string): boolean {
  try {
    return Boolean(new URL(text));
  } catch {
    return false;
  }
}
