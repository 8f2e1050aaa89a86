import { createHash } from "node:crypto";
import type { Spelled } from "../../db/known-items.ts";
import type { TakenItem } from "../../db/source-items.ts";
import { type Trace, textKey } from "../../domain/link/same-again.ts";

const longest = 500;

/** An original's address in one spelling: the same whether a feed or a platform gave it. */
function originOf(url: string): string {
  const { host, pathname, search, hash } = new URL(url);
  const path = pathname.replace(/;jsessionid=[^/;]*/gi, "").replace(/\/+$/, "");
  const spelled = `${host.replace(/^www\./, "")}${path}${withoutMarks(search)}${hash}`;
  return spelled.length <= longest ? spelled : sha256(spelled);
}

/** As `findOwn` wants it. */
export function spelled({ externalId, url }: { readonly externalId: string; readonly url: string }): Spelled {
  return { externalId, urls: spellingsOf(url) };
}

/** The ways in which the address of something of ours may be written elsewhere. */
function spellingsOf(url: string): string[] {
  const { pathname, search, host } = new URL(url);
  const path = pathname.replace(/\/+$/, "");
  const name = host.replace(/^www\./, "");
  const queries = [...new Set([search, withoutMarks(search)])];
  const rests = queries.flatMap((query) => [`${path}${query}`, `${path}/${query}`]);
  const starts = ["https://", "https://www.", "http://", "http://www."];
  return [...new Set([url, ...starts.flatMap((start) => rests.map((rest) => `${start}${name}${rest}`))])];
}

/** Without what sites hang on addresses to count or to follow their readers. */
function withoutMarks(search: string): string {
  const query = new URLSearchParams(search);
  for (const name of [...query.keys()])
    if (/^(utm_|fbclid$|igsh$|phpsessid$|jsessionid$|sid$)/i.test(name)) query.delete(name);
  return query.size > 0 ? `?${query}` : "";
}

/**
 * By what an item is the same wherever it is seen. An article without an address of its own is known by its feed alone, and
 * so is one that a person wants shared although its address is there already.
 */
export function originKey({ feed, sourceId, externalId, url, content, byHandLink }: TakenItem): string {
  const isKnownByItself = byHandLink !== null || (feed !== null && content.link === null);
  return isKnownByItself ? sha256(`${sourceId} ${externalId}`) : originOf(url);
}

/** What tells that the same comes back. */
export function traceOf(text: string, looks: Trace["looks"]): Trace {
  const key = textKey(text);
  return { textKey: key === "" ? "" : sha256(key), looks };
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
