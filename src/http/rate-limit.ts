import { isIPv6 } from "node:net";
import type { Response } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { Refusal } from "../domain/refusal.ts";

const windowSeconds = 60;
const failuresPerMinute = 30;

/** Counts one request of a key or an address, and says in the headers how many are left. */
type Limit = (key: string, response: Response) => Promise<void>;

/**
 * Limits of this process. Each throws Refusal `rate_limited` when it is used up.
 * @returns `requests` per API key, `failures` per address that brings no good key
 */
export function createRateLimits(requestsPerMinute: number): { requests: Limit; failures: Limit } {
  return { requests: limit("key", requestsPerMinute), failures: limit("failures", failuresPerMinute) };
}

/** One person's addresses count as one: an IPv6 network hands out 2^64 of them. */
export function addressGroup(ip = ""): string {
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (v4) return v4;
  return isIPv6(ip) ? network64(ip) : ip;
}

function network64(ip: string): string {
  const [head = "", tail] = (ip.split("%")[0] ?? "").split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const [before, after] = [groups(head), groups(tail ?? "")];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...Array<string>(Math.max(0, zeros)).fill("0"), ...after];
  return all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}

// Headers: https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ (revision 11, checked 2026-11)
function limit(policy: string, points: number): Limit {
  const limiter = new RateLimiterMemory({ points, duration: windowSeconds });
  return async (key, response) => {
    const used = await limiter.consume(key).catch((reason: unknown) => {
      if (reason instanceof RateLimiterRes) return reason;
      throw reason;
    });
    const resetSeconds = Math.ceil(used.msBeforeNext / 1000);
    response.setHeader("RateLimit-Policy", `"${policy}";q=${points};w=${windowSeconds}`);
    response.setHeader("RateLimit", `"${policy}";r=${Math.max(0, used.remainingPoints)};t=${resetSeconds}`);
    if (used.consumedPoints <= points) return;
    response.setHeader("Retry-After", String(resetSeconds));
    throw new Refusal("rate_limited", `At most ${points} per minute; try again in ${resetSeconds} s.`);
  };
}
