import type { PracticeNetwork, PracticePost } from "../../practice/kit.ts";
import {
  type GraphRoute,
  graphTime,
  newNumber,
  notFound,
  parameters,
  picked,
  textOf,
} from "../families/practice-graph.ts";
import { GraphRefusal } from "../families/practice-graph-errors.ts";
import { commentsOn, show } from "../families/practice-graph-posts.ts";
import { maxComment } from "./practice-edit.ts";

/** Comments stand below public posts and videos only. */
export const commentRoutes: readonly GraphRoute[] = [
  {
    method: "POST",
    path: "/v26.0/:id/comments",
    needs: "pages_manage_engagement",
    publishes: () => true,
    text: (request) => textOf(parameters(request).message),
    handle: (account, request, network) => {
      const { id = "" } = request.params;
      const parent = network.post(id);
      if (!parent) throw notFound(id);
      const text = textOf(parameters(request).message);
      if (text === "") throw new GraphRefusal(100, "(#100) The parameter message is required");
      if (text.length > maxComment) throw new GraphRefusal(100, "(#100) The comment is too long");
      const commentId = `${id.split("_").at(-1)}_${newNumber()}`;
      show({ id: commentId, text, link: null, media: [], replyTo: id }, account, network);
      return { id: commentId };
    },
  },
  {
    method: "GET",
    path: "/v26.0/:id/comments",
    needs: "pages_read_engagement",
    handle: (_account, request, network) => {
      const { id = "" } = request.params;
      if (!network.post(id)) throw notFound(id);
      const { query } = request;
      const newestFirst = query.get("order") === "reverse_chronological";
      const all = commentsOn(id, network);
      const ordered = newestFirst ? all : all.reverse();
      const start = Number(query.get("after") ?? 0);
      const end = start + Number(query.get("limit") ?? 25);
      return {
        data: ordered
          .slice(start, end)
          .map((comment) => picked(commentNode(comment, network), "Comment", request)),
        paging: {
          cursors: { before: String(start), after: String(end) },
          ...(end < ordered.length && { next: `${network.baseUrl}/v26.0/${id}/comments?after=${end}` }),
        },
      };
    },
  },
];

export function commentNode(comment: PracticePost, network: PracticeNetwork): Record<string, unknown> {
  return {
    id: comment.id,
    message: comment.text,
    created_time: graphTime(comment.createdAt),
    permalink_url: `${network.baseUrl}/posts/${comment.id}`,
    from: { id: comment.accountId, name: comment.name },
    like_count: 0,
    comment_count: () => commentsOn(comment.id, network).length,
  };
}
