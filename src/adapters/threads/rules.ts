import type { Issue, Variant } from "../../domain/post.ts";
import { linksOf, measure, messageOf } from "./text.ts";

export const maxCharacters = 500;
// https://developers.facebook.com/docs/threads/create-posts/text-attachments#limitations (checked 2026-11)
export const maxLinks = 5;

/** What capabilities have no words for. */
export function extraRules(variant: Variant): readonly Issue[] {
  const length = measure(messageOf(variant));
  if (length > maxCharacters) return linkBelowText(variant, length);
  return [...tooManyLinks(variant), ...topicAsThreadsTakesIt(variant), ...oneTopic(variant)];
}

/** The link is counted only where it travels in the text. */
function linkBelowText({ text }: Variant, length: number): Issue[] {
  if (measure(text) > maxCharacters) return []; // too long without the link, and told so
  const over = length - maxCharacters;
  const message = `Threads: with the link below it the text is ${length} of at most ${maxCharacters} characters, ${over} too many`;
  return [{ code: "text_too_long", field: "text", severity: "error", message }];
}

function tooManyLinks({ text, link }: Variant): Issue[] {
  const { size } = linksOf(text, link);
  if (size <= maxLinks) return [];
  const message = `Threads takes at most ${maxLinks} different links in one post, not ${size}`;
  return [{ code: "too_many_links", field: "text", severity: "error", message }];
}

/** https://developers.facebook.com/docs/threads/posts#topic-tags (checked 2026-11) */
function topicAsThreadsTakesIt({ options: { topic } }: Variant): Issue[] {
  if (typeof topic !== "string" || isTopic(topic)) return [];
  const message = "Threads takes a topic of 1 to 50 characters without full stops and without &";
  return [{ code: "option_invalid", field: "options/topic", severity: "error", message }];
}

export function isTopic(topic: string): boolean {
  return /^[^.&]{1,50}$/su.test(topic);
}

/** A number sign is no tag. */
function oneTopic({ text, options: { topic } }: Variant): Issue[] {
  const tags = (text.match(/(?<!\S)#[^\s.&@!?,;:#]+/gu) ?? []).filter((tag) => !/^#\d+$/.test(tag));
  const topics = tags.length + (topic === undefined ? 0 : 1);
  if (tags.length === 0 || topics <= 1) return [];
  const message = "Threads gives a post one topic; further #tags stay ordinary words";
  return [{ code: "one_topic", field: "text", severity: "warning", message }];
}
