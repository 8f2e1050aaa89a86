import type { Call } from "../contract/adapter.ts";
import { type GraphRequest, graphRequest } from "../families/graph-api.ts";
import { platform } from "./errors.ts";

export interface InstagramCredentials {
  /** Of a professional account, from Instagram Login. */
  readonly accessToken: string;
  readonly userId?: string;
}

export interface Profile {
  readonly user_id: string;
  readonly username: string;
  readonly name?: string;
  readonly account_type?: string;
}

export interface Container {
  readonly id: string;
  readonly status_code?: "EXPIRED" | "ERROR" | "FINISHED" | "IN_PROGRESS" | "PUBLISHED";
  /** Carries the reason, a subcode among words, where the code is ERROR. */
  readonly status?: string;
}

/** @throws PublishError */
export function request<T>(
  call: Pick<Call<InstagramCredentials>, "credentials" | "baseUrl" | "fetch" | "signal">,
  asked: GraphRequest,
): Promise<T> {
  return graphRequest<T>(call, platform, asked);
}

/** https://developers.facebook.com/docs/instagram-platform/reference/instagram-media (checked 2026-11) */
export function readContainer(
  containerId: string,
  call: Pick<Call<InstagramCredentials>, "credentials" | "baseUrl" | "fetch" | "signal">,
): Promise<Container> {
  return request<Container>(call, {
    method: "GET",
    path: containerId,
    query: { fields: "status_code,status" },
  });
}
