import type { SourcePost } from "../contract/source-post.ts";

/** A post of Instagram's or Threads', or one part of it, as far as its files go. */
export interface GraphMedia {
  readonly media_type?: string;
  /** Left out where a claim of copyright lies on it. */
  readonly media_url?: string;
  readonly alt_text?: string;
  readonly children?: { readonly data: readonly GraphMedia[] };
}

/** The fields it takes to know a post's files. */
export const fileFields = "media_type,media_url,alt_text,children{media_type,media_url,alt_text}";

/** In their order; sound and texts have no file that could be used elsewhere. */
export function filesOf(post: GraphMedia): SourcePost["media"] {
  if (post.children) return post.children.data.flatMap(filesOf);
  const { media_type: type, media_url: url, alt_text: altText = "" } = post;
  if (type !== "IMAGE" && type !== "VIDEO") return [];
  return [{ url: url || null, kind: type === "VIDEO" ? "video" : "image", altText }];
}
