import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { type Dispatcher, Headers, request } from "undici";
import type { Fetch } from "../adapters/contract/adapter.ts";

const unpack = { gzip: promisify(gunzip), br: promisify(brotliDecompress), deflate: promisify(inflate) };

/**
 * `fetch` for API calls: the body of the answer is read at once, and none of the streams that a Response builds are.
 * That halves what a call costs, and a burst is made of nothing else.
 */
export function leanFetch(
  dispatcher: Dispatcher,
  limits: { readonly maxAnswerBytes: number; readonly timeoutMs: number },
): Fetch {
  return async (url, init) => {
    if (!/^https?:\/\//i.test(url)) throw new TypeError("Only http and https URLs are called");
    const { body, type } = bodyOf(init.body);
    const answer = await request(url, {
      dispatcher,
      method: (init.method ?? "GET") as Dispatcher.HttpMethod,
      headers: { "accept-encoding": "identity", ...type, ...plainHeaders(init.headers) },
      body: body as Dispatcher.DispatchOptions["body"] & null,
      signal: init.signal ?? AbortSignal.timeout(limits.timeoutMs),
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
