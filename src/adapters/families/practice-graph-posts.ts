import type { PracticeNetwork, PracticePost } from "../../practice/kit.ts";
import type { GraphAccount } from "./practice-graph.ts";

/** Puts a post or a comment on its account's timeline. */
export function show(
  post: Pick<PracticePost, "id" | "text" | "link" | "media" | "replyTo"> &
    Partial<Pick<PracticePost, "extra">>,
  account: GraphAccount,
  network: PracticeNetwork,
): void {
  network.publish({
    extra: {},
    ...post,
    accountId: account.id,
    handle: account.handle,
    name: account.name,
    createdAt: network.now().toISOString(),
  });
}

/** What stands below a post, whoever wrote it; newest first. */
export function commentsOn(id: string, network: PracticeNetwork): PracticePost[] {
  return network
    .collection<GraphAccount>("accounts")
    .list()
    .flatMap(([accountId]) => network.posts(accountId))
    .filter((post) => post.replyTo === id)
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
