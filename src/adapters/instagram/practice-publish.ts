import { randomBytes } from "node:crypto";
import type { PracticeNetwork, PracticeRequest } from "../../practice/kit.ts";
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
import { notReady } from "./practice-containers.ts";
import { type Container, containers, mediaByCode, publishedMedia } from "./practice-state.ts";

export const quotaTotal = 50;
export const quotaSeconds = 24 * 60 * 60;

/** A container is consumed by publishing it once. */
export const publishRoutes: readonly GraphRoute[] = [
  {
    method: "POST",
    path: "/v26.0/:user/media_publish",
    needs: "instagram_business_content_publish",
    publishes: () => true,
    text: (request, network) => containers(network).get(creationId(request))?.caption ?? "",
    handle: (account, request, network) => {
      ownPath(request.params.user, account, network);
      const id = creationId(request);
      if (id === "") throw new GraphRefusal(100, "(#100) The parameter creation_id is required");
      const container = publishable(id, account, network);
      if (quotaUsage(account, network) >= quotaTotal)
        throw new GraphRefusal(9, "Application request limit reached", {
          subcode: 2207042,
          title: "User has reached the maximum number of posts",
          says: "You reached maximum number of posts that is allowed to be published by Content Publishing API.",
        });
      return { id: publish(id, container, account, network) };
    },
  },
];

/** What apps posted in the last 24 hours; a carousel is one. */
export function quotaUsage(account: GraphAccount, network: PracticeNetwork): number {
  const since = new Date(network.now().getTime() - quotaSeconds * 1000).toISOString();
  return network
    .posts(account.id)
    .filter((post) => post.replyTo === null && post.createdAt > since && !isFromPhone(post)).length;
}

function creationId(request: PracticeRequest): string {
  return textOf(parameters(request).creation_id);
}

function publishable(id: string, account: GraphAccount, network: PracticeNetwork): Container {
  const container = containers(network).get(id);
  if (!container || container.accountId !== account.id || container.isChild)
    throw new GraphRefusal(24, "The requested resource does not exist", {
      subcode: 2207006,
      title: "Media not found",
    });
  switch (containerStatus(container, network.now())) {
    case "FINISHED":
      return container;
    case "IN_PROGRESS":
      throw notReady();
    default: // used, failed or too old
      throw new GraphRefusal(24, "The media builder with this creation id does not exist or has expired", {
        subcode: 2207008,
        title: "Media builder expired",
      });
  }
}

/** Uses a container up. @returns the media's id */
export function publish(
  id: string,
  container: Container,
  account: GraphAccount,
  network: PracticeNetwork,
): string {
  const { caption, mediaType } = container;
  const mediaId = newNumber();
  const shortcode = randomBytes(8).toString("base64url");
  const timestamp = network.now().toISOString();
  const shown = mediaType === "CAROUSEL" ? "CAROUSEL_ALBUM" : mediaType === "IMAGE" ? "IMAGE" : "VIDEO";
  containers(network).put(id, { ...container, mediaId });
  publishedMedia(network).put(mediaId, {
    accountId: account.id,
    mediaType: shown,
    shortcode,
    caption,
    timestamp,
  });
  mediaByCode(network).put(shortcode, mediaId);
  const media = filesOf(container, network);
  show({ id: mediaId, text: caption, link: null, media, replyTo: null }, account, network);
  return mediaId;
}

function filesOf(container: Container, network: PracticeNetwork) {
  const parts = container.childIds.flatMap((id) => containers(network).get(id) ?? []);
  return (parts.length > 0 ? parts : [container]).map(({ url, altText, mediaType }) => ({
    url,
    altText,
    kind: mediaType === "IMAGE" ? ("image" as const) : ("video" as const),
  }));
}
