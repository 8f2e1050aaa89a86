import type { Media } from "../../domain/post.ts";
import type { YouTubeCall } from "./api.ts";
import { askSession, type Standing, sendChunk } from "./session.ts";

export interface Progress {
  readonly standing: Standing;
  readonly bytes: number;
  /** Whether anything arrived this time. */
  readonly moved: boolean;
}

/**
 * Asks where the upload stands and sends on from there.
 * @param until when to stop for now, so that what is done gets noted; one chunk is always sent
 */
export async function continueUpload(
  file: Media,
  session: string,
  call: YouTubeCall,
  until: Date,
): Promise<Progress> {
  const blob = await call.media.open(file.id);
  let standing = await askSession(call, session, blob.size);
  let moved = false;
  while (isUnderWay(standing) && standing.nextByte < blob.size) {
    const { nextByte } = standing;
    standing = await sendChunk(call, session, blob, nextByte);
    const stuck = isUnderWay(standing) && standing.nextByte <= nextByte;
    moved ||= !stuck;
    if (stuck || call.now() >= until) break;
  }
  return { standing, bytes: blob.size, moved };
}

export function isUnderWay(standing: Standing): standing is { readonly nextByte: number } {
  return typeof standing === "object" && "nextByte" in standing;
}
