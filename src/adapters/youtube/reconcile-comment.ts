import type { Absent, Published, Question, Unknown } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { textWithLink } from "../contract/text.ts";
import { listAll, type YouTubeCall } from "./api.ts";
import { isSameText, skewMs } from "./match.ts";
import { publishedComment } from "./publish.ts";

interface Thread {
  readonly id: string;
  readonly snippet?: { readonly topLevelComment?: { readonly snippet?: CommentSnippet } };
}

interface CommentSnippet {
  /** Shown to its author only. */
  readonly textOriginal?: string;
  readonly textDisplay?: string;
  readonly authorChannelId?: { readonly value?: string };
  readonly publishedAt?: string;
}

const maxPages = 10;

/** A comment leaves no handle: it is looked for below its video, newest first. */
export async function findComment(
  { parent, variant, sentAt }: Question,
  call: YouTubeCall,
): Promise<Published | Absent | Unknown> {
  if (!parent) return { state: "unknown" };
  const since = new Date(sentAt.getTime() - skewMs);
  const threads = await threadsSince(parent.externalId, since, call);
  if (!threads) return { state: "unknown" };
  const wanted = textWithLink(variant);
  const ours = threads.items.filter(({ snippet }) => {
    const comment = snippet?.topLevelComment?.snippet;
    if (!comment || at(comment) < since) return false;
    const isOurs = comment.authorChannelId?.value === call.account.externalId;
    return isOurs && isSameText(comment.textOriginal ?? comment.textDisplay ?? "", wanted);
  });
  const [match, another] = ours;
  if (another) return { state: "unknown" };
  if (match) return publishedComment(match.id, parent.externalId, call);
  return { state: threads.isWhole ? "absent" : "unknown" };
}

/** @returns undefined where the video or its comments are closed to us: nothing can be told from that */
async function threadsSince(videoId: string, since: Date, call: YouTubeCall) {
  // https://developers.google.com/youtube/v3/docs/commentThreads/list (checked 2026-11)
  const query = { part: "snippet", videoId, order: "time", textFormat: "plainText", maxResults: "100" };
  const enough = (page: readonly Thread[]) => {
    const oldest = page.at(-1)?.snippet?.topLevelComment?.snippet;
    return oldest !== undefined && at(oldest) < since;
  };
  try {
    return await listAll<Thread>(call, "commentThreads", query, maxPages, enough);
  } catch (error) {
    const { code } = error instanceof PublishError ? error.detail : {};
    if (code === "videoNotFound" || code === "commentsDisabled") return undefined;
    throw error;
  }
}

function at({ publishedAt }: CommentSnippet): Date {
  return new Date(publishedAt ?? 0);
}
