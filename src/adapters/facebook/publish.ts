import type { Variant } from "../../domain/post.ts";
import type { Pending, PublishCall, Published } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { idOf, unclear } from "../families/graph-api.ts";
import { type FacebookCredentials, type Node, request } from "./api.ts";
import { platform } from "./errors.ts";
import { messageOf } from "./prepare.ts";
import { type Handle, handleOf, linkTo, published } from "./urls.ts";

type Facebook = PublishCall<FacebookCredentials>;

/** Makes public what `prepare` made, or writes the comment below a post that is. */
export async function publish(variant: Variant, call: Facebook): Promise<Published | Pending> {
  return variant.role === "post" ? await publishPrepared(call) : await publishComment(variant, call);
}

async function publishPrepared(call: Facebook): Promise<Published | Pending> {
  const handle = handleOf(call.prepared);
  if (!handle)
    throw new PublishError("unavailable", "Nothing is prepared at Facebook for this post yet", {
      notSent: true,
    });
  await call.commit(async () => {
    const answer = await request<{ success?: boolean }>(call, {
      method: "POST",
      path: handle.id,
      json: { [handle.switch]: true },
    });
    if (answer?.success !== true) throw unclear(platform);
  });
  const seen = await look(handle, call);
  // Upright videos have been seen to stay drafts after a clear yes: then we look again before we call them public.
  if (handle.switch === "published" && seen?.published === false)
    return { state: "pending", handle: handle.id, checkAfterMs: 15_000 };
  return published(handle.id, seen?.permalink_url, call);
}

async function publishComment(variant: Variant, call: Facebook): Promise<Published> {
  const { parent } = call;
  if (!parent)
    throw new PublishError("invalid", "A comment needs the Facebook post it belongs to", { notSent: true });
  const commentId = await call.commit(async () => {
    const answer = await request<{ id?: string }>(call, {
      method: "POST",
      path: `${parent.externalId}/comments`,
      json: { message: messageOf(variant) },
    });
    return idOf(answer, platform);
  });
  const seen = await look({ id: commentId }, call);
  return published(commentId, seen?.permalink_url, call, linkTo(parent.externalId, call, commentId));
}

/** The post is public whatever comes of this: a failed look is no failure. */
async function look(handle: Pick<Handle, "id"> & Partial<Handle>, call: Facebook): Promise<Node | undefined> {
  try {
    const fields = handle.switch === "published" ? "published,permalink_url" : "permalink_url";
    return await request<Node>(call, { method: "GET", path: handle.id, query: { fields } });
  } catch {
    return undefined;
  }
}
