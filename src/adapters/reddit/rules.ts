import type { Issue, Variant } from "../../domain/post.ts";
import { textWithLink } from "../contract/text.ts";
import { measure, subredditOf, titleOf } from "./content.ts";

/** https://github.com/reddit-archive/reddit/blob/master/r2/r2/controllers/api.py (checked 2026-11) */
export const maxTitle = 300;
export const maxBody = 40_000;
/** https://praw.readthedocs.io/en/stable/code_overview/models/subreddit.html, submit_gallery (checked 2026-11) */
export const maxCaption = 180;

/** What capabilities cannot express: names, and what becomes of what Reddit has no field for. */
export function extraRules(variant: Variant): Issue[] {
  const issues = optionIssues(variant);
  return variant.role === "post"
    ? [...issues, ...linkIssues(variant), ...captionIssues(variant)]
    : [...issues, ...commentIssues(variant)];
}

/** Reddit's captions are for everyone to read; what is longer is cut. */
export function captionOf(altText: string): string {
  const signs = [...altText.replace(/\s+/g, " ").trim()];
  return signs.length <= maxCaption ? signs.join("") : `${signs.slice(0, maxCaption - 1).join("")}…`;
}

function optionIssues({ options }: Variant): Issue[] {
  const issues: Issue[] = [];
  if (options.subreddit !== undefined && !/^(?:u_[\w-]{3,20}|\w{2,21})$/.test(subredditOf(options.subreddit)))
    issues.push({
      code: "option_invalid",
      field: "options/subreddit",
      message: "Reddit: subreddit must be the name of one subreddit, such as water or r/water",
      severity: "error",
    });
  if (options.title !== undefined && titleOf(options.title) === "")
    issues.push({
      code: "option_invalid",
      field: "options/title",
      message: "Reddit: a post needs a title",
      severity: "error",
    });
  return issues;
}

function commentIssues({ media }: Variant): Issue[] {
  if (media.length === 0) return [];
  const message = "Reddit: comments are text only";
  return [{ code: "media_in_comment", field: "media", message, severity: "error" }];
}

function linkIssues(variant: Variant): Issue[] {
  const { link, media, text } = variant;
  if (link === null || media.length === 0) return [];
  const length = measure(textWithLink(variant));
  if (length > maxBody && measure(text) <= maxBody)
    return [
      {
        code: "text_too_long",
        field: "text",
        message: `Reddit: text and link together are ${length} of at most ${maxBody} characters`,
        severity: "error",
      },
    ];
  return [
    {
      code: "link_in_text",
      field: "link",
      message: "Reddit has no place for a link beside files: it stands below the text",
      severity: "warning",
    },
  ];
}

function captionIssues({ media }: Variant): Issue[] {
  if (media.length < 2) return [];
  return media.flatMap(({ altText }, index): Issue[] => {
    const caption = captionOf(altText);
    if (caption === "") return [];
    const cut = caption.endsWith("…") && !altText.endsWith("…") ? `, cut to ${maxCaption} characters` : "";
    return [
      {
        code: "alt_text_as_caption",
        field: `media/${index}`,
        message: `Reddit shows the alt text to everyone, as a caption below the picture${cut}`,
        severity: "warning",
      },
    ];
  });
}
