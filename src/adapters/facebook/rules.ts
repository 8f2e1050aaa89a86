import type { Issue, Variant } from "../../domain/post.ts";
import type { Capabilities } from "../contract/capabilities.ts";
import { messageOf } from "./prepare.ts";

/** What depends on more than one part of the variant. */
export function extraRules(variant: Variant, capabilities: Capabilities): readonly Issue[] {
  return [...linkBelowText(variant, capabilities), ...commentIsText(variant), ...uprightVideo(variant)];
}

/** The link is counted only where it travels in the text. */
function linkBelowText(variant: Variant, { text, firstComment }: Capabilities): Issue[] {
  const max = variant.role === "post" ? text.max : (firstComment?.max ?? text.max);
  const length = messageOf(variant).length;
  if (variant.text.length > max || length <= max) return [];
  return [
    {
      code: "text_too_long",
      field: "text",
      severity: "error",
      message: `Facebook: with the link below it the text is ${length} of at most ${max} characters, ${length - max} too many`,
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
      message: "Facebook: a first comment is text only here; put the picture into the post",
    },
  ];
}

// Seen with the /videos edge, which makes a reel's draft of such a video; documented nowhere (checked 2026-11)
function uprightVideo(variant: Variant): Issue[] {
  return variant.media.flatMap((item, index) =>
    item.kind === "video" && item.height > item.width
      ? [
          {
            code: "upright_video",
            field: `media/${index}`,
            severity: "warning" as const,
            message:
              "Facebook may keep an upright video as a draft until somebody shares it in the app: a wide or square one goes out by itself",
          },
        ]
      : [],
  );
}
