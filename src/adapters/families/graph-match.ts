/** Something the platform shows us that may be what we sent. */
export interface Candidate {
  readonly id: string;
  /** Undefined where the platform does not show it. */
  readonly text: string | undefined;
  readonly at: Date;
}

/** One page of a Graph edge. */
export interface GraphList<T> {
  readonly data: readonly T[];
  readonly paging?: { readonly cursors?: { readonly after?: string }; readonly next?: string };
}

/** The platform's clock and ours need not agree to the second. */
export const skewMs = 60_000;
const maxPages = 5;

/** Those that carry our text and cannot be older than our request. */
export function matching<T extends Candidate>(candidates: readonly T[], text: string, sentAt: Date): T[] {
  const wanted = normalised(text);
  return candidates.filter(
    (candidate) =>
      candidate.at.getTime() >= sentAt.getTime() - skewMs &&
      (candidate.text === undefined || normalised(candidate.text) === wanted),
  );
}

/**
 * Looks through an edge that is newest first, back to the time of our request.
 * @returns what matches; `isWhole` is false where there was more than we were willing to read
 */
export async function searchBack<T extends Candidate>(
  read: (after: string | undefined) => Promise<GraphList<T>>,
  text: string,
  sentAt: Date,
): Promise<{ readonly found: readonly T[]; readonly isWhole: boolean }> {
  const found: T[] = [];
  let after: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const { data, paging } = await read(after);
    found.push(...matching(data, text, sentAt));
    const oldest = data.at(-1)?.at.getTime() ?? 0;
    after = paging?.next ? paging.cursors?.after : undefined;
    if (!after || oldest < sentAt.getTime() - skewMs) return { found, isWhole: true };
  }
  return { found, isWhole: false };
}

/** Platforms trim text, fold its white space and compose its letters. */
function normalised(text: string): string {
  return text.normalize("NFC").replace(/\s+/g, " ").trim();
}
