import type { Call } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { readJson, send } from "../contract/transport.ts";
import { classify, type GraphPlatform } from "./graph-errors.ts";

/** https://developers.facebook.com/docs/graph-api/changelog (checked 2026-11) */
export const graphVersion = "v26.0";

export interface GraphRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** Below the version: `me`, `123/feed`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. Never in the URL: a long caption there is answered with a 500. */
  readonly json?: Readonly<Record<string, unknown>>;
  /** A multipart body, instead of `json`. */
  readonly form?: BodyInit;
  /** Another origin than the API's. */
  readonly base?: string;
}

export type GraphCall = Pick<
  Call<{ readonly accessToken: string }>,
  "credentials" | "baseUrl" | "fetch" | "signal"
>;

/**
 * One request to one of Meta's Graph platforms. The token travels in a header: a URL ends up in logs.
 * @throws PublishError
 */
export async function graphRequest<T>(
  call: GraphCall,
  platform: GraphPlatform,
  request: GraphRequest,
): Promise<T> {
  const path = request.path.split("/").map(encodeURIComponent).join("/"); // an id stays one segment
  const url = new URL(`${request.base ?? call.baseUrl.api}/${platform.version ?? graphVersion}/${path}`);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  const headers = {
    authorization: `Bearer ${call.credentials.accessToken}`,
    ...(request.json && { "content-type": "application/json" }),
  };
  const body = request.json ? JSON.stringify(request.json) : request.form;
  const response = await send(call, platform.name, url.href, {
    method: request.method,
    headers,
    ...(body !== undefined && { body }),
  });
  if (!response.ok) throw await classify(response, platform);
  return await readJson<T>(response, platform.name);
}

/**
 * The id of what a request made.
 * @throws PublishError `unavailable` where there is none: such an answer is neither a yes nor a no
 */
export function idOf(answer: { readonly id?: unknown } | null, platform: GraphPlatform): string {
  const id = answer?.id;
  if (typeof id === "string" && id !== "") return id;
  throw unclear(platform);
}

/** An answer that leaves out what it is asked for. */
export function unclear(platform: GraphPlatform): PublishError {
  return new PublishError("unavailable", `${platform.name} answered without saying what it did`, {
    code: "incomplete_answer",
  });
}

/** Prepared media is asked for at 3 s, then less and less often; the documentation wants a minute. */
export function pollAfterMs(polls: number): number {
  return Math.min(3000 * 2 ** polls, 60_000);
}

/** Unpublished photos and containers live for a day; 4 hours less leave room for a late publish. */
export const preparedLifeMs = 20 * 60 * 60_000;

export function preparedUntil(now: Date): string {
  return new Date(now.getTime() + preparedLifeMs).toISOString();
}
