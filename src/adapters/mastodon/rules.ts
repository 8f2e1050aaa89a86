import type { Issue, Variant } from "../../domain/post.ts";
import { textWithLink } from "../contract/text.ts";
import { measure } from "./text.ts";

/** https://docs.joinmastodon.org/user/posting/ (checked 2026-11); a server may set its own. */
export const maxCharacters = 500;
/** Largest pictures and videos in pixels: https://docs.joinmastodon.org/entities/Instance/ (checked 2026-11) */
const maxPixels = { image: 33_177_600, video: 8_294_400 };

/** The warning in front of a post counts towards its length, and a file is bounded by its pixels too. */
export function extraRules(variant: Variant): Issue[] {
  return [...warningIssues(variant), ...pixelIssues(variant)];
}

function warningIssues(variant: Variant): Issue[] {
  const { spoilerText } = variant.options;
  if (typeof spoilerText !== "string" || spoilerText === "") return [];
  const textLength = measure(textWithLink(variant));
  const length = textLength + measure(spoilerText);
  if (length <= maxCharacters || textLength > maxCharacters) return [];
  return [
    {
      code: "text_too_long",
      field: "options/spoilerText",
      severity: "error",
      message: `Mastodon: text and content warning together are ${length} of at most ${maxCharacters} characters`,
    },
  ];
}

function pixelIssues({ media }: Variant): Issue[] {
  return media.flatMap(({ kind, width, height }, index): Issue[] =>
    width * height <= maxPixels[kind]
      ? []
      : [
          {
            code: "media_too_large",
            field: `media/${index}`,
            severity: "error",
            message: `Mastodon takes ${kind}s of at most ${maxPixels[kind]} pixels, this one has ${width * height}`,
          },
        ],
  );
}
