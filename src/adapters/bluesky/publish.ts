import type { Variant } from "../../domain/post.ts";
import type { Call, PublishCall, Published } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { putPost, sessionToSend, uriOf } from "./api.ts";
import { findOwn } from "./own-post.ts";
import { postRecord } from "./record.ts";
import { recordKey } from "./record-key.ts";
import { type BlueskyCredentials, forget, isSessionOver } from "./session.ts";

/** One record, under a key that follows from the delivery: an attempt that comes too late finds the place taken. */
export async function publish(variant: Variant, call: PublishCall<BlueskyCredentials>): Promise<Published> {
  const record = await postRecord(variant, call);
  const session = await sessionToSend(call);
  const rkey = recordKey(call.deliveryKey);
  try {
    await call.commit(() => putPost(call, session, rkey, record));
  } catch (error) {
    if (isSessionOver(error)) forget(call);
    if (!(await isThereAlready(error, variant, call))) throw error;
  }
  return published(rkey, call);
}

export function published(rkey: string, call: Pick<Call<unknown>, "account" | "baseUrl">): Published {
  const did = call.account.externalId;
  return {
    state: "published",
    externalId: uriOf(did, rkey),
    externalUrl: `${call.baseUrl.web}/profile/${did}/post/${rkey}`,
  };
}

/** The place is taken: by an earlier attempt of ours, if the same post is in it. When we cannot see, the refusal stands. */
async function isThereAlready(
  error: unknown,
  variant: Variant,
  call: PublishCall<BlueskyCredentials>,
): Promise<boolean> {
  if (!(error instanceof PublishError) || error.detail.code !== "duplicate") return false;
  const found = await findOwn({ variant, ...call }, call).catch(() => undefined);
  return found === "ours";
}
