import type { Call, HttpAnswer } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { readJson, send } from "../contract/transport.ts";
import { classify } from "./errors.ts";

export interface WordPressCredentials {
  readonly username: string;
  /** Made under Users → Profile → Application Passwords; 24 characters, blanks do not count. */
  readonly applicationPassword: string;
}

export type WordPressCall = Call<WordPressCredentials>;

/** https://developer.wordpress.org/rest-api/reference/posts/#schema (checked 2026-11), as far as we use it */
export interface Post {
  readonly id: number;
  readonly status: string;
  readonly link?: string;
}

/** https://developer.wordpress.org/rest-api/reference/comments/#schema (checked 2026-11) */
export interface Comment {
  readonly id: number;
  readonly status: string;
  readonly link?: string;
  readonly content?: { readonly rendered?: string };
}

/**
 * One request to the account's own site.
 * @param path below `/wp-json/wp/v2`, for example `/posts?per_page=1`
 * @throws PublishError for every answer that is not 2xx
 */
export function request(call: WordPressCall, path: string, init: RequestInit = {}): Promise<HttpAnswer> {
  return requestAt(call, `/wp-json/wp/v2${path}`, init);
}

/** As `request`, for a path below the site's own address. */
export async function requestAt(
  call: WordPressCall,
  path: string,
  init: RequestInit = {},
): Promise<HttpAnswer> {
  const { username, applicationPassword } = call.credentials;
  const headers = {
    ...init.headers,
    authorization: `Basic ${btoa(`${username}:${applicationPassword}`)}`,
    "user-agent": "Clarion", // firewalls in front of sites turn away who has none
  };
  const response = await send(call, "WordPress", `${call.baseUrl.api}${path}`, { ...init, headers });
  if (!response.ok) throw await refusal(response, call.now());
  return response;
}

/** As `request`, for an answer that is one thing: what has no id is not an answer. */
export async function requestEntity<T extends { readonly id: number }>(
  call: WordPressCall,
  path: string,
  init: RequestInit = {},
): Promise<T> {
  const response = await request(call, path, init);
  const entity = await readJson<Partial<T> | null>(response, "WordPress");
  if (!Number.isInteger(entity?.id)) throw unreadable(response.status);
  return entity as T;
}

/** As `request`, for an answer that is a list. */
export async function requestList<T>(call: WordPressCall, path: string): Promise<readonly T[]> {
  const response = await request(call, path);
  const list = await readJson<unknown>(response, "WordPress");
  if (!Array.isArray(list)) throw unreadable(response.status);
  return list as readonly T[];
}

export function json(body: unknown): RequestInit {
  return {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

export function unreadable(status: number): PublishError {
  return new PublishError("unavailable", "WordPress gave an answer we could not read", {
    status,
    code: "unreadable_answer",
  });
}

/** https://developer.wordpress.org/rest-api/extending-the-rest-api/adding-custom-endpoints/#return-value (checked 2026-11) */
interface ErrorBody {
  readonly code?: unknown;
  readonly data?: { readonly term_id?: unknown } | null;
}

/** Hosts and firewalls answer with pages of their own: those have no code. */
async function refusal(response: HttpAnswer, now: Date): Promise<PublishError> {
  const body = (await response.json().catch(() => null)) as ErrorBody | null;
  const termId = body?.code === "term_exists" && body.data?.term_id;
  if (Number.isInteger(termId))
    return new PublishError("invalid", "WordPress has this already", {
      status: response.status,
      code: "term_exists",
      handle: String(termId),
    });
  return classify(response, typeof body?.code === "string" ? body.code : undefined, now);
}
