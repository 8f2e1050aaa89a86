import type { Call, HttpAnswer } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { readJson, send } from "../contract/transport.ts";
import { classify } from "./errors.ts";

export interface PinterestCredentials {
  readonly accessToken: string;
}

export type PinterestCall = Call<PinterestCredentials>;

// https://developers.pinterest.com/docs/api/v5/ (version 5.23, checked 2026-11), as far as we use it

export interface Account {
  readonly id: string;
  readonly username?: string;
  readonly business_name?: string | null;
}

export interface Board {
  readonly id: string;
  readonly name: string;
  readonly owner?: { readonly username?: string };
}

export interface Pin {
  readonly id: string;
  /** UTC; Pinterest leaves the zone out. */
  readonly created_at?: string;
  readonly title?: string | null;
  readonly description?: string | null;
  readonly link?: string | null;
  readonly alt_text?: string | null;
  readonly parent_pin_id?: string | null;
  readonly media?: PinMedia | null;
  readonly pin_metrics?: {
    readonly lifetime_metrics?: Counts;
    readonly "90d"?: Counts;
  } | null;
}

export interface PinMedia {
  readonly media_type: string;
  readonly images?: Images;
  /** Null for most apps. */
  readonly video_url?: string | null;
  readonly items?: readonly { readonly images?: Images }[];
}

/** One picture in several sizes. */
export type Images = Readonly<Record<string, { readonly url: string } | undefined>>;

export type Counts = Readonly<Record<string, number>>;

/** Where a video is to be sent, and the form fields that go with it. */
export interface MediaUpload {
  readonly id: string;
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly bookmark: string | undefined;
}

export function account(call: PinterestCall): Promise<Account> {
  return requestObject<Account>(call, "/user_account");
}

export function boards(call: PinterestCall, query: URLSearchParams): Promise<Page<Board>> {
  return requestPage<Board>(call, `/boards?${query}`);
}

export function boardPins(call: PinterestCall, boardId: string, query: URLSearchParams): Promise<Page<Pin>> {
  return requestPage<Pin>(call, `/boards/${encodeURIComponent(boardId)}/pins?${query}`);
}

export function ownPins(call: PinterestCall, query: URLSearchParams): Promise<Page<Pin>> {
  return requestPage<Pin>(call, `/pins?${query}`);
}

/** @param init the body: made by whoever knows the pictures */
export function createPin(call: PinterestCall, init: RequestInit): Promise<Pin> {
  return requestObject<Pin>(call, "/pins", { ...init, method: "POST" });
}

export function pin(call: PinterestCall, id: string): Promise<Pin> {
  return requestObject<Pin>(call, `/pins/${encodeURIComponent(id)}?pin_metrics=true`);
}

export async function deletePin(call: PinterestCall, id: string): Promise<void> {
  const answer = await exchange(call, `/pins/${encodeURIComponent(id)}`, { method: "DELETE" });
  await answer.text().catch(() => ""); // so that the connection can be used again
}

export async function registerVideo(call: PinterestCall): Promise<MediaUpload> {
  const answer = await request<{ media_id?: unknown; upload_url?: unknown; upload_parameters?: unknown }>(
    call,
    "/media",
    {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ media_type: "video" }),
    },
  );
  const { media_id: id, upload_url: url, upload_parameters: parameters } = answer;
  if (!isId(id) || typeof url !== "string" || typeof parameters !== "object" || !parameters)
    throw unreadable();
  return { id, url, parameters: parameters as MediaUpload["parameters"] };
}

export async function mediaStatus(call: PinterestCall, id: string): Promise<string> {
  const { status } = await request<{ status?: unknown }>(call, `/media/${encodeURIComponent(id)}`);
  if (typeof status !== "string") throw unreadable();
  return status;
}

/** A 2xx without the object's id is no success: nobody could find again what it made. */
async function requestObject<T extends { readonly id: string }>(
  call: PinterestCall,
  path: string,
  init: RequestInit = {},
): Promise<T> {
  const answer = await request<Partial<T>>(call, path, init);
  if (!isId(answer.id)) throw unreadable();
  return answer as T;
}

async function requestPage<T extends { readonly id: string }>(
  call: PinterestCall,
  path: string,
): Promise<Page<T>> {
  const { items, bookmark } = await request<{ items?: unknown; bookmark?: unknown }>(call, path);
  if (!Array.isArray(items) || !items.every((item: Partial<T> | null) => isId(item?.id))) throw unreadable();
  return { items: items as T[], bookmark: typeof bookmark === "string" && bookmark ? bookmark : undefined };
}

async function request<T extends object>(
  call: PinterestCall,
  path: string,
  init: RequestInit = {},
): Promise<T> {
  const answer = await readJson<T | null>(await exchange(call, path, init), "Pinterest");
  if (typeof answer !== "object" || answer === null) throw unreadable();
  return answer;
}

async function exchange(call: PinterestCall, path: string, init: RequestInit): Promise<HttpAnswer> {
  const headers = { ...init.headers, authorization: `Bearer ${call.credentials.accessToken}` };
  const response = await send(call, "Pinterest", `${call.baseUrl.api}/v5${path}`, { ...init, headers });
  if (!response.ok) throw await classify(response);
  return response;
}

function isId(value: unknown): value is string {
  return typeof value === "string" && /^\d+$/.test(value);
}

function unreadable(): PublishError {
  return new PublishError("unavailable", "Pinterest gave an answer we could not read", {
    code: "unreadable_answer",
  });
}
