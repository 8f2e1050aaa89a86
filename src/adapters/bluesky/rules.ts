import type { Issue, Variant } from "../../domain/post.ts";
import { textWithLink } from "../contract/text.ts";
import { bytesOf, measure } from "./text.ts";

// The lexicon app.bsky.feed.post:
// https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json (checked 2026-11)
export const maxGraphemes = 300;
const maxBytes = 3000;
const maxLanguages = 3;

/** A text has a second limit in bytes, and languages are few and well-formed. */
export function extraRules(variant: Variant): Issue[] {
  return [...byteIssues(textWithLink(variant)), ...languageIssues(variant.options.languages)];
}

function byteIssues(text: string): Issue[] {
  const bytes = bytesOf(text);
  if (bytes <= maxBytes || measure(text) > maxGraphemes) return [];
  return [
    {
      code: "text_too_long",
      field: "text",
      severity: "error",
      message: `Bluesky: the text takes ${bytes} of at most ${maxBytes} bytes. Emoji and combined characters take many: use fewer`,
    },
  ];
}

function languageIssues(languages: Variant["options"][string] | undefined): Issue[] {
  if (!Array.isArray(languages)) return [];
  const unknown = languages.filter((language: string) => !isLanguage(language));
  return [
    ...(languages.length > maxLanguages
      ? [languageIssue(`at most ${maxLanguages} languages, not ${languages.length}`)]
      : []),
    ...unknown.map(() => languageIssue("languages by their codes, such as en or pt-BR")),
  ];
}

function languageIssue(takes: string): Issue {
  const message = `Bluesky takes ${takes}`;
  return { code: "option_invalid", field: "options/languages", severity: "error", message };
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
