import { randomInt } from "node:crypto";
import type {
  PracticeCollection,
  PracticeNetwork,
  PracticeReply,
  PracticeRequest,
  PracticeRoute,
} from "../../practice/kit.ts";
import { tooMany, unauthorized } from "./practice-replies.ts";

export interface PracticeAccount {
  readonly id: string;
  readonly username: string;
  readonly name: string;
}

// Requests of one account in a minute. https://developers.pinterest.com/docs/reference/rate-limits (checked 2026-11)
const limits = { org_read: 1000, org_write: 100 };
const windowMs = 60_000;

export type Category = keyof typeof limits;

export const accountsOf = (network: PracticeNetwork): PracticeCollection<PracticeAccount> =>
  network.collection("accounts");
export const tokensOf = (network: PracticeNetwork): PracticeCollection<string> =>
  network.collection("tokens");

type Handle = (
  account: PracticeAccount,
  request: PracticeRequest,
  network: PracticeNetwork,
) => PracticeReply | Promise<PracticeReply>;

/** Looks at the token, counts the request, and says in every answer how many are left. */
export function guarded(category: Category, handle: Handle): PracticeRoute["handle"] {
  return async (request, network) => {
    const account = accountOf(request, network);
    if (!account) return unauthorized();
    const { headers, exceeded } = count(category, account, network);
    if (exceeded) return tooMany(headers);
    const reply = await handle(account, request, network);
    return { ...reply, headers: { ...headers, ...reply.headers } };
  };
}

/** Pinterest reads tokens from the header only. */
function accountOf(
  { headers, token }: PracticeRequest,
  network: PracticeNetwork,
): PracticeAccount | undefined {
  if (token === undefined || !headers.authorization?.startsWith("Bearer ")) return undefined;
  return accountsOf(network).get(tokensOf(network).get(token) ?? "");
}

interface Window {
  readonly endsAtMs: number;
  readonly used: number;
}

function count(category: Category, account: PracticeAccount, network: PracticeNetwork) {
  const windows = network.collection<Window>("windows");
  const key = `${category}:${account.id}`;
  const nowMs = network.now().getTime();
  const current = windows.get(key);
  const open = current && current.endsAtMs > nowMs ? current : { endsAtMs: nowMs + windowMs, used: 0 };
  const used = open.used + 1;
  windows.put(key, { ...open, used });
  const left = Math.max(0, limits[category] - used);
  return { headers: limitHeaders(category, left, open.endsAtMs - nowMs), exceeded: used > limits[category] };
}

/** As live answers carry them: lists, of which the first number counts; the reset in seconds from now. */
export function limitHeaders(
  category: Category,
  left: number,
  resetAfterMs: number | null,
): Record<string, string> {
  const max = limits[category];
  return {
    "x-pinterest-rid": String(randomInt(1e12, 1e14)),
    "x-ratelimit-limit": `${max}, 100;w=1;name="safety_net_app_id_user_id", ${max};w=60;name="${category}_app_id_user_id"`,
    "x-ratelimit-remaining": String(left),
    ...(resetAfterMs !== null && { "x-ratelimit-reset": String(Math.ceil(resetAfterMs / 1000)) }),
  };
}
