import { createHash } from "node:crypto";
import type { TakenItem } from "../../db/source-items.ts";
import { type Trace, textKey } from "../../domain/link/same-again.ts";

const longest = 500;

/** An original's address in one spelling: the same whether a feed or a platform gave it. */
function originOf(url: string): string {
  const { host, pathname, search, hash } = new URL(url);
  const query = new URLSearchParams(search);
  for (const name of [...query.keys()]) if (/^(utm_|fbclid$|igsh$)/.test(name)) query.delete(name);
  const rest = query.size > 0 ? `?${query}` : "";
  const spelled = `${host.replace(/^www\./, "")}${pathname.replace(/\/+$/, "")}${rest}${hash}`;
  return spelled.length <= longest ? spelled : sha256(spelled);
}

/** By what an item is the same wherever it is seen. An article without an address of its own is known by its feed alone. */
export function originKey({ feed, sourceId, externalId, url, content }: TakenItem): string {
  return feed !== null && content.link === null ? sha256(`${sourceId} ${externalId}`) : originOf(url);
}

/** What tells that the same comes back. */
export function traceOf(text: string, looks: Trace["looks"]): Trace {
  const key = textKey(text);
  return { textKey: key === "" ? "" : sha256(key), looks };
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
