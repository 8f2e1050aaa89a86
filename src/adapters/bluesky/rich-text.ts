/** What a part of the text is, by its place in UTF-8 bytes. https://docs.bsky.app/docs/advanced-guides/post-richtext (checked 2026-11) */
export interface Facet {
  readonly index: { readonly byteStart: number; readonly byteEnd: number };
  readonly features: readonly Feature[];
}

export type Feature =
  | { readonly $type: "app.bsky.richtext.facet#link"; readonly uri: string }
  | { readonly $type: "app.bsky.richtext.facet#mention"; readonly did: string }
  | { readonly $type: "app.bsky.richtext.facet#tag"; readonly tag: string };

/** Handles that the text mentions, without @. https://atproto.com/specs/handle (checked 2026-11) */
export async function mentionsIn(text: string): Promise<readonly string[]> {
  const handles = (await detected(text)).flatMap(({ features }) => features.flatMap(handleOf));
  return [...new Set(handles.filter((handle) => handle.length <= 253 && wellFormed.test(handle)))];
}

/** A server fails, instead of saying no, when it is asked for one that is not. */
const wellFormed = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * Links, hashtags and mentions as Bluesky's own app finds them. On Bluesky only what is marked is a link.
 * @param link what stands at the end of the text because it was put there: marked to its last character
 * @param dids of the handles that are mentioned; a handle without one stays text
 */
export async function facetsOf(
  text: string,
  link: string | null,
  dids: Readonly<Record<string, string>>,
): Promise<readonly Facet[]> {
  const facets = (await detected(text)).flatMap((facet) => resolved(facet, dids));
  if (link === null || !text.endsWith(link)) return facets;
  const byteEnd = Buffer.byteLength(text);
  const byteStart = byteEnd - Buffer.byteLength(link);
  return [
    ...facets.filter(({ index }) => index.byteEnd <= byteStart),
    { index: { byteStart, byteEnd }, features: [{ $type: "app.bsky.richtext.facet#link", uri: link }] },
  ];
}

/** The library is large and slow to load: 30 MB and a quarter of a second, for those who post to Bluesky. */
async function detected(text: string): Promise<readonly Facet[]> {
  const { RichText } = await import("@atproto/api");
  const rich = new RichText({ text });
  rich.detectFacetsWithoutResolution();
  return (rich.facets ?? []).map(({ index: { byteStart, byteEnd }, features }) => ({
    index: { byteStart, byteEnd },
    features: features as Feature[],
  }));
}

/** Until it is resolved, a mention carries the handle in place of the DID. */
function handleOf(feature: Feature): string[] {
  return feature.$type === "app.bsky.richtext.facet#mention" ? [feature.did] : [];
}

function resolved(facet: Facet, dids: Readonly<Record<string, string>>): Facet[] {
  const [handle] = facet.features.flatMap(handleOf);
  if (handle === undefined) return [facet];
  const did = dids[handle];
  return did === undefined
    ? []
    : [{ ...facet, features: [{ $type: "app.bsky.richtext.facet#mention", did }] }];
}
