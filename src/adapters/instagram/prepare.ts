import type { Variant } from "../../domain/post.ts";
import type { PrepareCall, Prepared } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { pollAfterMs, preparedUntil } from "../families/graph-api.ts";
import type { InstagramCredentials } from "./api.ts";
import { createCarousel, createChildren, createSingle, stateOf } from "./containers.ts";

type Instagram = PrepareCall<InstagramCredentials>;

const maxRebuilds = 2;

/**
 * Instagram fetches the files into containers; publishing one is a single request later. Each call makes at most one
 * step and hands out what it made, so that no failure in between forgets a container.
 */
export async function prepare(variant: Variant, call: Instagram): Promise<Prepared> {
  if (variant.role !== "post") return { values: {}, expiresAt: "9999-12-31T23:59:59.999Z" };
  if (!call.soFar) return await begin(variant, call, 0);
  const { containerId, childIds = "", rebuilds = "0" } = call.soFar.values;
  const parts = childIds.split(",").filter((id) => id !== "");
  const state = await stateOf(containerId ? [containerId] : parts, call);
  if (state === "lost") return await begin(variant, call, Number(rebuilds) + 1);
  if (state === "working") return polledAgain(call.soFar);
  if (containerId) return { values: { containerId }, expiresAt: call.soFar.expiresAt };
  const carouselId = await createCarousel(variant, parts, call);
  return waiting({ childIds, containerId: carouselId, rebuilds }, call.soFar.expiresAt);
}

async function begin(variant: Variant, call: Instagram, rebuilds: number): Promise<Prepared> {
  if (rebuilds > maxRebuilds)
    throw new PublishError(
      "invalid",
      "Instagram could not work with these files, though we gave them to it three times: export them again and upload them anew",
      { code: "container_failed" },
    );
  const [first, second] = variant.media;
  if (!first) throw new PublishError("invalid", "Instagram needs a picture or a video", { notSent: true });
  const made = second
    ? { childIds: (await createChildren(variant, call)).join(",") }
    : { containerId: await createSingle(variant, first, call) };
  return waiting({ ...made, rebuilds: String(rebuilds) }, preparedUntil(call.now()));
}

function waiting(values: Readonly<Record<string, string>>, expiresAt: string): Prepared {
  return { values: { ...values, polls: "1" }, expiresAt, pollAfterMs: pollAfterMs(0) };
}

function polledAgain({ values, expiresAt }: Prepared): Prepared {
  const polls = Number(values.polls ?? 0);
  return { values: { ...values, polls: String(polls + 1) }, expiresAt, pollAfterMs: pollAfterMs(polls) };
}
