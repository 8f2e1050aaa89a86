import type { Issue, Variant } from "../../domain/post.ts";
import type { Capabilities } from "../contract/capabilities.ts";
import { measure, textOf } from "./text.ts";

/** What depends on more than one part of the variant. */
export function extraRules(variant: Variant, capabilities: Capabilities): readonly Issue[] {
  return [...linkBelowText(variant, capabilities), ...commentIsText(variant), ...titleOfNothing(variant)];
}

/** The link is counted only where it travels in the text: beside files, and in a comment. */
function linkBelowText(variant: Variant, { text, firstComment }: Capabilities): Issue[] {
  const max = variant.role === "post" ? text.max : (firstComment?.max ?? text.max);
  const length = measure(textOf(variant));
  if (measure(variant.text) > max || length <= max) return [];
  return [
    {
      code: "text_too_long",
      field: "text",
      severity: "error",
      message: `LinkedIn: with the link below it the text is ${length} of at most ${max} characters, ${length - max} too many`,
    },
  ];
}

function commentIsText(variant: Variant): Issue[] {
  if (variant.role === "post" || variant.media.length === 0) return [];
  return [
    {
      code: "media_in_comment",
      field: "media",
      severity: "error",
      message: "LinkedIn: a first comment is text only here; put the picture into the post",
    },
  ];
}

function titleOfNothing({ role, link, media, options }: Variant): Issue[] {
  const isTitled = media.length === 0 ? link !== null : media.some(({ kind }) => kind === "video");
  if (options.title === undefined || (role === "post" && isTitled)) return [];
  return [
    {
      code: "title_unused",
      field: "options/title",
      severity: "warning",
      message: "LinkedIn shows a title only with a link or a video; this one will not be seen",
    },
  ];
}
