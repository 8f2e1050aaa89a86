/**
 * Whether a post X shows is the text we sent. X shortens every URL to a t.co one, escapes three signs, adds a t.co URL
 * for media and may touch white space and invisible signs; nothing else is forgiven.
 */
export function isSameText(
  sent: { readonly text: string; readonly media: boolean; readonly reply: boolean },
  shown: string,
): boolean {
  const ours = words(sent.text, sent.reply);
  const theirs = words(unescaped(shown), sent.reply);
  if (sent.media && theirs.length === ours.length + 1 && isShortUrl(theirs.at(-1) ?? "")) theirs.pop();
  return ours.length === theirs.length && ours.every((word, index) => isSameWord(word, theirs[index] ?? ""));
}

const shortUrl = /https?:\/\/t\.co\/\w+/;

function words(text: string, reply: boolean): string[] {
  const plain = text.normalize("NFC").replace(/\p{Default_Ignorable_Code_Point}/gu, "");
  const all = plain.split(/\s+/u).filter((word) => word !== "");
  // X may put the names of those who are answered in front of a reply.
  const start = reply ? all.findIndex((word) => !word.startsWith("@")) : 0;
  return start === -1 ? [] : all.slice(start);
}

/** `&amp;` last: it may stand before another name. */
export function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

function isShortUrl(word: string): boolean {
  return word.replace(shortUrl, "") === "" && word !== "";
}

/** What X shortened stands for anything with a dot in it: it knows more kinds of addresses than any list we could keep. */
function isSameWord(ours: string, theirs: string): boolean {
  if (ours === theirs) return true;
  const [first = "", ...rest] = theirs.split(shortUrl);
  const last = rest.pop();
  if (last === undefined || !ours.startsWith(first) || !ours.endsWith(last)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = ours.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return ours.slice(at, ours.length - last.length).includes(".");
}
