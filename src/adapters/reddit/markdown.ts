// Reddit shows bodies and comments as Markdown: https://www.reddit.com/wiki/markdown (checked 2026-11)

const address = /https?:\/\/[^\s<>\\`|]+/g;
const signs = /[\\`*_~^[\]<>&|]/g;

/**
 * What has to be sent so that a reader sees this text, sign for sign and line by line. To Reddit one line break is a
 * space, unless two spaces stand before it, and any number of empty lines is one.
 */
export function toMarkdown(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map((line) => escapedLine(line.trimEnd()))
    .join("\n")
    .trim()
    .replace(/\n+/g, ({ length }) => (length === 1 ? "  \n" : `\n\n${"&nbsp;\n\n".repeat(length - 2)}`));
}

function escapedLine(line: string): string {
  let escaped = "";
  let done = 0;
  for (const { 0: url, index } of line.matchAll(address)) {
    escaped += line.slice(done, index).replace(signs, "\\$&") + url;
    done = index + url.length;
  }
  return lineStart(escaped + line.slice(done).replace(signs, "\\$&"));
}

/** At the start of a line more has a meaning: indents, headings, lists, rules. */
function lineStart(line: string): string {
  const words = line.trimStart();
  const shown = words
    .replace(/^[#+-]/, "\\$&")
    .replace(/^=/, "&#61;")
    .replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2");
  return "&nbsp;".repeat(line.length - words.length) + shown;
}

/** What a reader sees of Markdown, its links in full. */
export function plainText(markdown: string): string {
  const paragraphs = markdown
    .replace(/\r\n?/g, "\n")
    .trim()
    .split(/\n(?:[^\S\n]*\n)+/);
  let text = "";
  for (const [index, paragraph] of paragraphs.entries()) {
    const shown = paragraph === "&nbsp;" ? "" : plainParagraph(paragraph);
    // What stands for an empty line adds one, not two.
    if (index > 0) text += shown === "" ? "\n" : "\n\n";
    text += shown;
  }
  return text;
}

function plainParagraph(paragraph: string): string {
  let text = "";
  for (const line of paragraph.split("\n")) {
    const words = line
      .replace(/^ {0,3}(?:#{1,6}\s*|>(?!!)\s?)/, "")
      .replace(/^ {0,3}[*+-] +/, "• ")
      .trimEnd();
    const breaks = line.endsWith("  ") || /(?<!\\)\\$/.test(line);
    text += plainWords(words.replace(/(?<!\\)\\$/, "")) + (breaks ? "\n" : " ");
  }
  return text.trimEnd();
}

// In turn: addresses, escaped signs, entities, links, and what only changes how words look.
const inline =
  /(https?:\/\/[^\s<>\\`|]+)|\\([\\`*_{}[\]()#+\-.!:|&<>/^~])|&(#x?[\da-f]{1,6}|\w{1,10});|!?\[([^[\]]*)\]\(([^\s()]+)(?:\s[^()]*)?\)|(?:(?<=\S)\*{1,3}|\*{1,3}(?=\S)|~~|`+|\^|>!|!<|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w))/gi;

function plainWords(line: string): string {
  return line.replace(inline, (whole, url, sign, entity, words, target) => {
    if (url) return url;
    if (sign) return sign;
    if (entity) return decoded(entity) ?? whole;
    if (target) return words === "" || words === target ? target : `${plainWords(words)} (${target})`;
    return "";
  });
}

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

function decoded(name: string): string | undefined {
  if (!name.startsWith("#")) return named[name.toLowerCase()];
  const hex = /^#x/i.test(name);
  const codePoint = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10);
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : undefined;
}
