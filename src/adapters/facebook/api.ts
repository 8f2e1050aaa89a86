import type { Call } from "../contract/adapter.ts";
import { type GraphRequest, graphRequest } from "../families/graph-api.ts";
import { platform } from "./errors.ts";

export interface FacebookCredentials {
  /** A page's token, not a person's. */
  readonly accessToken: string;
  readonly pageId?: string;
}

export interface Page {
  readonly id: string;
  readonly name: string;
  readonly username?: string;
}

/** A post, a video or a comment, as far as we ask for its fields. */
export interface Node {
  readonly id: string;
  readonly is_published?: boolean;
  readonly published?: boolean;
  readonly permalink_url?: string;
  readonly status?: { readonly video_status?: string };
}

/** @throws PublishError */
export function request<T>(
  call: Pick<Call<FacebookCredentials>, "credentials" | "baseUrl" | "fetch" | "signal">,
  asked: GraphRequest,
): Promise<T> {
  return graphRequest<T>(call, platform, asked);
}
