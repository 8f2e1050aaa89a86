import { Agent, Headers, fetch as undiciFetch } from "undici";
import type { Fetch } from "../adapters/contract/adapter.ts";
import { defaultTimings } from "../domain/timings.ts";
import { boundedAnswer } from "./bounded-answer.ts";
import { type FirstMessage, firstMessage } from "./first-message.ts";
import { guardedConnector, type Resolve } from "./guarded-connector.ts";
import { leanFetch } from "./lean-fetch.ts";
import { type GuardedStream, guardedStream } from "./stream.ts";

export interface GuardedFetchOptions {
  /** What the operator pointed us at: base URLs, the practice network. Origins. */
  readonly allowedOrigins: readonly string[];
  /** `host` (any port) or `host:port`, in lower case. */
  readonly allowedPrivateHosts: readonly string[];
  /** Everyone else is called on these alone. */
  readonly ports?: readonly number[];
  readonly maxAnswerBytes?: number;
  /** For requests that bring no signal of their own. */
  readonly timeoutMs?: number;
  /** How long a server may say nothing. */
  readonly silenceMs?: number;
  /** Large bodies are given as long as this line takes, on top. */
  readonly slowestBytesPerSecond?: number;
  readonly resolve?: Resolve;
}

export interface GuardedFetch {
  /** For large answers: the body is a stream. */
  readonly fetch: typeof fetch;
  /** For API calls: the answer is read at once. */
  readonly call: Fetch;
  /** For results that a WebSocket tells once; to the same places. */
  readonly firstMessage: FirstMessage;
  /** For WebSockets that stay open; to the same places. */
  readonly stream: GuardedStream;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

const connectTimeoutMs = 5000;
const silenceTimeoutMs = 30_000;
const megabyte = 1024 * 1024;
const maxMessageBytes = 64 * 1024;

/**
 * The one client for everything that leaves this machine: bounded in time and size, follows no redirect, refuses
 * addresses that are not public with the code `CLARION_ADDRESS_REFUSED`.
 * Connections are kept and unlimited per origin. Idle ones are given up after undici's four seconds, before servers
 * do (five in Node): a POST sent into a connection that is just being closed would have an unknown fate.
 */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const { maxAnswerBytes = 10 * megabyte, timeoutMs = 60_000, ports = [80, 443], resolve } = options;
  const { silenceMs = silenceTimeoutMs, slowestBytesPerSecond = defaultTimings.slowestBytesPerSecond } =
    options;
  const isAllowed = allowance(options);
  const connect = guardedConnector({ isAllowed, ports, connectTimeoutMs, ...(resolve ? { resolve } : {}) });
  const dispatcher = new Agent({
    connect,
    connections: null,
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
    maxResponseSize: maxAnswerBytes,
  });
  const guarded = async (input: unknown, init: { headers?: never; signal?: AbortSignal } = {}) => {
    const url = input instanceof URL ? input.href : String(input);
    if (!/^https?:\/\//i.test(url)) throw new TypeError("Only http and https URLs are fetched");
    const headers = new Headers(init.headers);
    // Compressed answers must be counted once more when unpacked, so we do not ask for any.
    if (!headers.has("accept-encoding")) headers.set("accept-encoding", "identity");
    const signal = init.signal ?? AbortSignal.timeout(timeoutMs);
    const answer = await undiciFetch(url, { ...init, headers, signal, redirect: "manual", dispatcher });
    return boundedAnswer(answer, maxAnswerBytes);
  };
  return {
    fetch: guarded as unknown as typeof fetch,
    call: leanFetch(dispatcher, { maxAnswerBytes, timeoutMs, silenceMs, slowestBytesPerSecond }),
    firstMessage: firstMessage(connect, maxMessageBytes),
    stream: guardedStream(connect, silenceMs),
    close: () => dispatcher.close(),
  };
}

function allowance({ allowedOrigins, allowedPrivateHosts }: GuardedFetchOptions) {
  const places = new Set<string>();
  for (const place of allowedPrivateHosts) {
    const [, host = "", port = "*"] = /^\[?([^\]]+?)\]?(?::(\d+))?$/.exec(place) ?? [];
    places.add(`${host} ${port}`);
  }
  for (const origin of allowedOrigins) {
    const { protocol, hostname, port } = new URL(origin);
    places.add(`${hostname.replace(/^\[|\]$/g, "")} ${port || (protocol === "https:" ? 443 : 80)}`);
  }
  return (host: string, port: number): boolean => places.has(`${host} ${port}`) || places.has(`${host} *`);
}
