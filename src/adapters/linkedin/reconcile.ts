import type { Absent, Call, Pending, Published, Question, Refused, Unknown } from "../contract/adapter.ts";
import { type Comment, isGone, listComments, type Post, pageSize, readPost, urnOf } from "./api.ts";
import { isSamePost, isSameText } from "./match.ts";
import { postsSince, publishedAt } from "./own-posts.ts";
import { fileUrnsOf } from "./prepare.ts";
import { published } from "./publish.ts";
import type { LinkedInCredentials } from "./request.ts";
import { textOf } from "./text.ts";
import { isOrganization } from "./urns.ts";

type LinkedIn = Call<LinkedInCredentials>;
type Answer = Published | Pending | Absent | Refused | Unknown;

/** LinkedIn's clock and ours may differ. */
const skewMs = 60_000;
const maxPages = 5;
const checkAfterMs = 10_000;

/**
 * Looks among what a page posted since then. What a member posted LinkedIn shows to no app, so a member's post is
 * unknown, and a person looks — also where LinkedIn called a second try a duplicate and named a URN: such URNs have been
 * seen that lead to no post, a fresh one for every try (https://github.com/ComposioHQ/composio/issues/2710), and where
 * nothing can be read back, nothing tells one of those from ours.
 */
export async function reconcile(question: Question, call: LinkedIn): Promise<Answer> {
  if (!isOrganization(call.account.externalId)) return { state: "unknown" };
  const since = new Date(question.sentAt.getTime() - skewMs);
  return question.variant.role === "post"
    ? await lookForPost(question, since, call)
    : await lookForComment(question, since, call);
}

async function lookForPost(question: Question, since: Date, call: LinkedIn): Promise<Answer> {
  const isOurs = (post: Post) =>
    post.author === call.account.externalId &&
    publishedAt(post) >= since &&
    isSamePost(question.variant, fileUrnsOf(question.prepared), post);
  const named = question.handle === undefined ? undefined : await readPost(call, question.handle);
  if (named && isOurs(named)) return verdict(named, call);
  const { posts, isWhole } = await postsSince(since, maxPages, call);
  const [match, ...others] = posts.filter(isOurs);
  if (!isWhole || others.length > 0) return { state: "unknown" };
  return match ? verdict(match, call) : { state: "absent" };
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api (checked 2026-11) */
function verdict({ id, lifecycleState = "PUBLISHED" }: Post, call: LinkedIn): Published | Pending | Refused {
  if (lifecycleState === "PUBLISHED") return published(id, call);
  if (lifecycleState !== "PUBLISH_FAILED") return { state: "pending", handle: id, checkAfterMs };
  return {
    state: "refused",
    code: "removed_by_platform",
    message: "LinkedIn took this post and then could not publish it: check its files, and post it again",
  };
}

async function lookForComment(question: Question, since: Date, call: LinkedIn): Promise<Answer> {
  const { variant, parent } = question;
  if (!parent) return { state: "unknown" };
  const isOurs = ({ actor, message, created }: Comment) =>
    (actor === undefined || actor === call.account.externalId) &&
    (created?.time ?? 0) >= since.getTime() &&
    isSameText(textOf(variant), message?.text ?? "");
  const comments = await everyComment(parent.externalId, call);
  if (!comments) return { state: "unknown" };
  const [match, ...others] = comments.filter(isOurs);
  if (!match) return { state: "absent" };
  return others.length === 0 ? published(urnOf(match), call) : { state: "unknown" };
}

/** In no order that is documented. @returns undefined where there are more than we read */
async function everyComment(thread: string, call: LinkedIn): Promise<Comment[] | undefined> {
  const comments: Comment[] = [];
  for (let page = 0; page < maxPages; page++) {
    const found = await listComments(call, thread, page * pageSize).catch((error: unknown) => {
      if (isGone(error)) return []; // below a post that is gone there is nothing
      throw error;
    });
    comments.push(...found);
    if (found.length < pageSize) return comments;
  }
  return undefined;
}
