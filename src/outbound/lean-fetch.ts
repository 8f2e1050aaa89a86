import { setMaxListeners } from "node:events";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { type Dispatcher, FormData, Headers, request } from "undici";
import type { Fetch } from "../adapters/contract/adapter.ts";

const unpack = { gzip: promisify(gunzip), br: promisify(brotliDecompress), deflate: promisify(inflate) };

export interface LeanLimits {
  readonly maxAnswerBytes: number;
  /** For requests that bring no signal of their own. */
  readonly timeoutMs: number;
  /** How long a server may say nothing, once it has the request. */
  readonly silenceMs: number;
  /** The slowest line that is waited for. */
  readonly slowestBytesPerSecond: number;
}

/** What the system takes off our hands before the line has carried it: Linux's largest buffer is four megabytes. */
const bufferBytes = 4 * 1024 * 1024;

/**
 * `fetch` for API calls: the body of the answer is read at once, and none of the streams that a Response builds are.
 * That halves what a call costs, and a burst is made of nothing else.
 */
export function leanFetch(dispatcher: Dispatcher, limits: LeanLimits): Fetch {
  return async (url, init) => {
    if (!/^https?:\/\//i.test(url)) throw new TypeError("Only http and https URLs are called");
    const { body, type } = bodyOf(init.body);
    const signal = init.signal ?? AbortSignal.timeout(limits.timeoutMs);
    setMaxListeners(0, signal); // twenty files of one post listen to one: that is no leak to warn of
    const answer = await request(url, {
      dispatcher,
      method: (init.method ?? "GET") as Dispatcher.HttpMethod,
      headers: { "accept-encoding": "identity", ...type, ...plainHeaders(init.headers) },
      body: body as Dispatcher.DispatchOptions["body"] & null,
      headersTimeout: limits.silenceMs + drainTime(sizeOf(init), limits),
      signal,
    });
    const { statusCode: status, headers } = answer;
    // A refusal remains one when its body is cut off, so that failure waits until somebody reads.
    const reading = readAll(answer, limits.maxAnswerBytes);
    await reading.catch(() => undefined);
    const text = () => reading;
    return {
      status,
      ok: status >= 200 && status < 300,
      headers: { get: (name) => first(headers[name.toLowerCase()]) },
      text,
      json: async () => JSON.parse(await text()) as unknown,
    };
  };
}

/** Silence counts from when the last byte left us, which is not yet when it has arrived. Unit: milliseconds. */
function drainTime(bytes: number, { slowestBytesPerSecond }: LeanLimits): number {
  return Math.ceil((Math.min(bytes, bufferBytes) / slowestBytesPerSecond) * 1000);
}

/** How large a body is that may be large: a file, or a form with files. */
function sizeOf({ body, headers }: RequestInit): number {
  if (body instanceof Blob) return body.size;
  if (body instanceof FormData) {
    const parts = [...body.values()] as (string | { readonly size: number })[];
    return parts.reduce((sum, part) => sum + (typeof part === "string" ? part.length : part.size), 0);
  }
  return Number(plainHeaders(headers)["content-length"] ?? 0);
}

/** undici would send the fields of a form one by one, without the signs between them. */
function bodyOf(body: RequestInit["body"]): {
  readonly body: unknown;
  readonly type: Record<string, string>;
} {
  if (!(body instanceof URLSearchParams)) return { body: body ?? null, type: {} };
  const type = { "content-type": "application/x-www-form-urlencoded;charset=UTF-8" };
  return { body: body.toString(), type };
}

function plainHeaders(headers: RequestInit["headers"]): Record<string, string> {
  if (!headers) return {};
  const isPlain = Object.getPrototypeOf(headers) === Object.prototype;
  return isPlain ? (headers as Record<string, string>) : Object.fromEntries(new Headers(headers as never));
}

/** We ask for plain answers; one that comes packed all the same may not unpack to more than the limit. */
async function readAll(answer: Dispatcher.ResponseData, maxAnswerBytes: number): Promise<string> {
  const packed = first(answer.headers["content-encoding"]);
  const how = unpack[packed as keyof typeof unpack];
  if (!how) return answer.body.text();
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  return (await how(bytes, { maxOutputLength: maxAnswerBytes })).toString("utf8");
}

function first(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
