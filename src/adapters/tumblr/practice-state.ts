import { showIn } from "../../domain/wall-time.ts";
import type { PracticeCollection, PracticeNetwork } from "../../practice/kit.ts";
import type { PracticeBlock } from "./practice-content.ts";
import { dayIn } from "./rate-limit.ts";

/** What Tumblr remembers of a post, beside what the timelines show. */
export interface PostRecord {
  readonly content: readonly PracticeBlock[];
  readonly layout: readonly unknown[];
  readonly tags: readonly string[];
  /** The id it had while its video was processed. */
  readonly genesisId: string | null;
  /** Until then it is on no list. ISO 8601. */
  readonly publicAt: string;
}

export const recordsOf = (network: PracticeNetwork): PracticeCollection<PostRecord> =>
  network.collection("posts");

/** What a user did on one calendar day. */
export interface Day {
  readonly posts: number;
  readonly images: number;
  readonly videos: number;
}

export function dayOf(userId: string, network: PracticeNetwork): Day {
  return network.collection<Day>("days").get(dayKey(userId, network)) ?? { posts: 0, images: 0, videos: 0 };
}

export function putDay(userId: string, day: Day, network: PracticeNetwork): void {
  network.collection<Day>("days").put(dayKey(userId, network), day);
}

function dayKey(userId: string, network: PracticeNetwork): string {
  return `${userId} ${showIn(dayIn, network.now()).slice(0, "2026-01-01".length)}`;
}

/** Growing numbers of 18 digits: more than JavaScript's own can tell apart. */
export function nextId(network: PracticeNetwork): string {
  const last = network.collection<{ readonly id: string }>("last-id");
  const fresh = BigInt(network.now().getTime()) * 400_000n;
  const next = BigInt(last.get("last")?.id ?? 0) + 1n;
  const id = String(fresh > next ? fresh : next);
  last.put("last", { id });
  return id;
}
