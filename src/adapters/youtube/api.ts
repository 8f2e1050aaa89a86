import type { Call, HttpAnswer } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { readJson, send } from "../contract/transport.ts";
import { classify } from "./errors.ts";

// Plain requests: Google's client has its own HTTP client, repeats requests by itself, and cannot resume an upload.

export interface YouTubeCredentials {
  /** Of a Google account with a channel, for the scope `youtube.force-ssl`. */
  readonly accessToken: string;
}

export type YouTubeCall = Call<YouTubeCredentials>;

/** https://developers.google.com/youtube/v3/docs/videos#resource (checked 2026-11) */
export interface VideoStatus {
  readonly uploadStatus?: string;
  readonly failureReason?: string;
  readonly rejectionReason?: string;
  readonly privacyStatus?: string;
}

export interface Video {
  readonly id: string;
  readonly status?: VideoStatus;
  /** Counts are strings; what a channel hides is left out. */
  readonly statistics?: {
    readonly viewCount?: string;
    readonly likeCount?: string;
    readonly commentCount?: string;
  };
}

type Resource = "channels" | "videos" | "playlists" | "playlistItems" | "commentThreads" | "comments";
type Query = Readonly<Record<string, string>>;

interface Listing<T> {
  readonly items?: readonly T[];
  readonly nextPageToken?: string;
}

/** The first page of a list, as far as a question by id goes. */
export async function list<T>(call: YouTubeCall, resource: Resource, query: Query): Promise<readonly T[]> {
  return (await readListing<T>(call, resource, query)).items ?? [];
}

/**
 * A list page by page.
 * @param enough asked after each page whether the rest is of no interest
 * @returns `isWhole` is false where `maxPages` were not all there is
 */
export async function listAll<T>(
  call: YouTubeCall,
  resource: Resource,
  query: Query,
  maxPages: number,
  enough: (page: readonly T[]) => boolean = () => false,
): Promise<{ readonly items: readonly T[]; readonly isWhole: boolean }> {
  const items: T[] = [];
  let next: Query = {};
  for (let page = 0; page < maxPages; page++) {
    const listing = await readListing<T>(call, resource, { ...query, ...next });
    items.push(...(listing.items ?? []));
    if (!listing.nextPageToken || enough(listing.items ?? [])) return { items, isWhole: true };
    next = { pageToken: listing.nextPageToken };
  }
  return { items, isWhole: false };
}

/** Makes or changes a resource. @returns what it is now */
export async function write<T extends { id: string }>(
  call: YouTubeCall,
  method: "POST" | "PUT",
  resource: Resource,
  query: Query,
  body: unknown,
): Promise<T> {
  const headers = { "content-type": "application/json; charset=UTF-8" };
  const url = address(call.baseUrl.api, resource, query);
  return readResource<T>(await exchange(call, url, { method, headers, body: JSON.stringify(body) }));
}

/** @throws PublishError `invalid` with YouTube's own code where there is no such thing */
export async function remove(call: YouTubeCall, resource: "videos" | "comments", id: string): Promise<void> {
  const response = await exchange(call, address(call.baseUrl.api, resource, { id }), { method: "DELETE" });
  await response.text().catch(() => "");
}

/** https://developers.google.com/youtube/v3/docs/thumbnails/set (checked 2026-11). A second time takes the place of the first. */
export async function setThumbnail(
  call: YouTubeCall,
  videoId: string,
  file: Blob,
  mimeType: string,
): Promise<void> {
  const query = new URLSearchParams({ videoId, uploadType: "media" });
  const url = `${uploadHost(call)}/upload/youtube/v3/thumbnails/set?${query}`;
  const init = { method: "POST", headers: { "content-type": mimeType }, body: file };
  await (await exchange(call, url, init)).text().catch(() => "");
}

/** A 2xx without the resource's id is no success: nobody could find again what it made. */
export async function readResource<T extends { id: string }>(response: HttpAnswer): Promise<T> {
  const resource = await readJson<T | null>(response, "YouTube");
  if (typeof resource?.id !== "string" || resource.id === "") throw unreadable();
  return resource;
}

/** A request with our token. @throws PublishError unless the answer is a yes */
export async function exchange(call: YouTubeCall, url: string, init: RequestInit): Promise<HttpAnswer> {
  const headers = { ...init.headers, authorization: `Bearer ${call.credentials.accessToken}` };
  const response = await send(call, "YouTube", url, { ...init, headers });
  if (!response.ok) throw await classify(response, call.now());
  return response;
}

export function uploadHost({ baseUrl }: Pick<YouTubeCall, "baseUrl">): string {
  return baseUrl.upload ?? baseUrl.api;
}

export function unreadable(): PublishError {
  return new PublishError("unavailable", "YouTube gave an answer we could not read", {
    code: "unreadable_answer",
  });
}

async function readListing<T>(call: YouTubeCall, resource: Resource, query: Query): Promise<Listing<T>> {
  const response = await exchange(call, address(call.baseUrl.api, resource, query), { method: "GET" });
  const listing = await readJson<Listing<T> | null>(response, "YouTube");
  const isListing = typeof listing === "object" && listing !== null && Array.isArray(listing.items ?? []);
  if (!isListing) throw unreadable();
  return listing;
}

function address(host: string, resource: Resource, query: Query): string {
  return `${host}/youtube/v3/${resource}?${new URLSearchParams(query)}`;
}
