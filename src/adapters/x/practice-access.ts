import type {
  PracticeCollection,
  PracticeNetwork,
  PracticeReply,
  PracticeRequest,
  PracticeRoute,
} from "../../practice/kit.ts";
import { tooManyRequests, unauthorized } from "./practice-problems.ts";

export interface PracticeUser {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
}

interface Limit {
  readonly name: string;
  /** Requests of one user in 15 minutes. */
  readonly max: number;
  /** Requests of everyone in 24 hours: all of the practice network is one app. */
  readonly appMax?: number;
}

// https://docs.x.com/x-api/fundamentals/rate-limits (checked 2026-11)
export const limits = {
  me: { name: "me", max: 75 },
  create: { name: "create", max: 100, appMax: 10_000 },
  read: { name: "read", max: 900 },
  remove: { name: "remove", max: 50 },
  timeline: { name: "timeline", max: 900 },
  uploadImage: { name: "uploadImage", max: 500 },
  status: { name: "status", max: 1000 },
  initialize: { name: "initialize", max: 1875 },
  append: { name: "append", max: 1875 },
  finalize: { name: "finalize", max: 1875 },
  metadata: { name: "metadata", max: 500 },
} as const satisfies Record<string, Limit>;

const minuteMs = 60_000;
const userWindowMs = 15 * minuteMs;
const appWindowMs = 24 * 60 * minuteMs;

export const usersOf = (network: PracticeNetwork): PracticeCollection<PracticeUser> =>
  network.collection("users");
export const tokensOf = (network: PracticeNetwork): PracticeCollection<{ readonly userId: string }> =>
  network.collection("tokens");

type Handle = (
  user: PracticeUser,
  request: PracticeRequest,
  network: PracticeNetwork,
) => PracticeReply | Promise<PracticeReply>;

/** Looks at the token, counts the request, and says in every answer how many are left. */
export function guarded(limit: Limit, handle: Handle): PracticeRoute["handle"] {
  return async (request, network) => {
    const user = userOf(request, network);
    if (!user) return unauthorized();
    const { headers, exceeded } = count(limit, user, network);
    if (exceeded) return tooManyRequests(headers);
    const reply = await handle(user, request, network);
    return { ...reply, headers: { ...headers, ...reply.headers } };
  };
}

/** X reads tokens from the header only. */
function userOf({ headers, token }: PracticeRequest, network: PracticeNetwork): PracticeUser | undefined {
  if (token === undefined || !headers.authorization?.startsWith("Bearer ")) return undefined;
  const userId = tokensOf(network).get(token)?.userId;
  return userId === undefined ? undefined : usersOf(network).get(userId);
}

function count(
  { name, max, appMax }: Limit,
  user: PracticeUser,
  network: PracticeNetwork,
): { headers: Record<string, string>; exceeded: boolean } {
  const own = use(`${name}:${user.id}`, userWindowMs, network);
  const headers = inHeaders("x-rate-limit", max, own);
  if (appMax === undefined) return { headers, exceeded: own.used > max };
  const app = use(`${name}:app`, appWindowMs, network);
  return {
    headers: { ...headers, ...inHeaders("x-app-limit-24hour", appMax, app) },
    exceeded: own.used > max || app.used > appMax,
  };
}

interface Window {
  readonly endsAtMs: number;
  readonly used: number;
}

function use(key: string, lengthMs: number, network: PracticeNetwork): Window {
  const windows = network.collection<Window>("windows");
  const nowMs = network.now().getTime();
  const current = windows.get(key);
  const open = current && current.endsAtMs > nowMs ? current : { endsAtMs: nowMs + lengthMs, used: 0 };
  const used = { ...open, used: open.used + 1 };
  windows.put(key, used);
  return used;
}

function inHeaders(prefix: string, max: number, { endsAtMs, used }: Window): Record<string, string> {
  return {
    [`${prefix}-limit`]: String(max),
    [`${prefix}-remaining`]: String(Math.max(0, max - used)),
    [`${prefix}-reset`]: String(Math.ceil(endsAtMs / 1000)),
  };
}
