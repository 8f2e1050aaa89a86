import { isUrl } from "../../domain/is-url.ts";
import type { Hosts } from "../contract/adapter.ts";
import type { ListenCall } from "../contract/listen.ts";
import { PublishError } from "../contract/publish-error.ts";
import { readJson } from "../contract/transport.ts";
import { type MastodonCredentials, request } from "./api.ts";

type Mastodon = ListenCall<MastodonCredentials>;

const maxMessageBytes = 1024 * 1024;
const deletionsEveryMs = 30_000;

/**
 * The home timeline as it grows: our own statuses are in it. Needs `read:statuses`; the token goes in a header, for addresses
 * end up in logs. https://docs.joinmastodon.org/methods/streaming/#websocket (checked 2026-11)
 */
export async function listen(call: Mastodon): Promise<void> {
  const mayRing = seldom(() => call.now().getTime());
  const server = streamingServer(await namedServer(call), call.baseUrl);
  await call.stream(`${server}/api/v1/streaming?stream=user`, {
    headers: { authorization: `Bearer ${call.credentials.accessToken}` },
    maxMessageBytes,
    onMessage(message) {
      const told = parsed(message) as Message | null | undefined;
      if (typeof told?.error === "string") throw refused();
      if (told?.event === "delete" && !mayRing()) return;
      if (told && isAboutUs(told, call.account.externalId)) call.ring();
    },
  });
}

/** In a busy timeline somebody deletes something all the time, and each reading counts against the account's limit. */
function seldom(nowMs: () => number): () => boolean {
  let lastMs = Number.NEGATIVE_INFINITY;
  return () => {
    if (nowMs() - lastMs < deletionsEveryMs) return false;
    lastMs = nowMs();
    return true;
  };
}

/** Undefined where the server does not say. https://docs.joinmastodon.org/entities/Instance/#urls-streaming (checked 2026-11) */
async function namedServer(call: Mastodon): Promise<unknown> {
  try {
    const answer = await request(call, "/v2/instance");
    const instance = await readJson<{ configuration?: { urls?: { streaming?: unknown } } } | null>(
      answer,
      "Mastodon",
    );
    return instance?.configuration?.urls?.streaming;
  } catch (error) {
    // Before 4.0 there was no such answer, and hardly a streaming server elsewhere.
    if (error instanceof PublishError && error.detail.code === "not_found") return undefined;
    throw error;
  }
}

/**
 * Where the token may go. The server that gave it to us may name another host to hear it, as mastodon.social names
 * streaming.mastodon.social, for it knows the token anyway; but nobody between is to read it, so only encrypted.
 * @throws PublishError `forbidden`
 */
export function streamingServer(named: unknown, { api, signIn = api }: Hosts): string {
  const own = api.replace(/^http/, "ws");
  if (typeof named !== "string" || !isUrl(named)) return own;
  const { protocol, host, pathname } = new URL(named);
  if (host === new URL(signIn).host) return own;
  if (protocol !== "wss:") throw refused();
  return `wss://${host}${pathname.replace(/\/+$/, "")}`;
}

/** https://docs.joinmastodon.org/methods/streaming/#events (checked 2026-11) */
interface Message {
  readonly event?: unknown;
  /** JSON once more; of a deletion the id. */
  readonly payload?: unknown;
  readonly error?: unknown;
}

/** Whose status is gone is not said: somebody's in the timeline, or ours. */
function isAboutUs({ event, payload }: Message, accountId: string): boolean {
  if (event === "delete") return true;
  if (event !== "update" && event !== "status.update") return false;
  const status = (typeof payload === "string" ? parsed(payload) : payload) as
    | { readonly account?: { readonly id?: unknown } | null }
    | null
    | undefined;
  return status?.account?.id === accountId;
}

function parsed(json: string | Uint8Array): unknown {
  try {
    return JSON.parse(String(json));
  } catch {
    return undefined;
  }
}

function refused(): PublishError {
  return new PublishError("forbidden", "This Mastodon server does not let us listen", { code: "no_stream" });
}
