/** Whether a Graph timestamp is no earlier; Meta names no fractions of a second. */
export function sinceSecond(timestamp: string, since: Date): boolean {
  return Date.parse(timestamp) >= Math.floor(since.getTime() / 1000) * 1000;
}
