/**
 * The address that is written somewhere, which may be relative to where it is written; null: it is none.
 * `URL.canParse` of Node 20 refuses umlauts once it has been optimised.
 */
export function resolveUrl(written: string, base?: string): string | null {
  try {
    return new URL(written, base).href;
  } catch {
    return null;
  }
}
