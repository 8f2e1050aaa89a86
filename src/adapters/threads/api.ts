import type { Call } from "../contract/adapter.ts";
import { type GraphRequest, graphRequest } from "../families/graph-api.ts";
import type { GraphMedia } from "../families/graph-files.ts";
import { platform } from "./errors.ts";

export interface ThreadsCredentials {
  readonly accessToken: string;
  readonly userId?: string;
}

export interface Profile {
  readonly id: string;
  readonly username: string;
  readonly name?: string;
}

export interface Container {
  readonly id: string;
  readonly status?: "EXPIRED" | "ERROR" | "FINISHED" | "IN_PROGRESS" | "PUBLISHED";
  /** A constant, where the status is ERROR: `FAILED_PROCESSING_VIDEO`. */
  readonly error_message?: string;
}

/** https://developers.facebook.com/docs/threads/retrieve-and-discover-posts/retrieve-posts (checked 2026-11) */
export interface Post extends GraphMedia {
  readonly id: string;
  readonly media_type?: "TEXT_POST" | "IMAGE" | "VIDEO" | "CAROUSEL_ALBUM" | "AUDIO" | "REPOST_FACADE";
  /** Left out where there is none. */
  readonly text?: string;
  readonly timestamp: string;
  readonly permalink?: string;
  readonly link_attachment_url?: string;
  /** Only of replies. */
  readonly replied_to?: { readonly id: string };
}

/** @throws PublishError */
export function request<T>(
  call: Pick<Call<ThreadsCredentials>, "credentials" | "baseUrl" | "fetch" | "signal">,
  asked: GraphRequest,
): Promise<T> {
  return graphRequest<T>(call, platform, asked);
}

/** https://developers.facebook.com/docs/threads/troubleshooting (checked 2026-11) */
export function readContainer(
  containerId: string,
  call: Pick<Call<ThreadsCredentials>, "credentials" | "baseUrl" | "fetch" | "signal">,
): Promise<Container> {
  return request<Container>(call, {
    method: "GET",
    path: containerId,
    query: { fields: "id,status,error_message" },
  });
}

const pageSize = 100; // the most Threads gives
const earliestSeconds = 1_688_540_400; // it refuses an earlier `since`

/**
 * Our own posts, or our own replies, newest first.
 * https://developers.facebook.com/docs/threads/reference/user (checked 2026-11)
 */
export async function listOwn(
  edge: "threads" | "replies",
  fields: string,
  since: Date,
  call: Call<ThreadsCredentials>,
): Promise<readonly Post[]> {
  const seconds = Math.max(earliestSeconds, Math.floor(since.getTime() / 1000));
  const { data } = await request<{ readonly data: readonly Post[] }>(call, {
    method: "GET",
    path: `${call.account.externalId}/${edge}`,
    query: { fields, since: String(seconds), limit: String(pageSize) },
  });
  return data;
}
