import type { PracticeFile, PracticeNetwork, PracticeReply } from "../../practice/kit.ts";
import { realType } from "../../practice/real-type.ts";
import { mediaOf, type PracticeBlock, type PracticeMedia } from "./practice-content.ts";
import { problem } from "./practice-replies.ts";

// https://www.tumblr.com/docs/en/api/v2#photo-posts, …#video-posts (checked 2026-11)
export const types = { image: ["image/jpeg", "image/png", "image/gif", "image/webp"], video: ["video/mp4"] };
const maxBytes = { image: 10_000_000, video: 500_000_000 };

/** The blocks with their files kept, or a file refused by what its bytes say. */
export async function stored(
  content: readonly PracticeBlock[],
  files: Readonly<Record<string, PracticeFile>>,
  network: PracticeNetwork,
): Promise<readonly PracticeBlock[] | PracticeReply> {
  const blocks: PracticeBlock[] = [];
  for (const block of content) {
    const media = mediaOf(block);
    const file = media && files[media.identifier ?? ""];
    if (!file || (block.type !== "image" && block.type !== "video")) {
      blocks.push(block);
      continue;
    }
    const type = await realType(file);
    if (!type || !types[block.type].includes(type) || file.bytes > maxBytes[block.type])
      return problem(400, 8005, "Your upload failed. Please try another file.");
    const { width, height } = media;
    const kept: PracticeMedia = {
      url: await network.keep({ ...file, mimeType: type }),
      type,
      ...(width !== undefined && { width }),
      ...(height !== undefined && { height }),
    };
    blocks.push({ ...block, media: block.type === "image" ? [kept] : kept });
  }
  return blocks;
}
