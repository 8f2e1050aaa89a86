/** A name that only this delivery uses at the site, as WordPress keeps names: small letters, figures, `-` and `_`. */
export function slugOf(key: string): string {
  return `${slugPrefix}${key.toLowerCase().replace(/[^a-z\d_]+/g, "-")}`;
}

/** Tells whoever sees a draft on the site where it comes from. */
export const slugPrefix = "clarion-";
