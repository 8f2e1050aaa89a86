import { elements, littleText, plainText } from "./text.ts";

const bareHashtag = /#[\p{L}\p{N}\p{M}]+/gu;
const reserved = /[|{}@[\]()<>#\\*_~]/;
const maxUrl = 26;

/** @returns undefined where a reserved sign is neither escaped nor part of an element */
export function understood(commentary: string): string | undefined {
  const rest = commentary.replace(elements, "").replace(bareHashtag, "");
  return reserved.test(rest) ? undefined : plainText(commentary);
}

/** A text as LinkedIn gives it back: hashtags as templates, addresses shortened. https://www.linkedin.com/help/linkedin/answer/a521889 (checked 2026-11) */
export function shownLittleText(text: string): string {
  const shortened = text.replace(/https?:\/\/[^\s()<>"]+/g, (url) =>
    url.length > maxUrl ? `https://lnkd.in/${Buffer.from(url).toString("hex").slice(-8)}` : url,
  );
  return littleText(shortened).replace(/\\.|#([\p{L}\p{N}\p{M}]+)/gsu, (whole, tag) =>
    tag === undefined ? whole : `{hashtag|\\#|${tag}}`,
  );
}
