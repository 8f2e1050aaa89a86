import { hasHashtag } from "./hashtags.ts";
import type { Link, LinkFilter, SharedItem } from "./link.ts";

/** Why a link does not share something. */
export type NotShared =
  | "not_active"
  | "kind"
  | "language"
  | "not_opted_in"
  | "opted_out"
  | "reply"
  | "repost";

/** @returns null: it is shared */
export function whyNotShared(
  { filter, activeFrom, activeTo }: Pick<Link, "filter" | "activeFrom" | "activeTo">,
  item: SharedItem,
): NotShared | null {
  if (!isWithin(item.at, activeFrom, activeTo)) return "not_active";
  if (item.isRepost && !filter.reposts) return "repost";
  if (item.isReply && !filter.replies) return "reply";
  if (filter.kinds && !hasKind(filter.kinds, item.kinds)) return "kind";
  if (filter.languages && !hasLanguage(filter.languages, item.language)) return "language";
  if (filter.exclude !== undefined && hasHashtag(item.text, filter.exclude)) return "opted_out";
  if (filter.include !== undefined && !hasHashtag(item.text, filter.include)) return "not_opted_in";
  return null;
}

function isWithin(at: Date, from: Date | null, to: Date | null): boolean {
  return (from === null || at >= from) && (to === null || at < to);
}

function hasKind(wanted: NonNullable<LinkFilter["kinds"]>, kinds: SharedItem["kinds"]): boolean {
  return kinds.length === 0 ? wanted.includes("text") : kinds.some((kind) => wanted.includes(kind));
}

function hasLanguage(wanted: readonly string[], language: string | null): boolean {
  return language === null || wanted.some((one) => primary(one) === primary(language));
}

function primary(tag: string): string {
  return tag.toLowerCase().split("-")[0] ?? "";
}
