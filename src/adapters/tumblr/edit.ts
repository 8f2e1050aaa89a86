import type { Variant } from "../../domain/post.ts";
import { asPostGone } from "../contract/post-gone.ts";
import { changePost, type OwnPost, readOwnPost, type ShownBlock, type TumblrCall } from "./api.ts";
import { type Block, layoutOf, textBlocks, titleBlocks, withoutEmptyEdges } from "./blocks.ts";

type AnyBlock = Block | ShownBlock;

/**
 * The whole post again with other words: Tumblr takes all that is sent for all there is. Files are sent back as they
 * were read, as XKit does that many edit their posts with.
 * https://github.com/AprilSylph/XKit-Rewritten/blob/master/src/utils/tumblr_helpers.js (checked 2026-11)
 * @throws PublishError; `post_gone`
 */
export async function edit(externalId: string, variant: Variant, call: TumblrCall): Promise<void> {
  try {
    const post = await readOwnPost(call, externalId);
    await changePost(call, externalId, changedBody(post, variant));
  } catch (error) {
    throw asPostGone(error, "Tumblr");
  }
}

function changedBody(post: OwnPost, variant: Variant): object {
  const { state, date, tags = [], slug, interactability_reblog: reblogs } = post;
  const source = post.source_url_raw ?? post.source_url;
  const content = withoutEmptyEdges(withWords(post.content, variant));
  return {
    content,
    layout: layoutOf(content) ?? [],
    ...(state && { state }),
    ...(date && { date }),
    ...(tags.length > 0 && { tags: tags.join(",") }),
    ...(slug && { slug }),
    ...(source && { source_url: source }),
    ...(reblogs && { interactability_reblog: reblogs }),
  };
}

/** The new text stands where the old one began; without one, above the link. A title that is not named stays. */
function withWords(content: readonly ShownBlock[], variant: Variant): readonly AnyBlock[] {
  const [first] = content;
  const oldTitle = first?.subtype === "heading1" ? [first] : [];
  const newTitle = titleBlocks(variant);
  const below = content.slice(oldTitle.length);
  const isText = ({ type }: ShownBlock) => type === "text";
  const place = [below.findIndex(isText), below.findIndex(({ type }) => type === "link"), below.length];
  const at = place.find((index) => index !== -1) ?? 0;
  const [before, after] = [below.slice(0, at), below.slice(at)];
  return [
    ...(newTitle.length > 0 ? newTitle : oldTitle),
    ...before,
    ...textBlocks(variant.text),
    ...after.filter((block) => !isText(block)),
  ];
}
