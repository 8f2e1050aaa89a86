import { createHash } from "node:crypto";
import { mediaIn } from "../markup/media-in.ts";
import type { AttachedDraft, FeedDraft, ItemDraft } from "./draft.ts";
import { feedDate } from "./feed-date.ts";
import type { FeedItem } from "./feed-item.ts";
import { webUrl } from "./web-url.ts";

const maxText = 20_000;
const maxTitle = 1000;
const maxAltText = 2000;
const maxMedia = 10;
const maxId = 500;

/** @param home where the feed is read by people, for items without an address of their own */
export function toItem(draft: ItemDraft, feed: FeedDraft, home: string): FeedItem {
  const link = firstUrl(draft.links, draft.base);
  return {
    externalId: idOf(draft, link),
    externalUrl: link ?? home,
    title: oneLine(draft.title),
    text: cut(draft.texts.map((text) => cleaned(text).trim()).find((text) => text !== "") ?? "", maxText),
    link,
    media: mediaOf(draft),
    language: languageOf([...draft.languages, ...feed.languages]),
    createdAt: feedDate(draft.dates),
    isReply: false,
    isRepost: false,
  };
}

export function firstUrl(written: readonly (string | undefined)[], base: string): string | null {
  return written.map((url) => webUrl(url, base)).find((url) => url !== null) ?? null;
}

/** The same for every reading, as long as the item has not changed. */
function idOf(draft: ItemDraft, link: string | null): string {
  const id = cleaned(draft.id ?? "").trim() || (link ?? "");
  if (id !== "" && id.length <= maxId) return id;
  const content = id === "" ? [draft.title, ...draft.texts, draft.html].join("\n") : id;
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

/** What is attached; only where nothing is, the pictures in the text, which often are the same ones in another size. */
function mediaOf({ attached, base, html, htmlBase }: ItemDraft): FeedItem["media"] {
  const inText = mediaIn(html).map((file) => ({ ...file, type: file.kind }));
  const described = new Map(inText.map(({ url, altText }) => [webUrl(url, htmlBase), altText]));
  const files = usable(attached, base);
  return (files.length > 0 ? files : usable(inText, htmlBase)).slice(0, maxMedia).map((file) => ({
    ...file,
    altText: cut(cleaned(file.altText || (described.get(file.url) ?? "")).trim(), maxAltText),
  }));
}

function usable(files: readonly AttachedDraft[], base: string): FeedItem["media"] {
  const found = new Map<string, FeedItem["media"][number]>();
  for (const { url: written, type, altText = "" } of files) {
    const url = webUrl(written, base);
    const kind = /^(image|video)(?:\/|$)/i.exec(type?.trim() ?? "")?.[1]?.toLowerCase();
    if (url === null || found.has(url) || (kind !== "image" && kind !== "video")) continue;
    found.set(url, { url, kind, altText });
  }
  return [...found.values()];
}

/** BCP 47, spelled as it should be. */
function languageOf(written: readonly (string | undefined)[]): string | null {
  for (const name of written) {
    const tag = name?.trim().replaceAll("_", "-") ?? "";
    if (!/^[a-z]{2,3}(?:-[a-z\d]{1,8}){0,4}$/i.test(tag)) continue;
    try {
      return Intl.getCanonicalLocales(tag)[0] ?? null;
    } catch {} // formed like a tag, and none
  }
  return null;
}

export function oneLine(title: string): string {
  return cut(
    cleaned(cut(title, maxTitle * 10))
      .replace(/\s+/g, " ")
      .trim(),
    maxTitle,
  );
}

/** Without characters that mean nothing to a reader and that a database refuses. */
function cleaned(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, "");
}

/** At most that many characters, the last of them whole. */
function cut(text: string, max: number): string {
  return text.length <= max ? text : text.slice(0, max).replace(/\p{Cs}$/u, "");
}
