import type { PracticeNetwork, PracticePost, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import type { MediaRecord } from "./practice-media.ts";
import { type Account, notFound, type StatusRecord, statusEntity } from "./practice-replies.ts";
import { paramsOf, refusalOf, shownMedia } from "./practice-statuses.ts";

/**
 * Whatever the request leaves out is taken away, but for the language and the descriptions of files that stay.
 * https://github.com/mastodon/mastodon/blob/main/app/services/update_status_service.rb (checked 2026-11)
 */
export function editStatus(
  request: PracticeRequest,
  network: PracticeNetwork,
  account: Account,
): PracticeReply {
  const post = network.post(request.params.id ?? "");
  if (post?.accountId !== account.id) return notFound();
  const params = { ...paramsOf(request), replyTo: null };
  const media = params.mediaIds.map((id) => usable(id, post, network));
  const refusal = refusalOf(params, media, network);
  if (refusal) return refusal;
  const { status: text, spoilerText } = params;
  const kept = shownMedia(media as readonly MediaRecord[]);
  const isChanged =
    text !== post.text ||
    spoilerText !== (post.extra.spoilerText ?? "") ||
    kept.length !== post.media.length ||
    kept.some(({ url }, index) => url !== post.media[index]?.url);
  for (const item of media as readonly MediaRecord[])
    network.collection<MediaRecord>("media").put(item.id, { ...item, statusId: post.id });
  network.collection<StatusRecord>("statuses").put(post.id, { mediaIds: params.mediaIds });
  network.edit(post, {
    text,
    media: kept,
    extra: {
      ...((spoilerText || post.extra.spoilerText) && { spoilerText }),
      ...(params.language && { language: params.language }),
      ...(isChanged && { editedAt: network.now().toISOString() }),
    },
  });
  return { status: 200, body: statusEntity(network.post(post.id) ?? post, network) };
}

/** The account's own upload that is in this status, or in none. */
function usable(id: string, post: PracticePost, network: PracticeNetwork): MediaRecord | undefined {
  const media = network.collection<MediaRecord>("media").get(id);
  const isFree = media?.statusId === null || media?.statusId === post.id;
  return isFree && media.accountId === post.accountId ? media : undefined;
}
