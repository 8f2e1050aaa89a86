import type { PracticePost } from "../../practice/kit.ts";

type File = PracticePost["media"][number];

/** https://developers.pinterest.com/docs/api/v5/pins-get (checked 2026-11) */
export function pinEntity(post: PracticePost, query: URLSearchParams): Record<string, unknown> {
  const { title, altText, boardId } = post.extra;
  return {
    id: post.id,
    created_at: post.createdAt.slice(0, 19), // UTC, without saying so
    title: title ?? null,
    description: post.text === "" ? null : post.text,
    link: post.link,
    alt_text: altText ?? null,
    board_id: boardId,
    board_section_id: null,
    board_owner: { username: post.handle },
    parent_pin_id: null,
    dominant_color: "#2a6b99",
    creative_type: creativeType(post),
    is_owner: true,
    is_standard: true,
    has_been_promoted: false,
    media: mediaEntity(post.media),
    ...(query.get("pin_metrics") === "true" && {
      pin_metrics: { "90d": nobodyYet, lifetime_metrics: { ...nobodyYet, reaction: 0, comment: 0 } },
    }),
  };
}

const nobodyYet = { impression: 0, pin_click: 0, outbound_click: 0, clickthrough: 0, save: 0 };

function creativeType({ media }: PracticePost): string {
  if (media.length > 1) return "CAROUSEL";
  return media[0]?.kind === "video" ? "VIDEO" : "REGULAR";
}

function mediaEntity([first, ...others]: readonly File[]): Record<string, unknown> {
  if (first?.kind === "video")
    return { media_type: "video", video_url: null, duration: null, width: null, height: null }; // not for every app
  if (first && others.length > 0)
    return {
      media_type: "multiple_images",
      items: [first, ...others].map((file) => ({ item_type: "image", images: sizes(file) })),
    };
  return { media_type: "image", images: first ? sizes(first) : {} };
}

/** The practice network keeps one size of a picture. */
function sizes({ url }: File): Record<string, unknown> {
  const at = (width: number, height: number | null) => ({ width, height, url });
  return {
    "150x150": at(150, 150),
    "400x300": at(400, 300),
    "600x": at(600, null),
    "1200x": at(1200, null),
    originals: at(1200, null),
  };
}
