import type { PracticeNetwork, PracticeRequest } from "../../practice/kit.ts";
import {
  type GraphAccount,
  type GraphRoute,
  isFalse,
  isTrue,
  newNumber,
  notFound,
  ownPath,
  parameters,
  textOf,
} from "../families/practice-graph.ts";
import { GraphRefusal } from "../families/practice-graph-errors.ts";
import { editWords, maxMessage } from "./practice-edit.ts";
import { publishPost, publishVideo } from "./practice-publish.ts";
import { feedPosts, photos, videos } from "./practice-state.ts";

const maxAttached = 10;

/** Making a post, published or not, and publishing one that is not. */
export const feedRoute: GraphRoute = {
  method: "POST",
  path: "/v26.0/:page/feed",
  needs: "pages_manage_posts",
  publishes: (request) => !isFalse(parameters(request).published),
  text: (request) => textOf(parameters(request).message),
  handle: (account, request, network) => {
    ownPath(request.params.page, account, network);
    const id = createPost(account, request, network);
    if (!isFalse(parameters(request).published)) publishPost(id, account, network);
    return { id, post_supports_client_mutation_id: true };
  },
};

/** Besides making one, publishing one that is not public yet, and changing its words. */
export const postRoutes: readonly GraphRoute[] = [
  feedRoute,
  {
    method: "POST",
    path: "/v26.0/:id",
    needs: "pages_manage_posts",
    publishes: (request) => isTrue(parameters(request).is_published) || isTrue(parameters(request).published),
    text: ({ params: { id = "" } }, network) =>
      feedPosts(network).get(id)?.message ?? videos(network).get(id)?.description ?? "",
    handle: (account, request, network) => {
      const { id = "" } = request.params;
      const { is_published, published } = parameters(request);
      const isVideo = videos(network).get(id) !== undefined;
      editWords(id, account, request, network);
      // A video has no `is_published`, a post no `published`; Meta passes over what it does not know.
      if (isVideo && isTrue(published)) publishReadyVideo(id, account, network);
      if (!isVideo && isTrue(is_published)) publishPost(id, account, network);
      return { success: true };
    },
  },
];

function createPost(account: GraphAccount, request: PracticeRequest, network: PracticeNetwork): string {
  const given = parameters(request);
  const message = checkedMessage(textOf(given.message));
  const link = textOf(given.link);
  const photoIds = attachedPhotos(given);
  if (message === "" && link === "" && photoIds.length === 0)
    throw new GraphRefusal(100, "(#100) Missing message or attachment");
  if (link !== "" && !/^https?:\/\/[^/]+\./.test(link))
    throw new GraphRefusal(100, "(#100) The link is not a valid URL", { subcode: 2061006 });
  if (photoIds.length > maxAttached)
    throw new GraphRefusal(100, `(#100) At most ${maxAttached} photos can be attached`);
  for (const photoId of photoIds) checkPhoto(photoId, account, network);
  const id = `${account.id}_${newNumber()}`;
  feedPosts(network).put(id, {
    accountId: account.id,
    message,
    link: link || null,
    photoIds,
    published: false,
    createdAt: network.now().toISOString(),
  });
  return id;
}

/** @throws GraphRefusal */
export function checkedMessage(message: string): string {
  if (message.length > maxMessage) throw new GraphRefusal(100, "(#100) The message is too long");
  return message;
}

/** As a JSON list, or as form fields `attached_media[0]={"media_fbid":"1"}`. @throws GraphRefusal */
function attachedPhotos(given: Readonly<Record<string, unknown>>): string[] {
  const indexed = Object.keys(given).filter((name) => /^attached_media\[\d+\]$/.test(name));
  const list = given.attached_media ?? indexed.map((name) => given[name]);
  try {
    const items = (typeof list === "string" ? JSON.parse(list) : list) as unknown[];
    return items.map((item) => {
      const { media_fbid } = (typeof item === "string" ? JSON.parse(item) : item) as { media_fbid: unknown };
      return textOf(media_fbid);
    });
  } catch {
    throw new GraphRefusal(100, "(#100) Param attached_media must be an array.");
  }
}

function checkPhoto(photoId: string, account: GraphAccount, network: PracticeNetwork): void {
  const photo = photos(network).get(photoId);
  if (photo?.accountId !== account.id) throw notFound(photoId);
  if (photo.posted)
    throw new GraphRefusal(100, "Invalid parameter", {
      subcode: 1366051,
      title: "Already Posted",
      says: "These photos were already posted.",
    });
}

function publishReadyVideo(id: string, account: GraphAccount, network: PracticeNetwork): void {
  const video = videos(network).get(id);
  if (video && Date.parse(video.readyAt) > network.now().getTime())
    throw new GraphRefusal(100, "(#100) The video is still being processed");
  publishVideo(id, account, network);
}
