import type { Variant } from "../../domain/post.ts";
import type { Call } from "../contract/adapter.ts";
import { asPostGone } from "../contract/post-gone.ts";
import { unclear } from "../families/graph-api.ts";
import { isGoneCode } from "../families/graph-gone.ts";
import { type FacebookCredentials, request } from "./api.ts";
import { platform } from "./errors.ts";
import { messageOf } from "./prepare.ts";

/**
 * The words of a post or a comment that this app made, or those beside a video. A link's card stays the one it is.
 * https://developers.facebook.com/docs/pages-api/posts (checked 2026-11)
 * @throws PublishError; `post_gone`
 */
export async function edit(
  externalId: string,
  variant: Variant,
  call: Call<FacebookCredentials>,
): Promise<void> {
  const isVideo = !externalId.includes("_");
  try {
    const answer = await request<{ success?: boolean }>(call, {
      method: "POST",
      path: externalId,
      json: { [isVideo ? "description" : "message"]: messageOf(variant) },
    });
    if (answer?.success !== true) throw unclear(platform);
  } catch (error) {
    throw asPostGone(error, platform.name, isGoneCode);
  }
}
