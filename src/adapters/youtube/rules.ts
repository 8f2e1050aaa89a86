import type { Issue, Variant } from "../../domain/post.ts";
import { textWithLink } from "../contract/text.ts";

/** https://developers.google.com/youtube/v3/docs/videos#properties (checked 2026-11) */
export const maxTagCharacters = 500;
/** Of a channel whose phone number is not verified. https://support.google.com/youtube/answer/71673 (checked 2026-11) */
const unverifiedMaxMs = 15 * 60_000;

/** YouTube counts a description's bytes, not its characters. https://developers.google.com/youtube/v3/docs/videos#properties (checked 2026-11) */
export function measure(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/** All tags together: a comma between two of them, and quotation marks around one that has a space. */
export function tagCharacters(tags: readonly string[]): number {
  const quoted = tags.map((tag) => tag.length + (tag.includes(" ") ? 2 : 0));
  return quoted.reduce((sum, length) => sum + length, Math.max(0, tags.length - 1));
}

/** What YouTube refuses and capabilities cannot say. */
export function extraRules(variant: Variant): readonly Issue[] {
  return variant.role === "post" ? videoIssues(variant) : commentIssues(variant);
}

function videoIssues(variant: Variant): Issue[] {
  const { title } = variant.options;
  const issues: Issue[] = [];
  if (typeof title === "string" && title.trim() === "")
    issues.push(error("title_missing", "options/title", "YouTube needs a title"));
  if (typeof title === "string" && hasBrackets(title))
    issues.push(error("title_invalid", "options/title", "YouTube takes no < or > in a title"));
  if (hasBrackets(textWithLink(variant)))
    issues.push(error("text_invalid", "text", "YouTube takes no < or > in the text below a video"));
  issues.push(...tagIssues(variant.options.tags));
  const long = variant.media.findIndex(({ durationMs }) => (durationMs ?? 0) > unverifiedMaxMs);
  if (long !== -1)
    issues.push({
      code: "media_duration",
      field: `media/${long}`,
      severity: "warning",
      message:
        "YouTube takes videos of more than 15 minutes only from a channel with a verified phone number: see youtube.com/verify",
    });
  return issues;
}

function tagIssues(tags: Variant["options"][string] | undefined): Issue[] {
  if (!Array.isArray(tags)) return [];
  const length = tagCharacters(tags);
  if (tags.some((tag: string) => tag.trim() === "" || hasBrackets(tag)))
    return [error("tags_invalid", "options/tags", "YouTube takes no empty tag, and no < or > in one")];
  if (length <= maxTagCharacters) return [];
  const message = `YouTube: the tags have ${length} of at most ${maxTagCharacters} characters, ${length - maxTagCharacters} too many`;
  return [error("tags_too_long", "options/tags", message)];
}

/** The comment shares its options with the video it stands below. */
function commentIssues({ media, options }: Variant): Issue[] {
  const issues: Issue[] = [];
  if (media.length > 0)
    issues.push(error("media_in_comment", "media", "YouTube comments are text only: leave the file out"));
  if (options.madeForKids === true || options.privacy === "private")
    issues.push(
      error("comments_off", "text", "YouTube has no comments below videos that are private or made for kids"),
    );
  return issues;
}

function hasBrackets(text: string): boolean {
  return /[<>]/.test(text);
}

function error(code: string, field: string, message: string): Issue {
  return { code, field, message, severity: "error" };
}
