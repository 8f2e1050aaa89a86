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
  const zone = { zone: "utc" };
  // Days of the week are in any language, and wrong at times; they add nothing.
  const plain = text.replace(/^\p{L}{2,}\.?,?\s+(?=\d)/u, "").replace(/\b(?:GMT|UTC)([+-])/, "$1");
  for (const read of [
    () => DateTime.fromISO(plain, zone),
    () =>
      DateTime.fromRFC2822(plain.replace(/([+-]\d\d):(\d\d)$/, "$1$2").replace(/ (?:UTC|Z)$/, " GMT"), zone),
    () => DateTime.fromSQL(plain, zone),
    () => DateTime.fromFormat(plain, "d MMM yyyy HH:mm:ss", { ...zone, locale: "en" }),
    () => DateTime.fromFormat(plain, "d MMM yyyy", { ...zone, locale: "en" }),
  ]) {
    const date = read();
    if (date.isValid && date.year >= 1970 && date.year < 10_000) return date.toJSDate();
  }
  return null;
}
