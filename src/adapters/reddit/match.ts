import { isUrl } from "../../domain/is-url.ts";
import type { Variant } from "../../domain/post.ts";
import { textWithLink } from "../contract/text.ts";
import { type Kind, submissionOf } from "./content.ts";
import type { OwnComment, Post } from "./listing.ts";
import { toMarkdown } from "./markdown.ts";

/** Whether a post Reddit lists is the one we sent. */
export function isOurPost(post: Post, variant: Variant): boolean {
  const ours = submissionOf(variant);
  return (
    post.subreddit.toLowerCase() === ours.subreddit.toLowerCase() &&
    comparable(post.title) === comparable(ours.title) &&
    isSameKind(post, ours.kind) &&
    (ours.kind !== "link" || isSameAddress(post.url ?? "", ours.url ?? "")) &&
    isSameBody(post.selftext ?? "", ours.body, ours.kind)
  );
}

export function isOurComment(comment: OwnComment, variant: Variant, parentId: string): boolean {
  return (
    comment.parent_id === parentId &&
    comparable(comment.body) === comparable(toMarkdown(textWithLink(variant)))
  );
}

/** A video is not called one before it is converted; that it lies with Reddit is known at once. */
function isSameKind(post: Post, kind: Kind): boolean {
  const isHosted =
    post.is_reddit_media_domain === true ||
    post.is_video === true ||
    /^(?:image|hosted:video)$/.test(post.post_hint ?? "");
  switch (kind) {
    case "self":
      return post.is_self === true;
    case "gallery":
      return post.is_gallery === true;
    case "image":
    case "video":
      return isHosted && post.is_gallery !== true;
    case "link":
      return post.is_self !== true && post.is_gallery !== true;
    default:
      return kind satisfies never;
  }
}

/** Beside a link or files the body is an extra, which Reddit need not keep or show; of what it removed it shows none. */
function isSameBody(shown: string, sent: string, kind: Kind): boolean {
  if (shown === "[removed]") return true;
  if (kind !== "self" && shown === "") return true;
  return comparable(shown) === comparable(sent);
}

/** Reddit trims, folds white space and composes letters; backslashes come and go with its editors. */
function comparable(text: string): string {
  return text.replaceAll("\\", "").normalize("NFC").replace(/\s+/g, " ").trim();
}

function isSameAddress(one: string, other: string): boolean {
  const whole = (url: string) => (isUrl(url) ? new URL(url).href : url);
  return whole(one) === whole(other);
}
