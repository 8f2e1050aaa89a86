import type { PracticePost } from "../../practice/kit.ts";
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
import { publishedMedia } from "./practice-state.ts";

const maxComment = 2196;

/** Comments below public posts, newest first. */
export const commentRoutes: readonly GraphRoute[] = [
  {
    method: "POST",
    path: "/v26.0/:media/comments",
    needs: "instagram_business_manage_comments",
    publishes: () => true,
    text: (request) => textOf(parameters(request).message),
    handle: (account, request, network) => {
      const { media = "" } = request.params;
      if (!publishedMedia(network).get(media)) throw notFound(media);
      const text = textOf(parameters(request).message);
      if (text === "") throw new GraphRefusal(100, "(#100) The parameter message is required");
      if ([...text].length > maxComment) throw new GraphRefusal(100, "(#100) The comment is too long");
      const id = newNumber();
      show({ id, text, link: null, media: [], replyTo: media }, account, network);
      return { id };
    },
  },
  {
    method: "GET",
    path: "/v26.0/:media/comments",
    needs: "instagram_business_manage_comments",
    handle: (_account, request, network) => {
      const { media = "" } = request.params;
      if (!publishedMedia(network).get(media)) throw notFound(media);
      const all = commentsOn(media, network);
      const start = Number(request.query.get("after") ?? 0);
      const end = start + Math.min(50, Number(request.query.get("limit") ?? 50));
      return {
        data: all.slice(start, end).map((comment) => picked(commentNode(comment), "IGComment", request)),
        paging: {
          cursors: { before: String(start), after: String(end) },
          ...(end < all.length && { next: `${network.baseUrl}/v26.0/${media}/comments?after=${end}` }),
        },
      };
    },
  },
];

export function commentNode(comment: PracticePost): Record<string, unknown> {
  return {
    id: comment.id,
    text: comment.text,
    timestamp: graphTime(comment.createdAt),
    username: comment.handle,
    like_count: 0,
  };
}
