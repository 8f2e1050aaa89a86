import type { SourcePost } from "../../src/adapters/contract/source-post.ts";
import { mastodon } from "../../src/adapters/mastodon/index.ts";

type Mastodon = typeof mastodon;
type Recent = NonNullable<Mastodon["recent"]>;

/** Mistakes in reading back what was posted, and how much may still be. */
export const recentMutations: readonly (readonly [mistake: string, seenBy: string, broken: Mastodon])[] = [
  [
    "tells of what is older",
    "has only what was posted since, newest first, with its time",
    withRecent((_since, call) => read(new Date(0), call)),
  ],
  [
    "tells the oldest first",
    "has only what was posted since, newest first, with its time",
    withRecent(async (since, call) => (await read(since, call)).toReversed()),
  ],
  [
    "gives the text as the platform marks it up",
    "has what was posted, as people see it",
    changing((post) => ({ ...post, text: post.text.replaceAll("&", "&amp;") })),
  ],
  [
    "forgets the alt texts of what it reads",
    "has the files, where they can be fetched, with their alt texts",
    changing((post) => ({ ...post, media: post.media.map((item) => ({ ...item, altText: "" })) })),
  ],
  [
    "takes an answer for a post",
    "leaves answers out, or says that they are some",
    changing((post) => ({ ...post, isReply: false })),
  ],
  [
    "writes while it reads",
    "is empty for an account without posts",
    withRecent(async (since, call) => {
      await call.fetch(`${call.baseUrl.api}/api/v1/markers`, { method: "POST" });
      return read(since, call);
    }),
  ],
  [
    "makes up how much is left",
    "is not made up where no header tells of it",
    {
      ...mastodon,
      readBudget: () => [{ scope: "account", of: "posts", remaining: 300, resetMs: 0 }],
    },
  ],
  [
    "stumbles over a header",
    "is a number and a time, or nothing, whatever the headers hold",
    { ...mastodon, readBudget: (headers) => JSON.parse(headers.get("x-ratelimit-remaining") ?? "[]") },
  ],
];

function withRecent(recent: Recent): Mastodon {
  return { ...mastodon, recent };
}

function changing(change: (post: SourcePost) => SourcePost): Mastodon {
  return withRecent(async (since, call) => (await read(since, call)).map(change));
}

async function read(...[since, call]: Parameters<Recent>): Promise<readonly SourcePost[]> {
  return (await mastodon.recent?.(since, call)) ?? [];
}
