import type { Timings } from "./timings.ts";

/** How long these bytes take on the slowest line we plan for. Unit: milliseconds. */
export function transferMs(
  { slowestBytesPerSecond }: Pick<Timings, "slowestBytesPerSecond">,
  bytes: number,
): number {
  return Math.ceil((bytes / slowestBytesPerSecond) * 1000);
}

/**
 * After how long the one request is given up.
 * @param bytes of the files that travel in it
 */
export function sendTimeoutFor(timings: Timings, bytes: number): number {
  return Math.min(timings.sendTimeoutMs + transferMs(timings, bytes), timings.longestSendMs);
}

/** How long its intent counts: always longer than the request, or two could send at once. */
export function sendLeaseFor(timings: Timings, bytes: number): number {
  return sendTimeoutFor(timings, bytes) + timings.sendMarginMs;
}
