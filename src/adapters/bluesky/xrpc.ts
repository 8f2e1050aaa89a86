import type { Call, HttpAnswer } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { send } from "../contract/transport.ts";
import { type BoundToken, boundHeaders, hear } from "./dpop.ts";
import { classify, type XrpcError } from "./errors.ts";

// Plain requests: the agent of @atproto/api keeps a session and fetches by itself, past the guarded client.

export type Line = Pick<Call<unknown>, "fetch" | "signal" | "now" | "baseUrl">;

export interface XrpcRequest {
  /** Where, if not at the account's own server. */
  readonly host?: string;
  readonly token?: string | BoundToken;
  readonly params?: Readonly<Record<string, string>>;
  /** A procedure's input: sent as JSON, a Blob as the bytes it is. */
  readonly input?: object;
  /** A procedure that takes no input. */
  readonly procedure?: true;
}

export interface XrpcAnswer {
  readonly status: number;
  readonly headers: HttpAnswer["headers"];
  /** Undefined where it was not JSON. */
  readonly body: unknown;
}

/**
 * One XRPC request. https://atproto.com/specs/xrpc (checked 2026-11)
 * @param nsid the method, for example `com.atproto.repo.getRecord`
 * @throws PublishError for every answer that is not a 2xx with a JSON object
 */
export async function xrpc<T extends object>(line: Line, nsid: string, request: XrpcRequest): Promise<T> {
  const answer = await exchange(line, nsid, request);
  if (answer.status < 200 || answer.status > 299) throw refusal(answer, line.now());
  if (typeof answer.body !== "object" || answer.body === null) throw unreadable(answer.status);
  return answer.body as T;
}

/** The same for whoever reads refusals too. */
export async function exchange(line: Line, nsid: string, request: XrpcRequest): Promise<XrpcAnswer> {
  const { host = line.baseUrl.api, token, params, input, procedure } = request;
  const query = params ? `?${new URLSearchParams(params)}` : "";
  const path = `/xrpc/${nsid}`;
  const method = input || procedure ? "POST" : "GET";
  const response = await send(line, "Bluesky", `${host}${path}${query}`, {
    method,
    headers: {
      ...(typeof token === "string" && { authorization: `Bearer ${token}` }),
      ...(typeof token === "object" && (await boundHeaders(token, method, path, line.now()))),
      ...(input && { "content-type": input instanceof Blob ? input.type : "application/json" }),
    },
    ...(input && { body: input instanceof Blob ? input : JSON.stringify(input) }),
  });
  const { status, headers } = response;
  if (typeof token === "object") hear(token.server, headers, line.now());
  return { status, headers, body: await response.json().catch(() => undefined) };
}

export function refusal({ status, headers, body }: XrpcAnswer, now: Date): PublishError {
  return classify(status, headers, (body ?? {}) as XrpcError, now);
}

export function unreadable(status?: number): PublishError {
  return new PublishError("unavailable", "Bluesky gave an answer we could not read", {
    ...(status !== undefined && { status }),
    code: "unreadable_answer",
  });
}
