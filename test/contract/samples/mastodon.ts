import type { Refusal } from "../refusal.ts";

// https://docs.joinmastodon.org/methods/statuses/#create and config/locales/en.yml of mastodon/mastodon (checked 2026-11)
export const refusals: readonly Refusal[] = [
  {
    name: "401 invalid token",
    status: 401,
    body: { error: "The access token is invalid" },
    kind: "unauthorized",
  },
  {
    name: "401 revoked token",
    status: 401,
    body: { error: "The access token was revoked" },
    kind: "unauthorized",
  },
  {
    name: "403 missing scope",
    status: 403,
    body: { error: "This action is outside the authorized scopes" },
    kind: "forbidden",
  },
  {
    name: "403 disabled login",
    status: 403,
    body: { error: "Your login is currently disabled" },
    kind: "forbidden",
  },
  { name: "403 not allowed", status: 403, body: { error: "This action is not allowed" }, kind: "forbidden" },
  {
    name: "404 nothing to reply to",
    status: 404,
    body: { error: "The post you are trying to reply to does not appear to exist." },
    kind: "invalid",
  },
  {
    name: "422 no text",
    status: 422,
    body: { error: "Validation failed: Text can't be blank" },
    kind: "invalid",
  },
  {
    name: "422 too long",
    status: 422,
    body: { error: "Validation failed: Text character limit of 500 exceeded" },
    kind: "invalid",
  },
  {
    name: "422 file still processing",
    status: 422,
    body: { error: "Cannot attach files that have not finished processing. Try again in a moment!" },
    kind: "invalid",
  },
  {
    name: "422 file already used",
    status: 422,
    body: { error: "Media 22348641 not found or already attached to another post" },
    kind: "invalid",
  },
  { name: "429", status: 429, body: { error: "Too many requests" }, kind: "rate_limited" },
];
