/** A stretch of a file, in bytes; the end is not part of it. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Adds a stretch; one that goes on where the last one ended makes that longer. */
export function extend(ranges: { start: number; end: number }[], start: number, end: number): void {
  const last = ranges.at(-1);
  if (last?.end === start) last.end = end;
  else ranges.push({ start, end });
}

/** In order, and apart. */
export function merge(ranges: readonly Range[]): Range[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}
