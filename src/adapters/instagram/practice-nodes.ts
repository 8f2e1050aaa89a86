import type { PracticeNetwork } from "../../practice/kit.ts";
import {
  type GraphAccount,
  type GraphRoute,
  graphTime,
  notFound,
  ownPath,
  picked,
} from "../families/practice-graph.ts";
import { containerStatus } from "../families/practice-graph-containers.ts";
import { GraphRefusal } from "../families/practice-graph-errors.ts";
import { commentsOn } from "../families/practice-graph-posts.ts";
import { commentNode } from "./practice-comments.ts";
import { quotaSeconds, quotaTotal, quotaUsage } from "./practice-publish.ts";
import { type Container, containers, publishedMedia } from "./practice-state.ts";

type Node = Readonly<Record<string, unknown>>;

/** Reading: the account, its posts, its quota, and whatever has an id. */
export const nodeRoutes: readonly GraphRoute[] = [
  {
    method: "GET",
    path: "/v26.0/:user/media",
    needs: "instagram_business_basic",
    handle: (account, request, network) => {
      ownPath(request.params.user, account, network);
      const { query } = request;
      const since = Number(query.get("since") ?? 0) * 1000;
      const until = Number(query.get("until") ?? Number.POSITIVE_INFINITY) * 1000;
      const posts = network.posts(account.id).filter(({ replyTo, createdAt }) => {
        const at = Date.parse(createdAt);
        return replyTo === null && at >= since && at <= until;
      });
      return {
        data: posts
          .slice(0, Number(query.get("limit") ?? 25))
          .map(({ id }) => picked(mediaNode(id, network), "IGMedia", request)),
        paging: {},
      };
    },
  },
  {
    method: "GET",
    path: "/v26.0/:user/content_publishing_limit",
    needs: "instagram_business_content_publish",
    handle: (account, request, network) => {
      ownPath(request.params.user, account, network);
      const config = { quota_total: quotaTotal, quota_duration: quotaSeconds };
      return { data: [{ quota_usage: quotaUsage(account, network), config }] };
    },
  },
  {
    method: "GET",
    path: "/v26.0/:media/insights",
    needs: "instagram_business_manage_insights",
    handle: (_account, { params: { media = "" }, query }, network) => {
      if (!publishedMedia(network).get(media)) throw notFound(media);
      const comments = commentsOn(media, network).length;
      const known: Readonly<Record<string, number>> = {
        views: 0,
        reach: 0,
        likes: 0,
        comments,
        shares: 0,
        saved: 0,
        total_interactions: comments,
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
    path: "/v26.0/:id",
    needs: "instagram_business_basic",
    handle: (account, request, network) => {
      const { id = "" } = request.params;
      const { node, type } = nodeOf(id, account, network);
      return picked(node, type, request);
    },
  },
];

/** @throws GraphRefusal where there is none that this account may see */
function nodeOf(id: string, account: GraphAccount, network: PracticeNetwork): { node: Node; type: string } {
  if (id === "me" || id === account.id) return { type: "IGUser", node: profile(account) };
  const container = containers(network).get(id);
  if (container?.accountId === account.id)
    return { type: "IGMediaBuilder", node: containerNode(id, container, network) };
  if (publishedMedia(network).get(id)) return { type: "IGMedia", node: mediaNode(id, network) };
  const comment = network.post(id);
  if (comment) return { type: "IGComment", node: commentNode(comment) };
  throw notFound(id);
}

function profile({ id, handle, name }: GraphAccount): Node {
  return { id: `9${id}`, user_id: id, username: handle, name, account_type: "BUSINESS" };
}

function containerNode(id: string, container: Container, network: PracticeNetwork): Node {
  const code = containerStatus(container, network.now());
  const words = {
    PUBLISHED: "Published: Media has been successfully published.",
    EXPIRED: "Expired: Media container was not published within 24 hours and has expired.",
    ERROR: `Error: Media upload has failed with error code ${container.failure}`,
    FINISHED: "Finished: Media has been uploaded and it is ready to be published.",
    IN_PROGRESS: "In Progress: Media is still being processed.",
  };
  return { id, status_code: code, status: words[code] };
}

function mediaNode(id: string, network: PracticeNetwork): Node {
  const media = publishedMedia(network).get(id);
  if (!media) throw notFound(id);
  const isReel = media.mediaType === "VIDEO";
  const files = (network.post(id)?.media ?? []).map(({ url, kind, altText }, index) => ({
    id: `${id}${index}`,
    media_type: kind === "image" ? "IMAGE" : "VIDEO",
    media_url: url,
    alt_text: altText || undefined,
  }));
  const single = files.length === 1 ? files[0] : undefined;
  return {
    id,
    caption: media.caption || undefined,
    media_type: media.mediaType,
    media_product_type: isReel ? "REELS" : "FEED",
    media_url: single?.media_url,
    alt_text: single?.alt_text,
    children: files.length > 1 ? { data: files } : undefined,
    permalink: `${network.baseUrl}/${isReel ? "reel" : "p"}/${media.shortcode}/`,
    shortcode: media.shortcode,
    timestamp: graphTime(media.timestamp),
    like_count: 0,
    comments_count: () => commentsOn(id, network).length,
  };
}
