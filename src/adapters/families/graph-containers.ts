import type { Media, Variant } from "../../domain/post.ts";
import type { PrepareCall, Prepared } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { pollAfterMs, preparedUntil } from "./graph-api.ts";

/** `lost` ones have to be made anew. */
export type ContainerState = "finished" | "working" | "lost";

/** How one platform makes what a single request publishes later. Each function gives the id of what it made. */
export interface Containers<C> {
  readonly platformName: string;
  single(variant: Variant, call: PrepareCall<C>): Promise<string>;
  part(media: Media, call: PrepareCall<C>): Promise<string>;
  carousel(variant: Variant, partIds: readonly string[], call: PrepareCall<C>): Promise<string>;
  /** @throws PublishError `invalid` with the platform's reason where a file cannot be used */
  stateOf(containerId: string, call: PrepareCall<C>): Promise<ContainerState>;
}

const maxRebuilds = 2;

/**
 * The platform fetches the files into containers; publishing one is a single request later. Each call makes at most one
 * step and hands out what it made, so that no failure in between forgets a container.
 */
export async function prepareContainer<C>(
  variant: Variant,
  call: PrepareCall<C>,
  containers: Containers<C>,
): Promise<Prepared> {
  const { soFar } = call;
  if (!soFar) return await begin(variant, call, containers, 0);
  const { containerId, childIds = "", rebuilds = "0" } = soFar.values;
  const parts = childIds.split(",").filter((id) => id !== "");
  const state = await stateOfAll(containerId ? [containerId] : parts, call, containers);
  if (state === "lost") return await begin(variant, call, containers, Number(rebuilds) + 1);
  if (state === "working") return polledAgain(soFar);
  if (containerId) return { values: { containerId }, expiresAt: soFar.expiresAt };
  const carouselId = await containers.carousel(variant, parts, call);
  return waiting({ childIds, containerId: carouselId, rebuilds }, soFar.expiresAt);
}

async function begin<C>(
  variant: Variant,
  call: PrepareCall<C>,
  containers: Containers<C>,
  rebuilds: number,
): Promise<Prepared> {
  if (rebuilds > maxRebuilds)
    throw new PublishError(
      "invalid",
      `${containers.platformName} could not work with these files, though we gave them to it three times: export them again and upload them anew`,
      { code: "container_failed" },
    );
  const { media } = variant;
  const made =
    media.length > 1
      ? { childIds: (await Promise.all(media.map((item) => containers.part(item, call)))).join(",") }
      : { containerId: await containers.single(variant, call) };
  return waiting({ ...made, rebuilds: String(rebuilds) }, preparedUntil(call.now()));
}

async function stateOfAll<C>(
  ids: readonly string[],
  call: PrepareCall<C>,
  containers: Containers<C>,
): Promise<ContainerState> {
  const states = await Promise.all(ids.map((id) => containers.stateOf(id, call)));
  if (states.includes("lost")) return "lost";
  return states.includes("working") ? "working" : "finished";
}

function waiting(values: Readonly<Record<string, string>>, expiresAt: string): Prepared {
  return { values: { ...values, polls: "1" }, expiresAt, pollAfterMs: pollAfterMs(0) };
}

function polledAgain({ values, expiresAt }: Prepared): Prepared {
  const polls = Number(values.polls ?? 0);
  return { values: { ...values, polls: String(polls + 1) }, expiresAt, pollAfterMs: pollAfterMs(polls) };
}
