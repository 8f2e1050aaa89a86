import type { Variant } from "../../domain/post.ts";
import type { PrepareCall, Prepared } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { preparedUntil } from "../families/graph-api.ts";
import { prepareContainer } from "../families/graph-containers.ts";
import type { ThreadsCredentials } from "./api.ts";
import { containers } from "./containers.ts";

/** Threads has been seen not to find a post yet that it took a moment ago; on no page of Meta's (checked 2026-11). */
const parentSettlesMs = 10_000;

/** Posts and replies alike become containers; a reply's names the post it answers. */
export async function prepare(variant: Variant, call: PrepareCall<ThreadsCredentials>): Promise<Prepared> {
  const { soFar, ...fresh } = call;
  if (variant.role === "post") return await prepareContainer(variant, call, containers);
  if (!call.parent)
    throw new PublishError("invalid", "A reply needs the Threads post it answers", { notSent: true });
  if (!soFar)
    return {
      values: { settling: call.parent.externalId },
      expiresAt: preparedUntil(call.now()),
      pollAfterMs: parentSettlesMs,
    };
  return await prepareContainer(variant, soFar.values.settling ? fresh : call, containers);
}
