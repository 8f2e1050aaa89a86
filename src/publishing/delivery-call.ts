import { callFor } from "../accounts/call.ts";
import type { Call } from "../adapters/contract/adapter.ts";
import type { ClaimedDelivery } from "../db/hot/claim.ts";
import type { Engine } from "./engine.ts";

/** The world as an adapter sees it, for one delivery. */
export function deliveryCall(
  engine: Engine,
  delivery: ClaimedDelivery,
  signal: AbortSignal,
): Promise<Call<never>> {
  const { workspaceId, platform, account } = delivery;
  return callFor(engine.world, { ...account, workspaceId, platform }, signal);
}
