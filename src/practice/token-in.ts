import type { IncomingHttpHeaders } from "node:http";

/** What a request proves itself with, as far as its headers and its address say. */
export function tokenIn(headers: IncomingHttpHeaders, query: URLSearchParams): string | undefined {
  const [, inHeader] = /^(?:Bearer|OAuth) +(\S+)$/i.exec(headers.authorization ?? "") ?? [];
  return inHeader ?? query.get("access_token") ?? undefined;
}
