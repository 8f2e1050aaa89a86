/** A marked link, wherever it came from. */
interface SeenFacet {
  readonly index?: { readonly byteStart?: unknown; readonly byteEnd?: unknown };
  readonly features?: readonly { readonly uri?: unknown }[];
}

/** The text with its links in full: Bluesky's app shows the beginning of an address and keeps the rest beside the text. */
export function fullText(text: string, facets: unknown): string {
  const bytes = Buffer.from(text);
  const links = (Array.isArray(facets) ? (facets as SeenFacet[]) : []).flatMap(({ index, features }) => {
    const uri = features?.find((feature) => typeof feature.uri === "string")?.uri;
    const [start, end] = [Number(index?.byteStart), Number(index?.byteEnd)];
    return typeof uri === "string" && start >= 0 && end > start && end <= bytes.length
      ? [{ uri, start, end }]
      : [];
  });
  let full = "";
  let done = 0;
  for (const { uri, start, end } of links.sort((a, b) => a.start - b.start)) {
    if (start < done) continue; // one inside another
    full += bytes.toString("utf8", done, start) + written(bytes.toString("utf8", start, end), uri);
    done = end;
  }
  return full + bytes.toString("utf8", done);
}

/** Words that are a link keep their words, and their address follows. */
function written(shown: string, uri: string): string {
  const begun = shown.replace(/(\.{3}|…)$/, "");
  const bare = (address: string) => address.replace(/^https?:\/\//, "").replace(/^www\./, "");
  return bare(uri).startsWith(bare(begun)) ? uri : `${shown} (${uri})`;
}
