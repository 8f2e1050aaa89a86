import type { PracticeNetwork } from "../../practice/kit.ts";
import {
  type GraphAccount,
  type GraphRoute,
  graphTime,
  notFound,
  picked,
} from "../families/practice-graph.ts";
import { GraphRefusal } from "../families/practice-graph-errors.ts";
import { commentsOn } from "../families/practice-graph-posts.ts";
import { commentNode } from "./practice-comments.ts";
import { type FeedPost, feedPosts, type Photo, photos, type Video, videos } from "./practice-state.ts";

type Node = Readonly<Record<string, unknown>>;

/** Reading whatever has an id, with a page's token. */
export const readNode: GraphRoute = {
  method: "GET",
  path: "/v26.0/:id",
  handle: (account, request, network) => {
    const { id = "" } = request.params;
    const { node, type } = nodeOf(id, account, network);
    return picked(node, type, request);
  },
};

/** Reading several, and deleting one. */
export const nodeRoutes: readonly GraphRoute[] = [
  {
    method: "GET",
    path: "/v26.0/",
    handle: (account, request, network) => {
      const ids = (request.query.get("ids") ?? "").split(",").filter((id) => id !== "");
      if (ids.length === 0 || ids.length > 50) throw new GraphRefusal(100, "(#100) ids must be 1 to 50");
      const nodes = ids.map((id) => ({ id, ...nodeOf(id, account, network) }));
      return Object.fromEntries(nodes.map(({ id, node, type }) => [id, picked(node, type, request)]));
    },
  },
  {
    method: "DELETE",
    path: "/v26.0/:id",
    needs: "pages_manage_posts",
    handle: (account, { params: { id = "" } }, network) => {
      const { type } = nodeOf(id, account, network);
      const shown = network.post(id);
      if (type === "Page" || (shown && shown.accountId !== account.id)) throw notFound(id);
      removeNode(id, network);
      return { success: true };
    },
  },
];

export function removeNode(id: string, network: PracticeNetwork): void {
  network.remove(id);
  for (const collection of [feedPosts(network), videos(network), photos(network)]) collection.delete(id);
}

/** @throws GraphRefusal where there is none that this account may see */
function nodeOf(id: string, account: GraphAccount, network: PracticeNetwork): { node: Node; type: string } {
  if (id === "me" || id === account.id)
    return { type: "Page", node: { id: account.id, name: account.name, username: account.handle } };
  const post = feedPosts(network).get(id);
  if (post && (post.published || post.accountId === account.id))
    return { type: "PagePost", node: postNode(id, post, network) };
  const video = videos(network).get(id);
  if (video && (video.published || video.accountId === account.id))
    return { type: "Video", node: videoNode(id, video, network) };
  const photo = photos(network).get(id);
  if (photo?.accountId === account.id) return { type: "Photo", node: photoNode(id, photo) };
  const comment = network.post(id);
  if (comment && comment.replyTo !== null) return { type: "Comment", node: commentNode(comment, network) };
  throw notFound(id);
}

function postNode(id: string, post: FeedPost, network: PracticeNetwork): Node {
  return {
    id,
    message: post.message || undefined,
    is_published: post.published,
    created_time: graphTime(post.createdAt),
    permalink_url: `${network.baseUrl}/posts/${id}`,
    reactions: { data: [], summary: { total_count: 0 } },
    comments: () => ({ data: [], summary: { total_count: commentsOn(id, network).length } }),
    shares: undefined,
  };
}

function photoNode(id: string, { url, altText }: Photo): Node {
  return { id, alt_text_custom: altText || undefined, images: [{ source: url, width: 640, height: 640 }] };
}

function videoNode(id: string, video: Video, network: PracticeNetwork): Node {
  const isReady = Date.parse(video.readyAt) <= network.now().getTime();
  return {
    id,
    description: video.description || undefined,
    published: video.published,
    permalink_url: `/${video.accountId}/videos/${id}/`, // without the host, as for all videos
    status: {
      video_status: isReady ? "ready" : "processing",
      uploading_phase: { status: "complete" },
      processing_phase: { status: isReady ? "complete" : "in_progress" },
      publishing_phase: { status: video.published ? "complete" : "not_started" },
    },
    likes: { data: [], summary: { total_count: 0 } },
    comments: () => ({ data: [], summary: { total_count: commentsOn(id, network).length } }),
  };
}
