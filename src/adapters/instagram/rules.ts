import type { Issue, Variant } from "../../domain/post.ts";
import { textWithLink } from "../contract/text.ts";

// https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media (checked 2026-11)
const maxHashtags = 30;
const maxMentions = 20;

const hashtag = /(?<![\p{L}\p{M}\p{N}_&/])#[\p{L}\p{M}\p{N}_]+/gu;
const mention = /(?<![\p{L}\p{M}\p{N}_./])@[\p{L}\p{N}_.]+/gu;

/** What capabilities have no words for. */
export function extraRules(variant: Variant): readonly Issue[] {
  const text = textWithLink(variant);
  return [
    ...tooMany(text.match(hashtag)?.length ?? 0, maxHashtags, "too_many_hashtags", "hashtags"),
    ...tooMany(text.match(mention)?.length ?? 0, maxMentions, "too_many_mentions", "@mentions"),
    ...linkAsText(variant),
    ...commentIsText(variant),
  ];
}

function tooMany(count: number, max: number, code: string, what: string): Issue[] {
  if (count <= max) return [];
  const message = `Instagram takes at most ${max} ${what} in one text, not ${count}`;
  return [{ code, field: "text", severity: "error", message }];
}

function linkAsText({ link }: Variant): Issue[] {
  if (link === null) return [];
  return [
    {
      code: "link_not_clickable",
      field: "link",
      severity: "warning",
      message: "Instagram shows links as plain text nobody can tap: consider the link in the profile instead",
    },
  ];
}

function commentIsText({ role, media }: Variant): Issue[] {
  if (role === "post" || media.length === 0) return [];
  return [
    {
      code: "media_in_comment",
      field: "media",
      severity: "error",
      message: "Instagram comments are text only: put the picture into the post",
    },
  ];
}
