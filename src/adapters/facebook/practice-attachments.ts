import type { PracticeNetwork, PracticePost } from "../../practice/kit.ts";
import { feedPosts } from "./practice-state.ts";

type Attachment = Readonly<Record<string, unknown>>;

/** Every attachment has every field, most of them empty. */
const blank: Attachment = {
  media_type: undefined,
  url: undefined,
  unshimmed_url: undefined,
  media: undefined,
  target: undefined,
  subattachments: undefined,
};

/** What hangs below a public post: a link, a photo, several photos in an album, a video; or nothing. */
export function attachmentsOf(
  post: PracticePost,
  network: PracticeNetwork,
): { readonly data: readonly Attachment[] } | undefined {
  const { photoIds = [] } = feedPosts(network).get(post.id) ?? {};
  const parts = post.media.map(({ url, kind }, index) =>
    kind === "video"
      ? {
          ...blank,
          media_type: "video",
          media: { image: { src: url }, source: url },
          target: { id: post.id },
        }
      : { ...blank, media_type: "photo", media: { image: { src: url } }, target: { id: photoIds[index] } },
  );
  if (parts.length > 1) return { data: [{ ...blank, media_type: "album", subattachments: { data: parts } }] };
  if (parts.length === 1) return { data: parts };
  if (post.link === null) return undefined;
  const url = `https://l.facebook.com/l.php?u=${encodeURIComponent(post.link)}`;
  return { data: [{ ...blank, media_type: "link", url, unshimmed_url: post.link }] };
}
