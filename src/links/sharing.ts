import type { LinkRow } from "../db/links.ts";
import type { Person } from "../domain/link/mentions.ts";
import type { NotShared } from "../domain/link/passes.ts";
import type { MediaKind } from "../domain/post.ts";
import type { LinkedAccount } from "./linked-account.ts";

/** What sharing needs to know of a workspace. */
export interface Sharing {
  /** Those that are active. */
  readonly links: readonly LinkRow[];
  readonly accounts: ReadonlyMap<string, LinkedAccount>;
  readonly people: readonly Person[];
  /** Of the files that the posts use. */
  readonly kinds: ReadonlyMap<string, MediaKind>;
}

/** Why a link did not share something, for people. */
export const notSharedWords: Readonly<Record<NotShared, string>> = {
  not_active: "the link is not in force at that time",
  kind: "the link shares other kinds of posts",
  language: "the link shares other languages",
  not_opted_in: "the text lacks the link's hashtag",
  opted_out: "the text has the hashtag that keeps it from being shared",
  reply: "the link shares no replies",
  repost: "the link shares no reposts",
};
