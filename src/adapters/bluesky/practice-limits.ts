import type { PracticeNetwork, PracticeReply } from "../../practice/kit.ts";
import { problem } from "./practice-state.ts";

interface Limit {
  readonly points: number;
  readonly seconds: number;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Per account, the nearest end first. https://docs.bsky.app/docs/advanced-guides/rate-limits (checked 2026-11) */
const limits = {
  login: [
    { points: 30, seconds: 5 * minute },
    { points: 300, seconds: day },
  ],
  write: [
    { points: 5000, seconds: hour },
    { points: 35_000, seconds: day },
  ],
} as const satisfies Record<string, readonly Limit[]>;

interface Window {
  readonly endsAtMs: number;
  readonly used: number;
}

/**
 * Counts what a request costs an account.
 * @returns the headers that every answer to it has; `refusal` where it was too much
 */
export function spend(
  name: keyof typeof limits,
  account: string,
  cost: number,
  network: PracticeNetwork,
): { readonly headers: Record<string, string>; readonly refusal?: PracticeReply } {
  const readings = limits[name].map((limit) => ({
    limit,
    window: use(`${name} ${limit.seconds} ${account}`, limit, cost, network),
  }));
  const left = ({ limit, window }: (typeof readings)[number]) => limit.points - window.used;
  const tightest = readings.reduce((a, b) => (left(b) < left(a) ? b : a));
  const headers = headersOf(tightest.limit, Math.max(0, left(tightest)), new Date(tightest.window.endsAtMs));
  if (left(tightest) >= 0) return { headers };
  const seconds = Math.ceil((tightest.window.endsAtMs - network.now().getTime()) / 1000);
  return {
    headers,
    refusal: { ...rateLimited(null), headers: { ...headers, "retry-after": String(seconds) } },
  };
}

/** @param resetAt null: a server that names no time */
export function rateLimited(resetAt: Date | null): PracticeReply {
  const reply = problem(429, "RateLimitExceeded", "Rate Limit Exceeded");
  return resetAt === null ? reply : { ...reply, headers: headersOf(limits.write[0], 0, resetAt) };
}

function headersOf({ points, seconds }: Limit, remaining: number, resetAt: Date): Record<string, string> {
  return {
    "ratelimit-limit": String(points),
    "ratelimit-remaining": String(remaining),
    "ratelimit-reset": String(Math.ceil(resetAt.getTime() / 1000)),
    "ratelimit-policy": `${points};w=${seconds}`,
  };
}

function use(key: string, { seconds }: Limit, cost: number, network: PracticeNetwork): Window {
  const windows = network.collection<Window>("windows");
  const nowMs = network.now().getTime();
  const current = windows.get(key);
  const open = current && current.endsAtMs > nowMs ? current : { endsAtMs: nowMs + seconds * 1000, used: 0 };
  const used = { ...open, used: open.used + cost };
  windows.put(key, used);
  return used;
}
