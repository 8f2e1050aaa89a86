import type { ServerResponse } from "node:http";
import type { PracticeReply } from "./kit.ts";

/** Writes a reply: a string as it is, anything else as JSON. */
export function send(response: ServerResponse, { status, headers, body }: PracticeReply): void {
  const text = typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body);
  const type = typeof body === "string" ? "text/plain; charset=utf-8" : "application/json; charset=utf-8";
  const all = new Headers(body === undefined ? {} : { "content-type": type });
  all.set("x-content-type-options", "nosniff");
  for (const [name, value] of Object.entries(headers ?? {})) all.set(name, value);
  response.writeHead(status, { ...Object.fromEntries(all), "content-length": Buffer.byteLength(text) });
  response.end(text);
}
