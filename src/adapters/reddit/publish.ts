import type { Variant } from "../../domain/post.ts";
import type { Pending, PublishCall, Published } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { textWithLink } from "../contract/text.ts";
import { post, type RedditCall, type RedditCredentials } from "./api.ts";
import { submissionOf } from "./content.ts";
import { unreadable } from "./errors.ts";
import { toMarkdown } from "./markdown.ts";
import { readyFor } from "./prepare.ts";
import { type Comment, published, publishedComment } from "./published.ts";
import { resultOf } from "./result.ts";
import { submit } from "./submit.ts";

export async function publish(
  variant: Variant,
  call: PublishCall<RedditCredentials>,
): Promise<Published | Pending> {
  if (variant.role !== "post") return publishComment(variant, call);
  const submission = submissionOf(variant);
  const ready = readyFor(variant, call.prepared);
  const accepted = await call.commit(() => submit(call, submission, ready));
  return "fullname" in accepted
    ? published(accepted.fullname, accepted.url, call)
    : resultOf(accepted.resultUrl, call);
}

async function publishComment(variant: Variant, call: PublishCall<RedditCredentials>): Promise<Published> {
  const { parent } = call;
  if (!parent)
    throw new PublishError("invalid", "A comment needs the Reddit post it belongs to", { notSent: true });
  const text = toMarkdown(textWithLink(variant));
  const made = await call.commit(() => comment(call, parent.externalId, text));
  return publishedComment(made, parent.rootExternalId, call);
}

/** https://www.reddit.com/dev/api#POST_api_comment (checked 2026-11) */
async function comment(call: RedditCall, parent: string, text: string): Promise<Comment> {
  const { json } = await post<{ json?: { data?: { things?: unknown } } }>(call, "/api/comment", {
    thing_id: parent,
    text,
  });
  const things = json?.data?.things;
  const made = Array.isArray(things)
    ? (things[0] as { data?: Partial<Comment> } | undefined)?.data
    : undefined;
  if (typeof made?.name !== "string" || !/^t1_[a-z0-9]{1,13}$/.test(made.name)) throw unreadable();
  return { ...made, name: made.name };
}
