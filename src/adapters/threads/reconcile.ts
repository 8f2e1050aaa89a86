import type { Variant } from "../../domain/post.ts";
import type { Absent, Call, Pending, Published, Question, Refused, Unknown } from "../contract/adapter.ts";
import { unlessGone } from "../families/graph-gone.ts";
import { matching, skewMs } from "../families/graph-match.ts";
import { type Container, listOwn, type Post, readContainer, type ThreadsCredentials } from "./api.ts";
import { failures, platform } from "./errors.ts";
import { published } from "./publish.ts";
import { messageOf } from "./text.ts";

type Threads = Call<ThreadsCredentials>;

/** The container knows whether it was published; which post it became has to be looked for. */
export async function reconcile(
  question: Question,
  call: Threads,
): Promise<Published | Pending | Absent | Refused | Unknown> {
  const containerId = question.prepared?.values.containerId ?? question.handle;
  if (!containerId) return { state: "unknown" };
  const container = await unlessGone(() => readContainer(containerId, call));
  // A container that is gone may have been published before it went.
  switch (container?.status) {
    case "PUBLISHED":
      return await findPost(question, call);
    case "FINISHED":
      return { state: "absent" };
    case "IN_PROGRESS":
      return { state: "pending", handle: containerId, checkAfterMs: 15_000 };
    case "ERROR":
      return afterError(container);
    default:
      return { state: "unknown" };
  }
}

/** "Failed to complete the publishing process", and why. */
function afterError({ error_message: reason = "" }: Container): Refused | Unknown {
  const failure = failures[reason];
  if (!failure) return { state: "unknown" };
  return { state: "refused", code: "media_refused", message: `${platform.name} ${failure.says}` };
}

/** One page is all there can be of posts a minute old: fewer are allowed in a day than it holds thrice over. */
async function findPost(question: Question, call: Threads): Promise<Published | Unknown> {
  const { variant, sentAt, parent } = question;
  const isReply = variant.role !== "post";
  const posts = await listOwn(
    isReply ? "replies" : "threads",
    `id,text,timestamp,permalink,media_type${isReply ? ",replied_to" : ""}`,
    new Date(sentAt.getTime() - skewMs),
    call,
  );
  const candidates = posts
    .filter(({ media_type }) => media_type === undefined || media_type === typeOf(variant))
    .filter(({ replied_to }) => !isReply || !replied_to || replied_to.id === parent?.externalId)
    .map(({ id, text = "", timestamp, permalink }) => ({
      id,
      text: withoutSigns(text),
      at: new Date(timestamp),
      permalink,
    }));
  const [post, another] = matching(candidates, withoutSigns(messageOf(variant)), sentAt);
  return post && !another ? published(post.id, post.permalink, call) : { state: "unknown" };
}

/** Threads shows the tag it made a topic of without its sign. */
function withoutSigns(text: string): string {
  return text.replaceAll("#", "");
}

function typeOf({ media }: Variant): Post["media_type"] {
  if (media.length > 1) return "CAROUSEL_ALBUM";
  if (media.length === 0) return "TEXT_POST";
  return media[0]?.kind === "video" ? "VIDEO" : "IMAGE";
}
