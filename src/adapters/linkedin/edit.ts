import type { Variant } from "../../domain/post.ts";
import { asPostGone } from "../contract/post-gone.ts";
import { type LinkedInCall, request } from "./request.ts";
import { littleText, textOf } from "./text.ts";
import { commentIn, encoded } from "./urns.ts";

/**
 * The text of a post or a comment. What an article leads to, its title and the files cannot be changed there.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api, …/comments-api (checked 2026-11)
 * @throws PublishError; `post_gone`
 */
export async function edit(externalId: string, variant: Variant, call: LinkedInCall): Promise<void> {
  const text = textOf(variant);
  const comment = commentIn(externalId);
  try {
    const response = await request(call, {
      method: "POST",
      restliMethod: "PARTIAL_UPDATE",
      ...(comment
        ? {
            path: `/rest/socialActions/${encoded(comment.thread)}/comments/${comment.id}`,
            query: `actor=${encoded(call.account.externalId)}`,
            json: { patch: { message: { $set: { text } } } },
          }
        : {
            path: `/rest/posts/${encoded(externalId)}`,
            json: { patch: { $set: { commentary: littleText(text) } } },
          }),
    });
    await response.text().catch(() => ""); // read so that the connection can be used again
  } catch (error) {
    throw asPostGone(error, "LinkedIn");
  }
}
