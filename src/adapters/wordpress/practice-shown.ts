/**
 * HTML as WordPress shows it: quotes, dashes and dots become typographic ones, tags stay.
 * https://developer.wordpress.org/reference/functions/wptexturize/ (checked 2026-11)
 */
export function asShown(html: string): string {
  return html
    .replace(/<!--[\s\S]*?-->/g, "")
    .split(/(<[^<>]*>)/)
    .map((piece) => (piece.startsWith("<") ? piece : texturized(piece)))
    .join("");
}

/** Lines of a comment as paragraphs. https://developer.wordpress.org/reference/functions/wpautop/ (checked 2026-11) */
export function asParagraphs(text: string): string {
  const parts = text.split(/\n{2,}/).map((part) => `<p>${part.trim().replace(/\n/g, "<br />\n")}</p>`);
  return `${parts.join("\n")}\n`;
}

function texturized(text: string): string {
  return text
    .replace(/\.\.\./g, "&#8230;")
    .replace(/(^|[\s(])"/g, "$1&#8220;")
    .replace(/"/g, "&#8221;")
    .replace(/(^|[\s(])'/g, "$1&#8216;")
    .replace(/'/g, "&#8217;")
    .replace(/ -- /g, " &#8211; ")
    .replace(/(\d)x(?=\d)/g, "$1&#215;");
}
