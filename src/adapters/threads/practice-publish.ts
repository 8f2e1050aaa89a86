import { randomBytes } from "node:crypto";
import type { PracticeNetwork, PracticePost, PracticeRequest } from "../../practice/kit.ts";
import { isFromPhone } from "../../practice/phone.ts";
import {
  type GraphAccount,
  type GraphRoute,
  newNumber,
  ownPath,
  parameters,
  textOf,
} from "../families/practice-graph.ts";
import { containerStatus } from "../families/practice-graph-containers.ts";
import { GraphRefusal } from "../families/practice-graph-errors.ts";
import { show } from "../families/practice-graph-posts.ts";
import { type Container, containers, postByCode } from "./practice-state.ts";

export const quotaSeconds = 24 * 60 * 60;
export const quotas = { posts: 250, replies: 1000, deletions: 100 };

/** A container is consumed by publishing it once. */
export const publishRoutes: readonly GraphRoute[] = [
  {
    method: "POST",
    path: "/v1.0/:user/threads_publish",
    needs: "threads_content_publish",
    publishes: () => true,
    text: (request, network) => containers(network).get(creationId(request))?.text ?? "",
    handle: (account, request, network) => {
      ownPath(request.params.user, account, network);
      const id = creationId(request);
      if (id === "") throw new GraphRefusal(100, "(#100) The parameter creation_id is required");
      const container = publishable(id, account, network);
      const kind = container.replyTo === null ? "posts" : "replies";
      if (quotaUsage(account, network)[kind] >= quotas[kind])
        throw new GraphRefusal(9, "Application request limit reached", {
          subcode: 2207042,
          title: "User has reached the maximum number of posts",
        });
      return { id: publish(id, container, account, network) };
    },
  },
];

/** What apps posted in the last 24 hours; a carousel is one. */
export function quotaUsage(
  account: GraphAccount,
  network: PracticeNetwork,
): { readonly posts: number; readonly replies: number } {
  const since = new Date(network.now().getTime() - quotaSeconds * 1000).toISOString();
  const made = network.posts(account.id).filter((post) => post.createdAt > since && !isFromPhone(post));
  const posts = made.filter(({ replyTo }) => replyTo === null).length;
  return { posts, replies: made.length - posts };
}

function creationId(request: PracticeRequest): string {
  return textOf(parameters(request).creation_id);
}

/** Too new, used, failed, too old, a part, or another's: Threads says the same of all. @throws GraphRefusal */
function publishable(id: string, account: GraphAccount, network: PracticeNetwork): Container {
  const container = containers(network).get(id);
  const isReady = container && containerStatus(container, network.now()) === "FINISHED";
  if (!isReady || container.accountId !== account.id || container.isChild)
    throw new GraphRefusal(24, "The requested resource does not exist", {
      subcode: 4279009,
      title: "Media Not Found",
      says: `The media with id ${id} cannot be found.`,
    });
  return container;
}

/** Uses a container up. @returns the post's id */
export function publish(
  id: string,
  container: Container,
  account: GraphAccount,
  network: PracticeNetwork,
): string {
  const { text, link, replyTo, topic, replyControl, mediaType } = container;
  const mediaId = newNumber();
  const code = randomBytes(8).toString("base64url");
  containers(network).put(id, { ...container, mediaId });
  postByCode(network).put(code, mediaId);
  const extra = {
    code,
    mediaType: mediaType === "TEXT" ? "TEXT_POST" : mediaType === "CAROUSEL" ? "CAROUSEL_ALBUM" : mediaType,
    ...(topic !== "" && { topic }),
    ...(replyControl !== "" && { replyControl }),
  };
  show({ id: mediaId, text, link, media: filesOf(container, network), replyTo, extra }, account, network);
  return mediaId;
}

function filesOf(container: Container, network: PracticeNetwork): PracticePost["media"] {
  const parts = container.childIds.flatMap((id) => containers(network).get(id) ?? []);
  return (parts.length > 0 ? parts : [container])
    .filter(({ url }) => url !== "")
    .map(({ url, altText, mediaType }) => ({
      url,
      altText,
      kind: mediaType === "VIDEO" ? "video" : "image",
    }));
}
