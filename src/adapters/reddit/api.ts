import type { Call } from "../contract/adapter.ts";
import { readJson, send } from "../contract/transport.ts";
import { classify, refusalIn, unreadable } from "./errors.ts";

// Plain requests: snoowrap, the only client for Node, is no longer kept and brings an HTTP client of its own.

export interface RedditCredentials {
  /** An OAuth access token of a user. */
  readonly accessToken: string;
}

export type RedditCall = Call<RedditCredentials>;

/**
 * @param path below the API's host
 * @throws PublishError for every answer that is not a clear yes
 */
export async function get<T extends object>(
  call: RedditCall,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<T> {
  return request<T>(call, path, query, {});
}

/** As `get`. Reddit takes forms; what they do not hold (files aside) is sent by `postJson`. */
export async function post<T extends object>(
  call: RedditCall,
  path: string,
  form: Readonly<Record<string, string>>,
): Promise<T> {
  return request<T>(
    call,
    path,
    {},
    {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ api_type: "json", ...form }).toString(),
    },
  );
}

export async function postJson<T extends object>(call: RedditCall, path: string, body: object): Promise<T> {
  return request<T>(
    call,
    path,
    {},
    {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ api_type: "json", ...body }),
    },
  );
}

async function request<T extends object>(
  call: RedditCall,
  path: string,
  query: Readonly<Record<string, string>>,
  init: RequestInit,
): Promise<T> {
  // Without raw_json three signs come escaped.
  const url = `${call.baseUrl.api}${path}?${new URLSearchParams({ ...query, raw_json: "1" })}`;
  const headers = {
    ...init.headers,
    authorization: `Bearer ${call.credentials.accessToken}`,
    "user-agent": userAgent(call.account.handle),
  };
  const response = await send(call, "Reddit", url, { ...init, headers });
  if (!response.ok) throw await classify(response);
  const answer = await readJson<T | null>(response, "Reddit");
  if (typeof answer !== "object" || answer === null) throw unreadable(response.status);
  const refusal = refusalIn(answer);
  if (refusal) throw refusal;
  return answer;
}

/** Reddit slows down who does not name app and user. https://github.com/reddit-archive/reddit/wiki/API (checked 2026-11) */
function userAgent(handle: string): string {
  return handle === "" ? "web:clarion:v1" : `web:clarion:v1 (by /u/${handle})`;
}
