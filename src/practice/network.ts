import { Readable } from "node:stream";
import type { Platform } from "../domain/platform.ts";
import type { PracticeChange, PracticeCollection, PracticeNetwork, PracticePost } from "./kit.ts";
import type { Ledger } from "./ledger.ts";
import type { MediaFiles } from "./media-files.ts";
import { pull } from "./pull.ts";
import type { Store } from "./store.ts";
import type { Uploads } from "./uploads.ts";

export interface Ground {
  readonly origin: string;
  readonly now: () => Date;
  readonly store: Store;
  readonly ledger: Ledger;
  readonly uploads: Uploads;
  readonly media: MediaFiles;
  readonly apiMediaOrigin: string | undefined;
  /** Where people reach the app; from here it is at `apiMediaOrigin`. */
  readonly appOrigin: string | undefined;
}

/** One platform's corner of the practice network, on the ground that all of them share. */
export function networkFor(platform: Platform, ground: Ground): PracticeNetwork {
  const posts = ground.store.collection<PracticePost>(postsOf(platform));
  const byAccount = idsByAccount(posts);
  const listeners = new Set<(change: PracticeChange) => void>();
  const tell = (what: PracticeChange["what"], post: PracticePost) => {
    for (const listener of listeners) listener({ what, post });
  };
  const show = (post: PracticePost) => {
    const what = posts.get(post.id) ? "changed" : "posted";
    posts.put(post.id, post);
    const ids = byAccount.get(post.accountId) ?? new Set();
    byAccount.set(post.accountId, ids.add(post.id));
    tell(what, post);
  };
  return {
    baseUrl: `${ground.origin}/${platform}`,
    now: ground.now,
    collection: (name) => ground.store.collection(`${platform}/${name}`),
    show,
    publish(post) {
      show(post);
      ground.ledger.accepted(platform, post);
    },
    refuse: (text, reason) => ground.ledger.refused(platform, text, reason, ground.now()),
    post: (id) => posts.get(id),
    posts: (accountId) =>
      [...(byAccount.get(accountId) ?? [])].flatMap((id) => posts.get(id) ?? []).reverse(),
    edit(post, changes) {
      const changed = { ...post, ...changes, extra: { ...post.extra, ...changes.extra } };
      posts.put(post.id, changed);
      tell("changed", changed);
    },
    remove(id) {
      const post = posts.get(id);
      if (post) {
        posts.delete(id);
        byAccount.get(post.accountId)?.delete(id);
        tell("removed", post);
      }
      return post !== undefined;
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    file: (bytes, mimeType) => ground.uploads.save(Readable.from([bytes]), { mimeType, filename: "" }),
    keep: async (file) => `${ground.origin}/media/${await ground.media.keep(file)}`,
    pull: (url) => pull(fromHere(url, ground), ground.uploads, ground.apiMediaOrigin),
  };
}

function fromHere(url: string, { appOrigin, apiMediaOrigin }: Ground): string {
  const isApps = appOrigin !== undefined && apiMediaOrigin !== undefined && url.startsWith(`${appOrigin}/`);
  return isApps ? apiMediaOrigin + url.slice(appOrigin.length) : url;
}

/** The collection that holds a platform's posts; beside it lie the platform's own. */
export function postsOf(platform: Platform): string {
  return `${platform}:posts`;
}

/** So that asking for one account's posts does not look at everyone's. */
function idsByAccount(posts: PracticeCollection<PracticePost>): Map<string, Set<string>> {
  const ids = new Map<string, Set<string>>();
  for (const [id, post] of posts.list())
    ids.set(post.accountId, (ids.get(post.accountId) ?? new Set()).add(id));
  return ids;
}
