import type { Issue, Variant } from "../../domain/post.ts";
import { contentOf } from "./blocks.ts";
import { codePoints, paragraphs } from "./text.ts";

// https://www.tumblr.com/docs/npf#post-content-limits (checked 2026-11)
export const maxBlockLength = 4096;
export const maxBlocks = 1000;
/** "One megabyte … when it's stored", the files not counted. */
export const maxStoredBytes = 1_000_000;

/** What capabilities cannot express: lengths that count by paragraph and by post, and tags. */
export function extraRules(variant: Variant): Issue[] {
  return [...paragraphIssues(variant), ...sizeIssues(variant), ...tagIssues(variant)];
}

/** Tags as Tumblr takes them: it adds the # itself. */
export function tagsOf({ options }: Variant): string[] {
  const { tags } = options;
  return Array.isArray(tags) ? tags.map((tag: string) => tag.trim().replace(/^#/, "").trim()) : [];
}

/** Said beside the length, since that alone does not tell which paragraph is meant. */
function paragraphIssues({ text }: Variant): Issue[] {
  return paragraphs(text)
    .filter((paragraph) => codePoints(paragraph) > maxBlockLength)
    .map((paragraph) => {
      const beginning = [...paragraph.slice(0, 200).trim()].slice(0, 30).join("");
      return error(
        "paragraph_too_long",
        "text",
        `Tumblr takes at most ${maxBlockLength} characters in one paragraph: divide the one that begins with “${beginning}” by an empty line`,
      );
    });
}

function sizeIssues(variant: Variant): Issue[] {
  const { content } = contentOf(variant);
  if (content.length > maxBlocks)
    return [
      error(
        "too_many_paragraphs",
        "text",
        `Tumblr takes at most ${maxBlocks} paragraphs and files in one post, not ${content.length}`,
      ),
    ];
  if (Buffer.byteLength(JSON.stringify(content)) > maxStoredBytes)
    return [
      error("text_too_long", "text", "Tumblr: the text is larger than a post may be. Make several of it"),
    ];
  return [];
}

/** They travel as one text with commas between them. */
function tagIssues(variant: Variant): Issue[] {
  return tagsOf(variant).flatMap((tag) => {
    const says = tag.includes(",")
      ? `“${tag}” has a comma, which divides tags: make two of it`
      : tag === "" && "there is one without letters";
    return says ? [error("option_invalid", "options/tags", `Tumblr: tags: ${says}`)] : [];
  });
}

function error(code: string, field: string, message: string): Issue {
  return { code, field, message, severity: "error" };
}
