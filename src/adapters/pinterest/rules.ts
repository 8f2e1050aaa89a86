import { isUrl } from "../../domain/is-url.ts";
import type { Issue, Variant } from "../../domain/post.ts";
import { altTextOf, measure } from "./text.ts";

export const maxAltText = 500;
export const maxLink = 2048;
/**
 * Pinterest's limit for one picture, and ours for all that travel in one request, as Pinterest names none: as base64
 * they are 27 MB.
 */
export const maxPicturesBytes = 20_000_000;
/** Cropping rounds to whole pixels. */
const shapeTolerance = 0.01;

/** What capabilities have no words for. */
export function extraRules(variant: Variant): readonly Issue[] {
  return [...linkIssues(variant), ...carouselIssues(variant)];
}

/** Where a Pin leads: the post's link; the option `link` where the post has none. */
export function linkOf({ link, options }: Variant): string | null {
  return link ?? (typeof options.link === "string" && options.link !== "" ? options.link : null);
}

function linkIssues(variant: Variant): Issue[] {
  const link = linkOf(variant);
  const { link: option } = variant.options;
  const field = variant.link === null ? "options/link" : "link";
  const issues: Issue[] = [];
  if (link !== null && !isWebAddress(link))
    issues.push(error("link_invalid", field, "Pinterest takes a link that starts with http:// or https://"));
  if (link !== null && measure(link) > maxLink)
    issues.push(error("link_too_long", field, `Pinterest takes links of at most ${maxLink} characters`));
  if (variant.link !== null && typeof option === "string" && option !== variant.link)
    issues.push({
      code: "link_ignored",
      field: "options/link",
      severity: "warning",
      message: "A Pin leads to one address: the post's own link is taken, not the option's",
    });
  return issues;
}

/** https://help.pinterest.com/en/business/article/pinterest-product-specs (checked 2026-11) */
function carouselIssues({ media }: Variant): Issue[] {
  const [first, second] = media;
  if (!first || !second || media.some(({ kind }) => kind !== "image")) return [];
  const issues: Issue[] = [];
  for (const [index, item] of media.entries())
    if (!isSameShape(first, item))
      issues.push(
        error(
          "media_aspect",
          `media/${index}`,
          "Pinterest wants all pictures of one Pin in the same shape: crop them alike",
        ),
      );
  const bytes = media.reduce((sum, item) => sum + item.bytes, 0);
  if (bytes > maxPicturesBytes)
    issues.push(
      error(
        "media_too_large",
        "media",
        `The pictures of one Pin may have at most ${maxPicturesBytes} bytes together, these have ${bytes}`,
      ),
    );
  return [...issues, ...altTextIssues(altTextOf(media))];
}

/** Never shortened: whoever needs the alt text cannot see what is missing. */
function altTextIssues(joined: string): Issue[] {
  if (joined === "") return [];
  const length = measure(joined);
  if (length > maxAltText)
    return [
      error(
        "alt_text_too_long",
        "media",
        `A Pin has one alt text for all of its pictures: together theirs are ${length} of at most ${maxAltText} characters`,
      ),
    ];
  return [
    {
      code: "alt_text_joined",
      field: "media",
      severity: "warning",
      message:
        "A Pin has one alt text for all of its pictures: theirs are put together, each with its number",
    },
  ];
}

/** Of two pictures: width by height. */
export function isSameShape(one: Shape, other: Shape): boolean {
  const [a, b] = [one.width * other.height, other.width * one.height];
  return Math.abs(a - b) <= shapeTolerance * Math.max(a, b);
}

interface Shape {
  readonly width: number;
  readonly height: number;
}

function isWebAddress(link: string): boolean {
  return /^https?:\/\//i.test(link) && isUrl(link);
}

function error(code: string, field: string, message: string): Issue {
  return { code, field, message, severity: "error" };
}
