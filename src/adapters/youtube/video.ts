import type { Variant } from "../../domain/post.ts";
import { textWithLink } from "../contract/text.ts";

/** "People & Blogs": the one every country has. https://developers.google.com/youtube/v3/docs/videoCategories/list (checked 2026-11) */
const categoryId = "22";

export type Privacy = "public" | "unlisted" | "private";

/** https://developers.google.com/youtube/v3/docs/videos/insert (checked 2026-11) */
export function newVideo(variant: Variant) {
  const { tags } = variant.options;
  return {
    snippet: {
      title: titleOf(variant),
      description: textWithLink(variant),
      categoryId,
      ...(Array.isArray(tags) && tags.length > 0 && { tags }),
    },
    status: statusOf(variant, "private"),
  };
}

/**
 * All of the status, every time: what an update leaves out is reset, and a missing privacy means public.
 * https://developers.google.com/youtube/v3/docs/videos/update (checked 2026-11)
 */
export function statusOf(variant: Variant, privacyStatus: Privacy) {
  return {
    privacyStatus,
    selfDeclaredMadeForKids: variant.options.madeForKids === true,
    embeddable: true,
    license: "youtube",
    publicStatsViewable: true,
  };
}

export function titleOf({ options: { title } }: Pick<Variant, "options">): string {
  return typeof title === "string" ? title : "";
}

/** Who shall see it once it is published. */
export function privacyOf({ options: { privacy } }: Pick<Variant, "options">): Privacy {
  return privacy === "unlisted" || privacy === "private" ? privacy : "public";
}

/** A comment's id is longer. */
export function isVideoId(externalId: string): boolean {
  return /^[\w-]{11}$/.test(externalId);
}
