import type { Media } from "../../domain/post.ts";
import type { MediaRules } from "./capabilities.ts";

/** How many bytes of files the publishing request carries; 0 where all of them were uploaded before. */
export function bytesWithPost(
  { types }: MediaRules,
  media: readonly Pick<Media, "kind" | "bytes">[],
): number {
  const sizes = media.map(({ kind, bytes }) => {
    switch (types[kind]?.sentWithPost) {
      case "as_is":
        return bytes;
      case "base64":
        return 4 * Math.ceil(bytes / 3);
      default:
        return 0;
    }
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** How many bytes of files go up before the publishing request. */
export function bytesBeforePost(
  { types }: MediaRules,
  media: readonly Pick<Media, "kind" | "bytes">[],
): number {
  return media.reduce((sum, { kind, bytes }) => (types[kind]?.sentWithPost ? sum : sum + bytes), 0);
}
