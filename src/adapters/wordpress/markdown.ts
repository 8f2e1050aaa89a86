import { lexer, type MarkedToken, type Token, type Tokens } from "marked";
import { PublishError } from "../contract/publish-error.ts";
import { inline, isShowable } from "./markdown-inline.ts";
import { block, escapeAttribute, escapeHtml } from "./markup.ts";

/**
 * Markdown as the blocks of WordPress's editor. HTML in it is text like any other.
 * https://developer.wordpress.org/block-editor/reference-guides/core-blocks/ (checked 2026-11)
 * @throws PublishError `invalid` where lists or quotes stand hundreds deep in each other
 */
export function markdownBlocks(text: string): string[] {
  try {
    return blocks(lexer(text, { gfm: true, breaks: true }));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new PublishError(
      "invalid",
      "The lists or quotes of this text stand too deep in each other for WordPress. Write it more simply",
      { code: "markdown_too_deep", notSent: true },
    );
  }
}

function blocks(tokens: readonly Token[]): string[] {
  return (tokens as readonly Tokens.Generic[]).flatMap((token) => blockOf(token) ?? []);
}

function blockOf(token: Tokens.Generic): string | undefined {
  const kind = token as MarkedToken;
  switch (kind.type) {
    case "space":
    case "def": // the address a link elsewhere in the text names
      return undefined;
    case "heading": {
      const level = Math.max(2, kind.depth); // the first level is the post's title
      const html = `<h${level} class="wp-block-heading">${inline(kind.tokens)}</h${level}>`;
      return block("heading", html, level === 2 ? {} : { level });
    }
    case "blockquote":
      return block(
        "quote",
        `<blockquote class="wp-block-quote">${blocks(kind.tokens).join("\n\n")}</blockquote>`,
      );
    case "code":
      return block("code", `<pre class="wp-block-code"><code>${escapeHtml(kind.text)}</code></pre>`);
    case "hr":
      return block("separator", '<hr class="wp-block-separator has-alpha-channel-opacity"/>');
    case "list":
      return list(kind);
    case "table":
      return table(kind);
    case "paragraph":
      return onlyImage(kind) ?? paragraph(inline(kind.tokens));
    case "text":
      return paragraph(kind.tokens ? inline(kind.tokens) : asText(kind.raw));
    default:
      return paragraph(asText(token.raw));
  }
}

function paragraph(html: string): string | undefined {
  return html === "" ? undefined : block("paragraph", `<p>${html}</p>`);
}

function asText(raw: string): string {
  return escapeHtml(raw.trim()).replace(/\n/g, "<br>");
}

/** A picture that stands by itself; its address is the author's own. */
function onlyImage({ tokens }: Tokens.Paragraph): string | undefined {
  const [image, another] = tokens as readonly Tokens.Image[];
  if (image?.type !== "image" || another || !isShowable(image.href)) return undefined;
  const picture = `<img src="${escapeAttribute(image.href)}" alt="${escapeAttribute(image.text)}"/>`;
  return block("image", `<figure class="wp-block-image">${picture}</figure>`);
}

function list({ ordered, start, items }: Tokens.List): string {
  const attributes = {
    ...(ordered && { ordered }),
    ...(ordered && start !== "" && start !== 1 && { start }),
  };
  const tag = ordered ? "ol" : "ul";
  const from = "start" in attributes ? ` start="${attributes.start}"` : "";
  const html = items.map((item) => block("list-item", `<li>${listItem(item)}</li>`)).join("\n\n");
  return block("list", `<${tag}${from}>${html}</${tag}>`, attributes);
}

/** An item holds words and lists; of anything else the words are kept. */
function listItem({ tokens }: Tokens.ListItem): string {
  let html = "";
  for (const token of tokens as readonly Tokens.Generic[]) {
    if (token.type === "space") continue;
    if (token.type === "list") {
      html += list(token as Tokens.List);
      continue;
    }
    const isInline = ["text", "paragraph", "checkbox"].includes(token.type);
    const words = isInline
      ? inline(token.type === "checkbox" ? [token] : (token.tokens ?? []))
      : asText(token.raw);
    html += html === "" || html.endsWith(" ") ? words : `<br>${words}`;
  }
  return html;
}

function table({ header, rows }: Tokens.Table): string {
  const row = (cells: readonly Tokens.TableCell[], tag: "th" | "td") =>
    `<tr>${cells.map(({ tokens }) => `<${tag}>${inline(tokens)}</${tag}>`).join("")}</tr>`;
  const head = `<thead>${row(header, "th")}</thead>`;
  const body = `<tbody>${rows.map((cells) => row(cells, "td")).join("")}</tbody>`;
  const html = `<figure class="wp-block-table"><table>${head}${body}</table></figure>`;
  return block("table", html, { hasFixedLayout: false });
}
