import type { PracticeNetwork, PracticePost } from "../../practice/kit.ts";
import {
  type GraphAccount,
  type GraphRoute,
  graphTime,
  newNumber,
  notFound,
  picked,
} from "../families/practice-graph.ts";
import { containerStatus } from "../families/practice-graph-containers.ts";
import { GraphRefusal } from "../families/practice-graph-errors.ts";
import { commentsOn } from "../families/practice-graph-posts.ts";
import { quotaSeconds, quotas } from "./practice-publish.ts";
import { type Container, containers, deletions } from "./practice-state.ts";

type Node = Readonly<Record<string, unknown>>;

/** Reading, counting and deleting whatever has an id. */
export const nodeRoutes: readonly GraphRoute[] = [
  {
    method: "GET",
    path: "/v1.0/:media/insights",
    needs: "threads_manage_insights",
    handle: (account, { params: { media = "" }, query }, network) => {
      const replies = commentsOn(ownPost(media, account, network).id, network).length;
      const known: Readonly<Record<string, number>> = {
        views: 0,
        likes: 0,
        replies,
        reposts: 0,
        quotes: 0,
        shares: 0,
      };
      const data = (query.get("metric") ?? "").split(",").map((name) => {
        const value = known[name];
        if (value === undefined) throw new GraphRefusal(100, "(#100) metric must be one of the known values");
        return { name, period: "lifetime", values: [{ value }], id: `${media}/insights/${name}/lifetime` };
      });
      return { data };
    },
  },
  {
    method: "GET",
    path: "/v1.0/:id",
    needs: "threads_basic",
    handle: (account, request, network) => {
      const { id = "" } = request.params;
      const { node, type } = nodeOf(id, account, network);
      return picked(node, type, request);
    },
  },
  {
    method: "DELETE",
    path: "/v1.0/:id",
    needs: "threads_delete",
    handle: (account, { params: { id = "" } }, network) => {
      const post = ownPost(id, account, network);
      if (deletionsOf(account, network) >= quotas.deletions)
        throw new GraphRefusal(4, "(#4) Application request limit reached");
      network.remove(post.id);
      deletions(network).put(newNumber(), { accountId: account.id, at: network.now().toISOString() });
      return { success: true, deleted_id: id };
    },
  },
];

/** Of the last 24 hours. */
export function deletionsOf(account: GraphAccount, network: PracticeNetwork): number {
  const since = new Date(network.now().getTime() - quotaSeconds * 1000).toISOString();
  const made = deletions(network).list();
  return made.filter(([, { accountId, at }]) => accountId === account.id && at > since).length;
}

export function postNode(post: PracticePost, network: PracticeNetwork): Node {
  const { id, text, link, media, replyTo, extra, handle, createdAt } = post;
  const files = media.map(({ url, kind, altText }, index) => ({
    id: `${id}${index}`,
    media_type: kind === "video" ? "VIDEO" : "IMAGE",
    media_url: url,
    alt_text: altText || undefined,
  }));
  const single = files.length === 1 ? files[0] : undefined;
  return {
    id,
    media_product_type: "THREADS",
    media_type: extra.mediaType,
    media_url: single?.media_url,
    alt_text: single?.alt_text,
    children: files.length > 1 ? { data: files } : undefined,
    permalink: `${network.baseUrl}/@${handle}/post/${extra.code}`,
    shortcode: extra.code,
    username: handle,
    text: text || undefined,
    timestamp: graphTime(createdAt),
    link_attachment_url: link ?? undefined,
    topic_tag: extra.topic,
    is_quote_post: false,
    is_reply: replyTo !== null,
    replied_to: replyTo === null ? undefined : { id: replyTo },
    has_replies: () => commentsOn(id, network).length > 0,
  };
}

/** @throws GraphRefusal where there is none that this account may see */
function nodeOf(id: string, account: GraphAccount, network: PracticeNetwork): { node: Node; type: string } {
  if (id === "me" || id === account.id)
    return { type: "ThreadsUser", node: { id: account.id, username: account.handle, name: account.name } };
  const container = containers(network).get(id);
  if (container?.accountId === account.id)
    return { type: "ThreadsMediaBuilder", node: containerNode(id, container, network) };
  const post = network.post(id);
  if (post) return { type: "ThreadsMedia", node: postNode(post, network) };
  throw notFound(id);
}

function containerNode(id: string, container: Container, network: PracticeNetwork): Node {
  const status = containerStatus(container, network.now());
  return { id, status, error_message: status === "ERROR" ? container.failure : undefined };
}

function ownPost(id: string, account: GraphAccount, network: PracticeNetwork): PracticePost {
  const post = network.post(id);
  if (post?.accountId !== account.id) throw notFound(id);
  return post;
}
