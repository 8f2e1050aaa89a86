import type { PracticeNetwork, PracticePost } from "../../practice/kit.ts";
import { type GraphRoute, graphTime, ownPath, picked } from "../families/practice-graph.ts";
import { GraphRefusal } from "../families/practice-graph-errors.ts";
import { attachmentsOf } from "./practice-attachments.ts";

const maxPage = 100;

/** The page's own public posts, newest first, videos among them; their comments are not. */
export const publishedRoutes: readonly GraphRoute[] = [
  {
    method: "GET",
    path: "/v26.0/:page/published_posts",
    needs: "pages_read_engagement",
    handle: (account, request, network) => {
      ownPath(request.params.page, account, network);
      const { query } = request;
      const limit = Number(query.get("limit") ?? 25);
      if (!(limit > 0 && limit <= maxPage))
        throw new GraphRefusal(100, "(#100) Param limit must be between 1 and 100");
      const since = Number(query.get("since") ?? 0) * 1000;
      const posts = network
        .posts(account.id)
        .filter(({ replyTo, createdAt }) => replyTo === null && Date.parse(createdAt) >= since);
      return {
        data: posts.slice(0, limit).map((post) => picked(publishedNode(post, network), "PagePost", request)),
        paging: {},
      };
    },
  },
];

/** A video is a post of its own on this list, with another id than the video's. */
function publishedNode(post: PracticePost, network: PracticeNetwork): Readonly<Record<string, unknown>> {
  const attachments = attachmentsOf(post, network);
  return {
    id: post.id.includes("_") ? post.id : `${post.accountId}_${post.id}`,
    message: post.text || undefined,
    created_time: graphTime(post.createdAt),
    permalink_url: `${network.baseUrl}/posts/${post.id}`,
    parent_id: undefined,
    privacy: { value: "EVERYONE", description: "Public" },
    is_hidden: false,
    attachments,
  };
}
