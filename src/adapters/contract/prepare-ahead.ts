import type { Variant } from "../../domain/post.ts";
import { longestAheadFor, prepareAheadFor } from "../../domain/send-time.ts";
import { defaultTimings } from "../../domain/timings.ts";
import type { Adapter } from "./adapter.ts";
import { bytesBeforePost } from "./bytes-with-post.ts";

type Preparing = Pick<Adapter<never>, "prepare" | "preparedLifeMs" | "capabilities">;

/** How long before its moment this is begun to be prepared; null: nothing is made before it. Unit: milliseconds. */
export function prepareAheadMs(adapter: Preparing, { media }: Pick<Variant, "media">): number | null {
  const { recovery, media: rules } = adapter.capabilities;
  const prepares = adapter.prepare !== undefined && (media.length > 0 || recovery.by === "handle");
  return prepares ? prepareAheadFor(defaultTimings, bytesBeforePost(rules, media), lifeMsOf(adapter)) : null;
}

/** How long before its moment anything may be prepared; null: nothing ever is. Unit: milliseconds. */
export function longestAheadMs(adapter: Pick<Preparing, "prepare" | "preparedLifeMs">): number | null {
  return adapter.prepare === undefined ? null : longestAheadFor(defaultTimings, lifeMsOf(adapter));
}

function lifeMsOf({ preparedLifeMs = Number.POSITIVE_INFINITY }: Pick<Preparing, "preparedLifeMs">): number {
  return preparedLifeMs;
}
