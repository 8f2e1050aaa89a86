import type { Call, HttpAnswer } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { readJson, send } from "../contract/transport.ts";
import { classify } from "./errors.ts";

export interface MastodonCredentials {
  readonly accessToken: string;
}

// https://docs.joinmastodon.org/entities/Status/ (checked 2026-11), as far as we use it
export interface Status {
  readonly id: string;
  /** Null while the server has no page for it. */
  readonly url: string | null;
  readonly content: string;
  readonly created_at: string;
  readonly in_reply_to_id: string | null;
  readonly spoiler_text: string;
  readonly sensitive: boolean;
  /** `public`, `unlisted`, `private` or `direct`. */
  readonly visibility: string;
  /** Older servers leave it out. */
  readonly language?: string | null;
  readonly media_attachments: readonly {
    readonly id: string;
    readonly type: string;
    readonly url: string | null;
    readonly description: string | null;
  }[];
  readonly replies_count: number;
  readonly reblogs_count: number;
  readonly favourites_count: number;
}

export interface MediaAttachment {
  readonly id: string;
  /** Null while it is being processed. */
  readonly url: string | null;
}

export interface CredentialAccount {
  readonly id: string;
  readonly username: string;
  readonly display_name: string;
}

/**
 * One request to the account's own server.
 * @param path below `/api`, for example `/v1/statuses`
 * @throws PublishError for every answer that is not 2xx
 */
export async function request(
  call: Call<MastodonCredentials>,
  path: string,
  init: RequestInit = {},
): Promise<HttpAnswer> {
  const headers = { ...init.headers, authorization: `Bearer ${call.credentials.accessToken}` };
  const response = await send(call, "Mastodon", `${call.baseUrl.api}/api${path}`, { ...init, headers });
  if (!response.ok) throw await refusal(response, call.now());
  return response;
}

/** As `request`, for an answer that carries an entity: anything without an id is not an answer. */
export async function requestEntity<T extends { readonly id: string }>(
  call: Call<MastodonCredentials>,
  path: string,
  init: RequestInit = {},
): Promise<T> {
  const response = await request(call, path, init);
  const entity = await readJson<Partial<T> | null>(response, "Mastodon");
  if (typeof entity?.id !== "string" || entity.id === "")
    throw new PublishError("unavailable", "Mastodon gave an answer we could not read", {
      status: response.status,
      code: "unreadable_answer",
    });
  return entity as T;
}

async function refusal(response: HttpAnswer, now: Date): Promise<PublishError> {
  const body = (await response.json().catch(() => null)) as { error?: unknown } | null;
  return classify(response, typeof body?.error === "string" ? body.error : "", now);
}
