/** What becomes of any container in time. Times are ISO 8601. */
export interface PracticeContainer {
  readonly createdAt: string;
  readonly readyAt: string;
  /** Why it cannot be used. */
  readonly failure: string | number | null;
  /** What it was published as. */
  readonly mediaId: string | null;
}

const containerLifeMs = 24 * 60 * 60_000;

export function containerStatus(
  { createdAt, readyAt, failure, mediaId }: PracticeContainer,
  now: Date,
): "PUBLISHED" | "EXPIRED" | "ERROR" | "FINISHED" | "IN_PROGRESS" {
  if (mediaId !== null) return "PUBLISHED";
  if (Date.parse(createdAt) + containerLifeMs <= now.getTime()) return "EXPIRED";
  if (Date.parse(readyAt) > now.getTime()) return "IN_PROGRESS";
  return failure === null ? "FINISHED" : "ERROR";
}
