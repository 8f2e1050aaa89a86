import { type Html, html, httpUrl } from "../markup/html.ts";

const closing = new Set(".,;:!?)]}");
const special = /https?:\/\/[^\s<>"']+|#[\p{L}\p{N}_]+/gu;

/** The text as text, its http(s) addresses as links and its hashtags set apart. */
export function postText(text: string): Html {
  const pieces: Html[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(special)) {
    pieces.push(html`${text.slice(done, index)}`, found.startsWith("#") ? hashtag(found) : address(found));
    done = index + found.length;
  }
  return html`${pieces}${text.slice(done)}`;
}

function hashtag(tag: string): Html {
  return html`<span class="tag">${tag}</span>`;
}

/** Punctuation at the end belongs to the sentence, not to the address. */
function address(found: string): Html {
  let end = found.length;
  while (closing.has(found.charAt(end - 1))) end--;
  const written = found.slice(0, end);
  const href = httpUrl(written);
  if (href === undefined) return html`${found}`;
  return html`<a href="${href}" rel="noopener noreferrer nofollow">${written}</a>${found.slice(end)}`;
}
