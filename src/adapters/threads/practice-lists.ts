import type { PracticeNetwork, PracticeRequest } from "../../practice/kit.ts";
import { type GraphAccount, type GraphRoute, ownPath, picked } from "../families/practice-graph.ts";
import { GraphRefusal } from "../families/practice-graph-errors.ts";
import { deletionsOf, postNode } from "./practice-nodes.ts";
import { quotaSeconds, quotas, quotaUsage } from "./practice-publish.ts";

const defaultPage = 25;
const maxPage = 100;
const earliestSeconds = 1_688_540_400;

/** One's own posts, one's own replies, and how many more there may be today. */
export const listRoutes: readonly GraphRoute[] = [
  {
    method: "GET",
    path: "/v1.0/:user/threads",
    needs: "threads_basic",
    handle: (account, request, network) => listed("post", account, request, network),
  },
  {
    method: "GET",
    path: "/v1.0/:user/replies",
    needs: "threads_read_replies",
    handle: (account, request, network) => listed("reply", account, request, network),
  },
  {
    method: "GET",
    path: "/v1.0/:user/threads_publishing_limit",
    handle: (account, request, network) => {
      ownPath(request.params.user, account, network);
      const { posts, replies } = quotaUsage(account, network);
      const quota = {
        quota_usage: posts,
        config: config(quotas.posts),
        reply_quota_usage: replies,
        reply_config: config(quotas.replies),
        delete_quota_usage: deletionsOf(account, network),
        delete_config: config(quotas.deletions),
      };
      const { id: _id, ...asked } = picked(quota, "ThreadsPublishingLimit", request);
      return { data: [asked] };
    },
  },
];

/** Newest first, page by page. @throws GraphRefusal */
function listed(
  kind: "post" | "reply",
  account: GraphAccount,
  request: PracticeRequest,
  network: PracticeNetwork,
) {
  ownPath(request.params.user, account, network);
  const { query } = request;
  const [since, until] = [query.get("since"), query.get("until")].map((time) => time && Number(time));
  if (since && !(since >= earliestSeconds && since < (until || Number.POSITIVE_INFINITY)))
    throw new GraphRefusal(100, "(#100) The since parameter is out of range");
  const limit = Number(query.get("limit") ?? defaultPage);
  if (!(limit >= 0 && limit <= maxPage))
    throw new GraphRefusal(100, "(#100) Param limit must be between 0 and 100");
  const posts = network.posts(account.id).filter(({ replyTo, createdAt }) => {
    const at = Date.parse(createdAt) / 1000;
    return (
      (replyTo === null) === (kind === "post") &&
      at >= (since || 0) &&
      at <= (until || Number.POSITIVE_INFINITY)
    );
  });
  const start = Number(query.get("after") ?? 0);
  const page = posts.slice(start, start + limit);
  return {
    data: page.map((post) => picked(postNode(post, network), "ThreadsMedia", request)),
    ...(page.length > 0 && {
      paging: { cursors: { before: String(start), after: String(start + page.length) } },
    }),
  };
}

function config(total: number) {
  return { quota_total: total, quota_duration: quotaSeconds };
}
