import type { HttpAnswer } from "../contract/adapter.ts";
import type { BudgetReading } from "../contract/capabilities.ts";
import { msUntil } from "../contract/transport.ts";

/** What a new post costs of the points an account has. https://docs.bsky.app/docs/advanced-guides/rate-limits (checked 2026-11) */
export const pointsPerPost = 3;

/** The policies that say something about posting, as the servers of Bluesky name them; logins have others. */
const policies: Readonly<Record<string, Pick<BudgetReading, "scope" | "of">>> = {
  "3000;w=300": { scope: "app", of: "requests" }, // per address: all of our accounts
  "5000;w=3600": { scope: "account", of: "posts" },
  "35000;w=86400": { scope: "account", of: "posts" },
};

/**
 * A server tells of one limit, the one that is nearest. `ratelimit-reset` is a Unix time in seconds.
 * https://docs.bsky.app/docs/advanced-guides/rate-limits (checked 2026-11)
 */
export function readBudget(headers: HttpAnswer["headers"], now: Date): readonly BudgetReading[] {
  const policy = policies[headers.get("ratelimit-policy")?.replaceAll(" ", "") ?? ""];
  const remaining = Number(headers.get("ratelimit-remaining") ?? "NaN");
  const resetMs = untilReset(headers, now);
  if (!policy || !Number.isInteger(remaining) || resetMs === undefined) return [];
  const left = Math.max(0, policy.of === "posts" ? Math.floor(remaining / pointsPerPost) : remaining);
  return [{ ...policy, remaining: left, resetMs }];
}

/** How long a server that refused asks us to wait: seconds in `retry-after`, else until the limit's end. */
export function waitMs(headers: HttpAnswer["headers"], now: Date): number | undefined {
  const seconds = headers.get("retry-after") ?? "";
  return /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : untilReset(headers, now);
}

function untilReset(headers: HttpAnswer["headers"], now: Date): number | undefined {
  const seconds = headers.get("ratelimit-reset") ?? "";
  return /^\d{1,11}$/.test(seconds) ? msUntil(new Date(Number(seconds) * 1000), now) : undefined;
}
