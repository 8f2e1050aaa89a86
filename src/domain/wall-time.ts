import { DateTime, IANAZone } from "luxon";

/** A time as people say it: what the clock on the wall shows, and where. */
export interface WallTime {
  /** `2026-12-01T09:00`, seconds optional. */
  readonly local: string;
  /** An IANA name, `Area/City`, or `UTC`. Abbreviations mean different things to different people. */
  readonly zone: string;
}

export type TimeChoice = "earlier" | "later";

/** `missing` and `ambiguous` carry both instants to choose from. */
export type ResolvedWallTime =
  | { readonly is: "one"; readonly instant: Date }
  | { readonly is: "missing" | "ambiguous"; readonly earlier: Date; readonly later: Date }
  | { readonly is: "unknown_zone" | "invalid_local" };

const hourMs = 3_600_000;
const minuteMs = 60_000;

/**
 * The instant at which the clock there shows `local`. The offsets on both sides of it are compared, so the answer
 * does not depend on the day on which it is asked. A clock change within 26 hours is assumed to be the only one.
 */
export function resolveWallTime({ local, zone: name }: WallTime): ResolvedWallTime {
  if (!isZoneName(name)) return { is: "unknown_zone" };
  const shownMs = parseLocal(local);
  if (shownMs === undefined) return { is: "invalid_local" };
  const zone = IANAZone.create(name);
  // Offsets go from -12 to +14 hours: the instant is between these two.
  const [before, after] = [zone.offset(shownMs - 14 * hourMs), zone.offset(shownMs + 12 * hourMs)];
  const candidates = [...new Set([before, after])].map((offset) => shownMs - offset * minuteMs);
  const real = candidates.filter((ms) => ms + zone.offset(ms) * minuteMs === shownMs);
  if (real.length === 1) return { is: "one", instant: new Date(real[0] as number) };
  return {
    is: real.length === 0 ? "missing" : "ambiguous",
    earlier: new Date(Math.min(...candidates)),
    later: new Date(Math.max(...candidates)),
  };
}

/** What the clock there shows at an instant, with its offset: `2026-12-01T09:00:00+04:00`. */
export function showIn(zone: string, instant: Date): string {
  return (
    DateTime.fromJSDate(instant, { zone }).toISO({ suppressMilliseconds: true }) ?? instant.toISOString()
  );
}

/** `Etc/GMT+4` is four hours behind Greenwich, which nobody expects: left out on purpose. */
export function isZoneName(name: string): boolean {
  if (name === "UTC") return true;
  return (
    /^[A-Z][A-Za-z]+(\/[A-Z][A-Za-z0-9_+-]+){1,2}$/.test(name) &&
    !/^(Etc|SystemV)\//.test(name) &&
    IANAZone.isValidZone(name)
  );
}

/** As if the clock were in UTC; undefined for a date that no calendar has. */
function parseLocal(local: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(local)) return undefined;
  const ms = Date.parse(`${local}Z`);
  if (Number.isNaN(ms)) return undefined;
  return new Date(ms).toISOString().startsWith(local) ? ms : undefined;
}
