import type { Variant } from "../../domain/post.ts";
import { asPostGone } from "../contract/post-gone.ts";
import { PublishError } from "../contract/publish-error.ts";
import { textWithLink } from "../contract/text.ts";
import { post, type RedditCall } from "./api.ts";
import { type Post, thing } from "./listing.ts";
import { toMarkdown } from "./markdown.ts";

/**
 * The body of a text post, or a comment. Titles stay as they are, and so does all of a post that leads to a link or
 * has files. https://www.reddit.com/dev/api#POST_api_editusertext (checked 2026-11)
 * @throws PublishError; `post_gone`, `not_editable`
 */
export async function edit(externalId: string, variant: Variant, call: RedditCall): Promise<void> {
  try {
    await look(externalId, call);
    await post(call, "/api/editusertext", {
      thing_id: externalId,
      text: toMarkdown(textWithLink(variant)),
    });
  } catch (error) {
    throw asPostGone(error, "Reddit");
  }
}

/** Reddit itself answers all of this with one and the same 403. */
async function look(fullname: string, call: RedditCall): Promise<void> {
  const found = await thing<Post>(fullname, call);
  if (!found || found.author === "[deleted]" || found.removed_by_category === "deleted")
    throw new PublishError("invalid", "Reddit no longer shows this", { code: "not_found" });
  if (fullname.startsWith("t3_") && found.is_self !== true)
    throw new PublishError(
      "invalid",
      "Reddit lets nobody change a post with a link, pictures or a video: add a comment below it, or delete it and post anew",
      { code: "not_editable" },
    );
}
