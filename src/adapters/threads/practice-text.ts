import { isUrl } from "../../domain/is-url.ts";
import { isTrue, textOf } from "../families/practice-graph.ts";
import { GraphRefusal } from "../families/practice-graph-errors.ts";
import type { Container } from "./practice-state.ts";
import { isTopic, maxCharacters, maxLinks } from "./rules.ts";
import { linksOf, measure } from "./text.ts";

const replyControls = [
  "everyone",
  "accounts_you_follow",
  "mentioned_only",
  "parent_post_author_only",
  "followers_only",
];

/** The words of a container, and what goes with them; the parts of a carousel have none. @throws GraphRefusal */
export function checkedText(
  given: Readonly<Record<string, unknown>>,
): Pick<Container, "text" | "link" | "topic" | "replyControl"> {
  if (isTrue(given.is_carousel_item)) return { text: "", link: null, topic: "", replyControl: "" };
  const text = textOf(given.text);
  const link = checkedLink(textOf(given.link_attachment), given);
  const topic = textOf(given.topic_tag);
  const replyControl = textOf(given.reply_control);
  if (text === "" && link === null && given.media_type === "TEXT")
    throw new GraphRefusal(100, "(#100) The parameter text is required.");
  if (measure(text) > maxCharacters)
    throw new GraphRefusal(100, `Param text must be at most ${maxCharacters} characters long.`);
  if (linksOf(text, link).size > maxLinks)
    throw new GraphRefusal(100, "THREADS_API__LINK_LIMIT_EXCEEDED", { title: "Too many links" });
  if (topic !== "" && !isTopic(topic))
    throw new GraphRefusal(100, "(#100) Param topic_tag is not a valid topic tag.");
  if (replyControl !== "" && !replyControls.includes(replyControl))
    throw new GraphRefusal(100, `(#100) Param reply_control must be one of {${replyControls.join(", ")}}`);
  return { text, link, topic, replyControl };
}

function checkedLink(link: string, given: Readonly<Record<string, unknown>>): string | null {
  if (link === "") return null;
  const isWeb = isUrl(link) && /^https?:$/.test(new URL(link).protocol);
  if (!isWeb || given.media_type !== "TEXT")
    throw new GraphRefusal(-1, "Fatal", { subcode: 4279047, title: "Invalid link attachment" });
  return link;
}
