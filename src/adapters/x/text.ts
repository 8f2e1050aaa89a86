import twitterText from "twitter-text";
import type { Issue, Variant } from "../../domain/post.ts";
import { textWithLink } from "../contract/text.ts";
import { piecesOf } from "../families/pieces.ts";

/** The weighted length: 280 at most; a URL counts 23, most of the world's letters 2. https://docs.x.com/fundamentals/counting-characters (checked 2026-11) */
export function measure(text: string): number {
  if (text.length > longestParsed) return [...text].length;
  return piecesOf(text).reduce((sum, piece) => sum + twitterText.parseTweet(piece).weightedLength, 0);
}

/** twitter-text slows with the square of the length. What is longer than this is far too long by any count. */
const longestParsed = 15_000;

export function cashtags(text: string): readonly string[] {
  return twitterText.extractCashtags(text);
}

/** What X refuses and capabilities cannot say. */
export function extraRules(variant: Variant): readonly Issue[] {
  const text = textWithLink(variant);
  if (text.length > longestParsed) return []; // too long, and told so
  const issues: Issue[] = [];
  const tags = cashtags(text);
  if (tags.length > 1)
    issues.push(
      error(
        "too_many_cashtags",
        "text",
        `X takes at most one cashtag in a post, this one has ${tags.length}: ${tags.map((tag) => `$${tag}`).join(", ")}`,
      ),
    );
  if (twitterText.hasInvalidCharacters(text))
    issues.push(error("text_invalid", "text", "X does not take an invisible character that is in this text"));
  if (variant.media.length > 1 && variant.media.some((item) => item.mimeType === "image/gif"))
    issues.push(error("media_mixed", "media", "X takes a GIF only by itself, without further files"));
  return issues;
}

function error(code: string, field: string, message: string): Issue {
  return { code, field, message, severity: "error" };
}
