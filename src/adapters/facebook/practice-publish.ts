import type { PracticeNetwork } from "../../practice/kit.ts";
import { type GraphAccount, notFound } from "../families/practice-graph.ts";
import { GraphRefusal } from "../families/practice-graph-errors.ts";
import { show } from "../families/practice-graph-posts.ts";
import { feedPosts, newest, photos, videos } from "./practice-state.ts";

/** Makes an unpublished post public; a second time changes nothing. @throws GraphRefusal */
export function publishPost(id: string, account: GraphAccount, network: PracticeNetwork): void {
  const post = feedPosts(network).get(id);
  if (!post || post.accountId !== account.id) throw notFound(id);
  if (post.published) return;
  const media = post.photoIds.map((photoId) => {
    const photo = photos(network).get(photoId);
    if (!photo) throw notFound(photoId);
    return { url: photo.url, kind: "image" as const, altText: photo.altText };
  });
  const last = network.post(newest(network).get(account.id) ?? "");
  const isSame = last?.text === post.message && last.link === post.link;
  if (isSame && media.length === 0 && last.media.length === 0)
    throw new GraphRefusal(506, "(#506) Duplicate status message");
  for (const photoId of post.photoIds) {
    const photo = photos(network).get(photoId);
    if (photo) photos(network).put(photoId, { ...photo, posted: true });
  }
  feedPosts(network).put(id, { ...post, published: true });
  newest(network).put(account.id, id);
  show({ id, text: post.message, link: post.link, media, replyTo: null }, account, network);
}

/** @throws GraphRefusal */
export function publishVideo(id: string, account: GraphAccount, network: PracticeNetwork): void {
  const video = videos(network).get(id);
  if (!video || video.accountId !== account.id) throw notFound(id);
  if (video.published) return;
  videos(network).put(id, { ...video, published: true });
  newest(network).put(account.id, id);
  const media = [{ url: video.url, kind: "video" as const, altText: "" }];
  show({ id, text: video.description, link: null, media, replyTo: null }, account, network);
}
