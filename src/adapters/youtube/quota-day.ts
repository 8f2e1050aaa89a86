import { DateTime } from "luxon";
import { msUntil } from "../contract/transport.ts";

/** Quotas start anew at midnight there. https://developers.google.com/youtube/v3/getting-started#quota (checked 2026-11) */
export const quotaZone = "America/Los_Angeles";

/** Milliseconds until YouTube counts from nought again; a day there may have 23 or 25 hours. */
export function msUntilQuotaDay(now: Date): number {
  const midnight = DateTime.fromJSDate(now, { zone: quotaZone }).plus({ days: 1 }).startOf("day");
  return msUntil(midnight.toJSDate(), now);
}
