import type { Variant } from "../../domain/post.ts";
import type { Absent, Call, Pending, Published, Question, Unknown } from "../contract/adapter.ts";
import { textWithLink } from "../contract/text.ts";
import { unlessGone } from "../families/graph-gone.ts";
import { matching, skewMs } from "../families/graph-match.ts";
import { type InstagramCredentials, readContainer } from "./api.ts";
import { listOwn } from "./own-media.ts";
import { published } from "./publish.ts";
import { findComment } from "./reconcile-comment.ts";

type Instagram = Call<InstagramCredentials>;

/** The container knows whether it was published; which post it became has to be looked for. */
export async function reconcile(
  question: Question,
  call: Instagram,
): Promise<Published | Pending | Absent | Unknown> {
  if (question.variant.role !== "post") return await findComment(question, call);
  const containerId = question.prepared?.values.containerId ?? question.handle;
  if (!containerId) return { state: "unknown" };
  const container = await unlessGone(() => readContainer(containerId, call));
  // A container that is gone may have been published before it went.
  switch (container?.status_code) {
    case "PUBLISHED":
      return await findPost(question, call);
    case "FINISHED":
      return { state: "absent" };
    case "IN_PROGRESS":
      return { state: "pending", handle: containerId, checkAfterMs: 15_000 };
    default:
      return { state: "unknown" };
  }
}

async function findPost(question: Question, call: Instagram): Promise<Published | Unknown> {
  const since = new Date(question.sentAt.getTime() - skewMs);
  const listing = await listOwn("id,caption,permalink,timestamp,media_type", since, call);
  const type = typeOf(question.variant);
  const posts = listing
    .filter((post) => post.media_type === undefined || post.media_type === type)
    .map((post) => ({
      id: post.id,
      text: post.caption,
      at: new Date(post.timestamp),
      permalink: post.permalink,
    }));
  const [post, another] = matching(posts, textWithLink(question.variant), question.sentAt);
  return post && !another ? published(post.id, post.permalink, call) : { state: "unknown" };
}

function typeOf({ media }: Variant): "CAROUSEL_ALBUM" | "VIDEO" | "IMAGE" {
  if (media.length > 1) return "CAROUSEL_ALBUM";
  return media[0]?.kind === "video" ? "VIDEO" : "IMAGE";
}
