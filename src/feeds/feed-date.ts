import { DateTime } from "luxon";

const longest = 60;

/** The first moment that can be read: RFC 822 in RSS, ISO 8601 elsewhere, and what is often put instead. Without a zone: UTC. */
export function feedDate(written: readonly (string | undefined)[]): Date | null {
  for (const text of written) {
    const date = text === undefined || text.length > longest ? null : moment(text.trim());
    if (date !== null) return date;
  }
  return null;
}

function moment(text: string): Date | null {
  // Days of the week are in any language, and wrong at times; they add nothing.
  const plain = text
    .replace(/^\p{L}{2,}\.?,?\s+(?=\d)/u, "")
    .replace(/^(\d{1,2} [A-Z][a-z]{2})[a-z]*\.?/, "$1")
    .replace(/ (?:UTC?|GMT|Z)?([+-]\d\d):?(\d\d)$/, " $1$2")
    .replace(/ (?:UTC?|Z)$/, " GMT");
  const isIso = /^\d{4}-\d\d/.test(plain);
  for (const read of isIso ? [DateTime.fromISO, DateTime.fromSQL] : [DateTime.fromRFC2822, fromDayAlone]) {
    const date = read(plain, { zone: "utc" });
    if (date.isValid && date.year >= 1970 && date.year < 10_000) return date.toJSDate();
  }
  return null;
}

function fromDayAlone(text: string, zone: { readonly zone: string }): DateTime {
  return DateTime.fromFormat(text, "d MMM yyyy", { ...zone, locale: "en" });
}
