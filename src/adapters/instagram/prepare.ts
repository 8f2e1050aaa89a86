import type { Variant } from "../../domain/post.ts";
import type { PrepareCall, Prepared } from "../contract/adapter.ts";
import { prepareContainer } from "../families/graph-containers.ts";
import type { InstagramCredentials } from "./api.ts";
import { containers } from "./containers.ts";

/** A post becomes a container; a comment needs nothing beforehand. */
export async function prepare(variant: Variant, call: PrepareCall<InstagramCredentials>): Promise<Prepared> {
  if (variant.role !== "post") return { values: {}, expiresAt: "9999-12-31T23:59:59.999Z" };
  return await prepareContainer(variant, call, containers);
}
