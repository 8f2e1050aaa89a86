import type {
  PracticeCollection,
  PracticeNetwork,
  PracticeReply,
  PracticeRequest,
  PracticeRoute,
} from "../../practice/kit.ts";
import { plainError } from "./practice-errors.ts";

export interface PracticeUser {
  readonly id: string;
  readonly name: string;
  readonly title: string;
}

/** All of the practice network is one app: 1,000 requests in ten minutes, shared by its users. */
const maxRequests = 1000;
const windowMs = 600_000;

export const usersOf = (network: PracticeNetwork): PracticeCollection<PracticeUser> =>
  network.collection("users");
export const tokensOf = (network: PracticeNetwork): PracticeCollection<string> =>
  network.collection("tokens");

export type Handle = (
  user: PracticeUser,
  request: PracticeRequest,
  network: PracticeNetwork,
) => PracticeReply | Promise<PracticeReply>;

/** Who does not say which app they are is slowed down; then the token, and what the app has left. */
export function guarded(handle: Handle): PracticeRoute["handle"] {
  return async (request, network) => {
    if (!isNamed(request.headers["user-agent"])) return tooMany(null);
    const user = usersOf(network).get(tokensOf(network).get(request.token ?? "") ?? "");
    const { used, leftMs } = count(network);
    const headers = rateHeaders(used, leftMs);
    const reply = !user
      ? plainError(401)
      : used > maxRequests
        ? tooMany(null)
        : await handle(user, request, network);
    const body = request.query.get("raw_json") === "1" ? reply.body : escaped(reply.body);
    return { ...reply, headers: { ...headers, ...reply.headers }, body };
  };
}

export function tooMany(resetInMs: number | null): PracticeReply {
  const reply = plainError(429);
  return resetInMs === null ? reply : { ...reply, headers: rateHeaders(maxRequests, resetInMs) };
}

function isNamed(agent: string | undefined): boolean {
  return (
    agent !== undefined && !/^(?:undici|node|axios|python|curl|java|okhttp|go-http|mozilla)\b/i.test(agent)
  );
}

interface Window {
  readonly endsAtMs: number;
  readonly used: number;
}

function count(network: PracticeNetwork): { used: number; leftMs: number } {
  const windows = network.collection<Window>("windows");
  const nowMs = network.now().getTime();
  const current = windows.get("app");
  const open = current && current.endsAtMs > nowMs ? current : { endsAtMs: nowMs + windowMs, used: 0 };
  const next = { ...open, used: open.used + 1 };
  windows.put("app", next);
  return { used: next.used, leftMs: next.endsAtMs - nowMs };
}

function rateHeaders(used: number, leftMs: number): Record<string, string> {
  return {
    "x-ratelimit-used": String(used),
    "x-ratelimit-remaining": Math.max(0, maxRequests - used).toFixed(1),
    "x-ratelimit-reset": String(Math.ceil(leftMs / 1000)),
  };
}

/** Without `raw_json` three signs come as entities. */
function escaped(value: unknown): unknown {
  if (typeof value === "string")
    return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  if (Array.isArray(value)) return value.map(escaped);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, escaped(part)]));
}
