import type { Absent, Call, Pending, Published, Question, Refused, Unknown } from "../contract/adapter.ts";
import type { RedditCredentials } from "./api.ts";
import { madeSince, type OwnComment, type Post } from "./listing.ts";
import { isOurComment, isOurPost } from "./match.ts";
import { published, publishedComment } from "./published.ts";
import { type Handle, pending } from "./result.ts";

const minuteMs = 60_000;
/** Reddit's clock and ours may differ. */
const skewMs = minuteMs;
/** A post with a file appears when Reddit has worked through it; nobody says how long that takes. */
const processingMs = { image: 10 * minuteMs, video: 30 * minuteMs };
/** What Reddit said it could not use would be there by now, had it been used after all. */
const failedMs = 2 * minuteMs;

type Reddit = Call<RedditCredentials>;
type Answer = Published | Pending | Absent | Refused | Unknown;

/** Looks for the post among those the account made since it was sent. */
export async function reconcile(question: Question, call: Reddit): Promise<Answer> {
  const since = new Date(question.sentAt.getTime() - skewMs);
  if (question.variant.role !== "post") return findComment(question, since, call);
  const posts = await madeSince<Post>("submitted", since, call);
  if (!posts) return { state: "unknown" };
  const [match, ...others] = posts.filter((post) => isOurPost(post, question.variant));
  if (!match) return notThere(question, call.now());
  if (others.length > 0) return { state: "unknown" };
  return removed(match) ?? published(match.name, pageOf(match, call), call);
}

async function findComment({ variant, parent }: Question, since: Date, call: Reddit): Promise<Answer> {
  if (!parent) return { state: "unknown" };
  const comments = await madeSince<OwnComment>("comments", since, call);
  if (!comments) return { state: "unknown" };
  const [match, ...others] = comments.filter((each) => isOurComment(each, variant, parent.externalId));
  if (!match) return { state: "absent" };
  return others.length === 0 ? publishedComment(match, parent.rootExternalId, call) : { state: "unknown" };
}

function notThere({ variant, sentAt, handle }: Question, now: Date): Answer {
  const ageMs = now.getTime() - sentAt.getTime();
  const [file] = variant.media;
  // Galleries are made at once.
  const isProcessed = file !== undefined && variant.media.length === 1;
  if (handle === ("failed" satisfies Handle) && ageMs > failedMs)
    return {
      state: "refused",
      code: "media_refused",
      message: "Reddit could not use the file: export it again as JPEG, PNG or MP4, then send the post anew",
    };
  if (isProcessed && ageMs < processingMs[file.kind])
    return pending(handle === "failed" ? "failed" : "processing");
  return { state: "absent" };
}

/** Filters and moderators take away what was accepted. What its author deleted had been public. */
function removed({ removed_by_category: by }: Post): Refused | undefined {
  if (by === null || by === undefined || by === "deleted" || by === "author") return undefined;
  return {
    state: "refused",
    code: "removed_by_platform",
    message:
      "Reddit took the post, and a filter or a moderator of the subreddit removed it: ask the moderators to let it through",
  };
}

export function pageOf({ permalink }: Post, call: Pick<Reddit, "baseUrl">): string | undefined {
  return permalink !== undefined && /^\/[^/]/.test(permalink) ? `${call.baseUrl.web}${permalink}` : undefined;
}
