import type { Call, HttpAnswer } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { readJson, send } from "../contract/transport.ts";
import { classify } from "./errors.ts";

// Plain requests: LinkedIn's own library has fixed hosts and its own HTTP client, and has rested since 2023.

/** The API's version; LinkedIn keeps this one until 2027-09-15. https://learn.microsoft.com/en-us/linkedin/marketing/versioning (checked 2026-11) */
const apiVersion = "202609";

export interface LinkedInCredentials {
  /** An OAuth 2.0 token of a member. */
  readonly accessToken: string;
  /** `urn:li:organization:…` of a page the member administers; absent: the member. */
  readonly author?: string;
}

/** Several accounts may share one login: who speaks is `account.externalId`, the author's URN. */
export type LinkedInCall = Pick<
  Call<LinkedInCredentials>,
  "credentials" | "account" | "baseUrl" | "fetch" | "signal" | "now"
>;

export interface LinkedInRequest {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  /** Already encoded: Rest.li's lists have brackets that must not be. */
  readonly query?: string;
  readonly json?: unknown;
  readonly restliMethod?: "FINDER" | "BATCH_GET" | "DELETE" | "PARTIAL_UPDATE";
}

/** @throws PublishError for every answer that is not 2xx */
export async function request(call: LinkedInCall, asked: LinkedInRequest): Promise<HttpAnswer> {
  const { method, path, query, json, restliMethod } = asked;
  const isVersioned = path.startsWith("/rest/");
  const response = await send(call, "LinkedIn", `${call.baseUrl.api}${path}${query ? `?${query}` : ""}`, {
    method,
    headers: {
      authorization: `Bearer ${call.credentials.accessToken}`,
      ...(isVersioned && { "linkedin-version": apiVersion, "x-restli-protocol-version": "2.0.0" }),
      ...(restliMethod && { "x-restli-method": restliMethod }),
      ...(json !== undefined && { "content-type": "application/json" }),
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  if (!response.ok) throw await classify(response, call.now());
  return response;
}

export async function readObject<T extends object>(response: HttpAnswer): Promise<T> {
  const answer = await readJson<T | null>(response, "LinkedIn");
  if (typeof answer !== "object" || answer === null) throw unreadable(response.status);
  return answer;
}

export async function readElements<T>(response: HttpAnswer): Promise<readonly T[]> {
  const { elements } = await readObject<{ elements?: unknown }>(response);
  if (!Array.isArray(elements)) throw unreadable(response.status);
  return elements as T[];
}

export function unreadable(status: number): PublishError {
  return new PublishError("unavailable", "LinkedIn gave an answer we could not read", {
    status,
    code: "unreadable_answer",
  });
}
