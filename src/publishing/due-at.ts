import { Refusal } from "../domain/refusal.ts";
import { resolveWallTime, showIn, type TimeChoice, type WallTime } from "../domain/wall-time.ts";

/** As the API takes it: an ISO 8601 string with an offset, `now`, or a wall time. */
export type DueAtInput = string | (WallTime & { readonly choose?: TimeChoice | undefined });

/** The instant, beside what was asked for. */
export interface Due {
  readonly at: Date;
  readonly wallTime: string | null;
  readonly zone: string | null;
  /** Only where the wall time left a choice. */
  readonly choice: TimeChoice | null;
}

const pastToleranceMs = 60_000;
const farthestMs = 2 * 366 * 24 * 3_600_000;
const pointer = "/dueAt";

/** @throws Refusal for a time that is unclear, has passed, or is more than two years ahead */
export function resolveDueAt(input: DueAtInput, now: Date): Due {
  const due = typeof input === "string" ? fromText(input, now) : fromWallTime(input);
  const aheadMs = due.at.getTime() - now.getTime();
  if (aheadMs < -pastToleranceMs)
    throw refuse("due_in_the_past", `${due.at.toISOString()} has passed; send \`now\` to post at once.`);
  if (aheadMs > farthestMs)
    throw refuse("due_too_far", `${due.at.toISOString()} is more than two years ahead.`);
  return due;
}

function fromText(text: string, now: Date): Due {
  const at = text === "now" ? now : parseInstant(text);
  if (!at)
    throw refuse(
      "invalid_time",
      "Give an ISO 8601 time with its offset (2026-12-01T09:00:00+04:00), `now`, or { local, zone }.",
    );
  return { at, wallTime: null, zone: null, choice: null };
}

/** Undefined without an offset, or for a date that no calendar has: `Date` would roll over to the next month. */
function parseInstant(text: string): Date | undefined {
  const local = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.exec(text)?.[1];
  const ms = Date.parse(text);
  if (local === undefined || Number.isNaN(ms)) return undefined;
  const shownMs = Date.parse(`${local}Z`);
  return new Date(shownMs).toISOString().startsWith(local) ? new Date(ms) : undefined;
}

function fromWallTime({ local, zone, choose }: Exclude<DueAtInput, string>): Due {
  const resolved = resolveWallTime({ local, zone });
  switch (resolved.is) {
    case "one":
      return { at: resolved.instant, wallTime: local, zone, choice: null };
    case "missing":
    case "ambiguous":
      if (choose) return { at: resolved[choose], wallTime: local, zone, choice: choose };
      throw askForChoice(resolved, { local, zone });
    case "unknown_zone":
      throw refuse(
        "unknown_zone",
        "Give the zone as `Area/City` from the IANA list, or `UTC`. Abbreviations are not clear.",
      );
    case "invalid_local":
      throw refuse("invalid_time", "Give the local time as 2026-12-01T09:00, with a date that exists.");
    default:
      return resolved satisfies never;
  }
}

function askForChoice(
  {
    is,
    earlier,
    later,
  }: { readonly is: "missing" | "ambiguous"; readonly earlier: Date; readonly later: Date },
  { local, zone }: WallTime,
): Refusal {
  const says = is === "missing" ? "does not exist: clocks go forward" : "happens twice: clocks go back";
  const message = `${local} in ${zone} ${says}. Send \`choose\`: earlier is ${showIn(zone, earlier)}, later is ${showIn(zone, later)}.`;
  return refuse(`local_time_${is}`, message, { choices: { earlier, later } });
}

function refuse(
  code: Refusal["code"],
  message: string,
  facts: Readonly<Record<string, unknown>> = {},
): Refusal {
  return new Refusal(code, message, { issues: [{ pointer, code, message }], facts });
}
