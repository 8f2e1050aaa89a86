import { DateTime } from "luxon";
import type { PracticeNetwork, PracticeReply, PracticeRequest, PracticeRoute } from "../../practice/kit.ts";
import { quotaExceeded, unauthorized } from "./practice-problems.ts";
import { type Channel, channels, tokens } from "./practice-state.ts";
import { quotaZone } from "./quota-day.ts";

/** What a request costs, and of which of the day's two quotas. https://developers.google.com/youtube/v3/determine_quota_cost (checked 2026-11) */
export interface Cost {
  readonly of: "units" | "uploads";
  readonly cost: number;
}

export const reading: Cost = { of: "units", cost: 1 };
export const writing: Cost = { of: "units", cost: 50 };
export const uploading: Cost = { of: "uploads", cost: 1 };

const daily = { units: 10_000, uploads: 100 };

type Handle = (
  channel: Channel,
  request: PracticeRequest,
  network: PracticeNetwork,
) => PracticeReply | Promise<PracticeReply>;

/** Looks at the token and counts the request, whatever becomes of it. Each practice channel has an app of its own. */
export function guarded({ of, cost }: Cost, handle: Handle): PracticeRoute["handle"] {
  return (request, network) => {
    const channel = channelOf(request, network);
    if (!channel) return unauthorized();
    const day = DateTime.fromJSDate(network.now(), { zone: quotaZone }).toISODate();
    const used = network.collection<number>("quota");
    const key = `${channel.id} ${of} ${day}`;
    const total = (used.get(key) ?? 0) + cost;
    if (total > daily[of]) return quotaExceeded();
    used.put(key, total);
    return handle(channel, request, network);
  };
}

export function channelOf({ token }: PracticeRequest, network: PracticeNetwork): Channel | undefined {
  const id = token === undefined ? undefined : tokens(network).get(token);
  return id === undefined ? undefined : channels(network).get(id);
}
