import { resolveUrl } from "../domain/resolve-url.ts";

const longest = 2048;

/** An absolute http(s) address without a login in it; null for anything else. */
export function webUrl(written: string | undefined, base: string): string | null {
  if (written === undefined || written.trim() === "" || written.length > longest) return null;
  const found = resolveUrl(written, base);
  if (found === null) return null;
  const { protocol, username, password, href } = new URL(found);
  const isWeb = protocol === "http:" || protocol === "https:";
  return isWeb && username === "" && password === "" && href.length <= longest ? href : null;
}

/** The address that relative ones inside are relative to. https://www.w3.org/TR/xmlbase/ (checked 2026-11) */
export function baseUrl(outer: string, written: string | undefined): string {
  return webUrl(written, outer) ?? outer;
}
