import { resolveUrl } from "./resolve-url.ts";

/** Whether it is an absolute address. */
export function isUrl(text: string): boolean {
  return resolveUrl(text) !== null;
}
