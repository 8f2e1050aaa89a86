import type { Variant } from "../../domain/post.ts";
import { PublishError } from "../contract/publish-error.ts";
import { textWithLink } from "../contract/text.ts";
import type { YouTubeCall } from "./api.ts";
import { isSameText, skewMs } from "./match.ts";
import { newestUploads } from "./uploads.ts";
import { titleOf } from "./video.ts";

/** More than a channel uploads in the week a session lives. */
const looked = 200;

/**
 * The video that an upload made before YouTube forgot its session; undefined where it made none.
 * @param openedAt when the session was opened
 * @throws PublishError `invalid` where it cannot be told which video it is
 */
export async function leftBehind(
  variant: Variant,
  openedAt: Date,
  call: YouTubeCall,
): Promise<string | undefined> {
  const since = new Date(openedAt.getTime() - skewMs);
  const [video, another] = (await newestUploads(looked, call)).filter(
    ({ title, description, privacy, at }) =>
      privacy === "private" &&
      at >= since &&
      isSameText(title, titleOf(variant)) &&
      isSameText(description, textWithLink(variant)),
  );
  if (another)
    throw new PublishError(
      "invalid",
      "An upload to YouTube broke off, and there are several private videos of this title: delete them in YouTube Studio, then post again",
      { code: "upload_unclear" },
    );
  return video?.videoId;
}
