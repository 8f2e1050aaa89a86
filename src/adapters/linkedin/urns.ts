/** LinkedIn names everything by URN: `urn:li:share:7…` a post, `urn:li:organization:5…` a page. */

/** A URN as one part of a path or a list: Rest.li gives meanings to some of the signs encodeURIComponent leaves alone. */
export function encoded(urn: string): string {
  return encodeURIComponent(urn).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Posts of pages can be read back; those of members cannot: LinkedIn gives nobody the permission (`r_member_social`). */
export function isOrganization(urn: string): boolean {
  return /^urn:li:organization:\d+$/.test(urn);
}

/** A comment's URN holds the thread it stands in: `urn:li:comment:(urn:li:activity:7…,8…)`. */
export function commentIn(urn: string): { readonly thread: string; readonly id: string } | undefined {
  const [, thread, id] = /^urn:li:comment:\((?:urn:li:)?(\w+:\d+),(\d+)\)$/.exec(urn) ?? [];
  return thread && id ? { thread: `urn:li:${thread}`, id } : undefined;
}
