const epochMs = 1_288_834_974_657n;

/** X's ids carry the moment they were made. https://docs.x.com/fundamentals/x-ids (checked 2026-11) */
export function madeAt(id: string): Date {
  return new Date(Number((BigInt(id) >> 22n) + epochMs));
}

export function isId(id: string): boolean {
  return /^\d{1,19}$/.test(id);
}
