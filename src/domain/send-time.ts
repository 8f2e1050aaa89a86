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

/**
 * How long these files may be on their way before their moment: twice what they take, for they share the line.
 * @param bytes of the files that are uploaded beforehand
 */
export function uploadTimeFor(timings: Pick<Timings, "slowestBytesPerSecond">, bytes: number): number {
  return 2 * transferMs(timings, bytes);
}

/**
 * How long before its moment a post is begun to be prepared.
 * @param lifeMs how long the platform keeps what is prepared
 */
export function prepareAheadFor(timings: Timings, bytes: number, lifeMs: number): number {
  const neededMs = timings.prepareAheadMs + uploadTimeFor(timings, bytes);
  return Math.min(neededMs, longestAheadFor(timings, lifeMs));
}

/** How long before its moment a post may be prepared at the earliest: what was made sooner would be gone by then. */
export function longestAheadFor(timings: Timings, lifeMs: number): number {
  return Math.min(lifeMs - timings.preparedMarginMs, timings.longestAheadMs);
}

/** After how long one call that prepares is given up. */
export function prepareTimeoutFor(timings: Timings, bytes: number): number {
  return timings.prepareTimeoutMs + uploadTimeFor(timings, bytes);
}
