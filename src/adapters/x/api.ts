import type { Call, HttpAnswer } from "../contract/adapter.ts";
import { multipart } from "../contract/multipart.ts";
import { PublishError } from "../contract/publish-error.ts";
import { readJson, send } from "../contract/transport.ts";
import { classify } from "./errors.ts";
import type { FieldsParameter } from "./spelling.ts";

// Plain requests: the twitter-api-v2 library has fixed hosts and its own HTTP client, which would pass by the guarded one.

export interface XCredentials {
  /** An OAuth 2.0 user access token. */
  readonly accessToken: string;
}

export type XCall = Call<XCredentials>;

/** https://docs.x.com/x-api/posts/create-post (checked 2026-11) */
export interface NewPost {
  readonly text?: string;
  readonly media?: { readonly media_ids: readonly string[] };
  readonly reply?: { readonly in_reply_to_tweet_id: string };
  readonly reply_settings?: string;
}

export interface User {
  readonly id: string;
  readonly username: string;
  readonly name: string;
}

export interface TimelinePost {
  readonly id: string;
  readonly text: string;
}

/** With what else we may ask for, in both of X's spellings. */
export interface FullPost extends TimelinePost {
  readonly entities?: Entities;
  readonly attachments?: { readonly media_keys?: readonly string[] };
  readonly lang?: string;
  /** All of a text that is longer than 280. */
  readonly note_tweet?: { readonly text: string; readonly entities?: Entities };
  readonly note_post?: { readonly text: string; readonly entities?: Entities };
  /** An edited post has a new id; these are all that it had, oldest first. Sent unasked. */
  readonly edit_history_tweet_ids?: readonly string[];
  readonly edit_history_post_ids?: readonly string[];
}

interface Entities {
  readonly urls?: readonly {
    /** The t.co one. */
    readonly url?: string;
    readonly expanded_url?: string;
    /** Where it stands for a file. */
    readonly media_key?: string;
  }[];
}

export interface IncludedMedia {
  readonly media_key: string;
  readonly type?: string;
  /** Of photos. */
  readonly url?: string;
  readonly alt_text?: string;
  /** Of videos and moving pictures. */
  readonly variants?: readonly {
    readonly content_type?: string;
    readonly url?: string;
    readonly bit_rate?: number;
  }[];
}

export interface TimelinePage {
  readonly data?: readonly FullPost[];
  readonly includes?: {
    readonly media?: readonly IncludedMedia[];
    readonly users?: readonly { readonly protected?: boolean }[];
  };
  readonly meta?: { readonly result_count?: number; readonly next_token?: string };
}

/** In both of X's spellings, old and new. */
export interface PublicMetrics {
  readonly impression_count?: number;
  readonly like_count?: number;
  readonly reply_count?: number;
  readonly bookmark_count?: number;
  readonly retweet_count?: number;
  readonly repost_count?: number;
}

export interface UploadStatus {
  readonly id: string;
  readonly processing_info?: { readonly state?: string; readonly check_after_secs?: number };
}

/** @returns the new post's id */
export async function createPost(call: XCall, post: NewPost): Promise<string> {
  return (await requestObject(call, "/2/tweets", postJson(post))).id;
}

/** A post that is gone is not an error. */
export async function deletePost(call: XCall, id: string): Promise<void> {
  const { data } = await request<{ data?: { deleted?: boolean } }>(
    call,
    `/2/tweets/${encodeURIComponent(id)}`,
    {
      method: "DELETE",
    },
  );
  if (data?.deleted !== true) throw unreadable();
}

export async function me(call: XCall): Promise<User> {
  return requestObject<User>(call, "/2/users/me");
}

export async function timeline(call: XCall, userId: string, query: URLSearchParams): Promise<TimelinePage> {
  return request<TimelinePage>(call, `/2/users/${encodeURIComponent(userId)}/tweets?${query}`);
}

/** @returns undefined where X does not show the post */
export async function publicMetrics(
  call: XCall,
  id: string,
  fieldsParameter: FieldsParameter,
): Promise<PublicMetrics | undefined> {
  const query = new URLSearchParams({ [fieldsParameter]: "public_metrics" });
  const { data } = await request<{ data?: { public_metrics?: PublicMetrics } }>(
    call,
    `/2/tweets/${encodeURIComponent(id)}?${query}`,
  );
  return data?.public_metrics;
}

/** A still image in one request. https://docs.x.com/x-api/media/upload-media (checked 2026-11) */
export async function uploadImage(call: XCall, blob: Blob): Promise<string> {
  const body = multipart({ media_category: "tweet_image" }, { media: { blob, name: "media" } });
  return (await requestObject(call, "/2/media/upload", { method: "POST", body })).id;
}

/** Opens an upload in segments. https://docs.x.com/x-api/media/initialize-media-upload (checked 2026-11) */
export async function initializeUpload(
  call: XCall,
  file: { readonly media_type: string; readonly media_category: string; readonly total_bytes: number },
): Promise<string> {
  return (await requestObject(call, "/2/media/upload/initialize", postJson(file))).id;
}

export async function appendSegment(call: XCall, id: string, index: number, blob: Blob): Promise<void> {
  const body = multipart({ segment_index: String(index) }, { media: { blob, name: "media" } });
  await requestNothing(call, `/2/media/upload/${id}/append`, { method: "POST", body });
}

export async function finalizeUpload(call: XCall, id: string): Promise<UploadStatus> {
  return requestObject<UploadStatus>(call, `/2/media/upload/${id}/finalize`, { method: "POST" });
}

export async function uploadStatus(call: XCall, id: string): Promise<UploadStatus> {
  const query = new URLSearchParams({ command: "STATUS", media_id: id });
  return requestObject<UploadStatus>(call, `/2/media/upload?${query}`);
}

/** https://docs.x.com/x-api/media/create-media-metadata (checked 2026-11) */
export async function setAltText(call: XCall, id: string, text: string): Promise<void> {
  await requestNothing(call, "/2/media/metadata", postJson({ id, metadata: { alt_text: { text } } }));
}

function postJson(body: unknown): RequestInit {
  return {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

/** A 2xx without the object's id is no success: nobody could find again what it made. */
async function requestObject<T extends { id: string }>(
  call: XCall,
  path: string,
  init: RequestInit = {},
): Promise<T> {
  const { data } = await request<{ data?: T }>(call, path, init);
  if (typeof data?.id !== "string" || !/^\d{1,19}$/.test(data.id)) throw unreadable();
  return data;
}

async function request<T extends object>(call: XCall, path: string, init: RequestInit = {}): Promise<T> {
  const answer = await readJson<T | null>(await exchange(call, path, init), "X");
  if (typeof answer !== "object" || answer === null) throw unreadable();
  return answer;
}

/** Where only the status counts. The body is read all the same, so that the connection can be used again. */
async function requestNothing(call: XCall, path: string, init: RequestInit): Promise<void> {
  const response = await exchange(call, path, init);
  await response.text().catch(() => "");
}

async function exchange(call: XCall, path: string, init: RequestInit): Promise<HttpAnswer> {
  const headers = { ...init.headers, authorization: `Bearer ${call.credentials.accessToken}` };
  const response = await send(call, "X", `${call.baseUrl.api}${path}`, { ...init, headers });
  if (!response.ok) throw await classify(response, call.now());
  return response;
}

function unreadable(): PublishError {
  return new PublishError("unavailable", "X gave an answer we could not read", {
    code: "unreadable_answer",
  });
}
