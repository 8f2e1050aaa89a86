import type { MediaNs } from "feedsmith";
import { plainText } from "../markup/plain-text.ts";
import type { AttachedDraft } from "./draft.ts";

/** Media RSS; of a group, which is one file in several sizes, only one. https://www.rssboard.org/media-rss (checked 2026-11) */
export function attachedMedia(media: MediaNs.ItemOrFeed | undefined): AttachedDraft[] {
  const groups = (media?.groups ?? []).map(({ contents = [] }) => contents);
  const chosen = groups.flatMap((files) => files.find(({ isDefault }) => isDefault) ?? files[0] ?? []);
  return [...(media?.contents ?? []), ...chosen]
    .filter(isTheArticles)
    .map(({ url, type, medium, description }) => ({
      url,
      type: type ?? medium,
      altText: plainText(description?.value ?? ""),
    }));
}

/** WordPress.com attaches its author's face to every article. */
function isTheArticles({ url = "" }: MediaNs.Content): boolean {
  return !/^https?:\/\/[^/]*\bgravatar\.com\/avatar\//i.test(url);
}
