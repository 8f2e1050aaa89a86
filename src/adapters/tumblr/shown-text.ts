import type { ShownBlock } from "./api.ts";
import { isSameAddress, realAddress } from "./links.ts";

/** The text of a post as a reader sees it: an empty line between paragraphs, none between the items of a list. */
export function shownText(content: readonly ShownBlock[]): string {
  let text = "";
  let number = 0;
  let before: ShownBlock | undefined;
  for (const block of content.filter(({ type }) => type === "text")) {
    number = block.subtype === "ordered-list-item" ? number + 1 : 0;
    const gap = isListItem(block) && before && isListItem(before) ? "\n" : "\n\n";
    text += (before ? gap : "") + bulletOf(block, number) + withAddresses(block);
    before = block;
  }
  return text;
}

function isListItem({ subtype = "" }: ShownBlock): boolean {
  return subtype.endsWith("-list-item");
}

function bulletOf({ subtype }: ShownBlock, number: number): string {
  if (subtype === "ordered-list-item") return `${number}. `;
  return subtype === "unordered-list-item" ? "• " : "";
}

/** Words that lead somewhere are followed by where; from the end, since what is put in moves what comes after. */
function withAddresses({ text = "", formatting = [] }: ShownBlock): string {
  const letters = [...text]; // ranges count code points
  for (const { start, end, type, url } of [...formatting].sort((one, other) => other.start - one.start)) {
    if (type !== "link" || url === undefined) continue;
    const words = letters.slice(start, end).join("");
    const target = realAddress(url);
    letters.splice(start, end - start, isSameAddress(words, target) ? words : `${words} (${target})`);
  }
  return letters.join("");
}
