import { DateTime } from "luxon";

/** Hours of the day in which nothing is shared; from evening to morning they go over midnight. */
export interface QuietHours {
  /** `22:00`, by the clock on the wall there. */
  readonly from: string;
  /** `07:00`: from then on it is shared again. */
  readonly to: string;
  /** An IANA name. */
  readonly zone: string;
}

/** @returns the same moment, or the end of the quiet hours that it falls into. A clock that goes forward over the end ends them then. */
export function afterQuiet(moment: Date, quiet: QuietHours | null): Date {
  if (!quiet || quiet.from === quiet.to) return moment;
  const there = DateTime.fromJSDate(moment, { zone: quiet.zone });
  const now = there.toFormat("HH:mm");
  const isOverMidnight = quiet.from > quiet.to;
  const isQuiet = isOverMidnight ? now >= quiet.from || now < quiet.to : now >= quiet.from && now < quiet.to;
  if (!isQuiet) return moment;
  const day = isOverMidnight && now >= quiet.from ? there.plus({ days: 1 }) : there;
  const [hour, minute] = quiet.to.split(":").map(Number);
  return day.set({ hour, minute, second: 0, millisecond: 0 } as object).toJSDate();
}
