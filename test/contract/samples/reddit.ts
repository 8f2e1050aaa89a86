import type { Refusal } from "../refusal.ts";

const said = (code: string, message: string, field: string, more: object = {}) => ({
  json: { errors: [[code, message, field]], ...more },
});
const rule = (reason: string, explanation: string, field: string) => ({
  fields: [field],
  explanation,
  error_type: "SUBMIT_VALIDATION_ERROR",
  message: "Bad Request",
  reason,
});

// As recorded in PRAW's cassettes, in Reddit's published source, and as clients have seen it (checked 2026-11)
export const refusals: readonly Refusal[] = [
  {
    name: "401",
    status: 401,
    headers: { "www-authenticate": 'Bearer realm="reddit", error="invalid_token"' },
    body: { message: "Unauthorized", error: 401 },
    kind: "unauthorized",
  },
  {
    name: "200 not logged in",
    status: 200,
    body: said("USER_REQUIRED", "Please log in to do that.", ""),
    kind: "unauthorized",
  },
  { name: "403", status: 403, body: { message: "Forbidden", error: 403 }, kind: "forbidden" },
  {
    name: "403 private",
    status: 403,
    body: { reason: "private", message: "Forbidden", error: 403 },
    kind: "forbidden",
  },
  {
    name: "403 scope",
    status: 403,
    headers: { "www-authenticate": 'Bearer realm="reddit", error="insufficient_scope"' },
    body: { message: "Forbidden", error: 403 },
    kind: "forbidden",
  },
  {
    name: "403 a page of the front door",
    status: 403,
    headers: { "content-type": "text/html" },
    body: "<html><body>You've been blocked by network security.</body></html>",
    kind: "forbidden",
  },
  {
    name: "404 banned subreddit",
    status: 404,
    body: { reason: "banned", message: "Not Found", error: 404 },
    kind: "invalid",
  },
  {
    name: "400 title",
    status: 400,
    body: rule("SUBMIT_VALIDATION_TITLE_BLACKLISTED_STRING", 'You may not have "x" in your title.', "title"),
    kind: "invalid",
  },
  {
    name: "400 flair",
    status: 400,
    body: rule("SUBMIT_VALIDATION_FLAIR_REQUIRED", "Your post must contain post flair.", "flair"),
    kind: "invalid",
  },
  {
    name: "400 a page",
    status: 400,
    headers: { "content-type": "text/html" },
    body: "<html><h1>whoa there, pardner!</h1></html>",
    kind: "invalid",
  },
  {
    name: "200 flair",
    status: 200,
    body: said("SUBMIT_VALIDATION_FLAIR_REQUIRED", "Your post must contain post flair.", "flair"),
    kind: "invalid",
  },
  {
    name: "200 no such subreddit",
    status: 200,
    body: said("SUBREDDIT_NOEXIST", "Hmm, that community doesn't exist. Try checking the spelling.", "sr"),
    kind: "invalid",
  },
  {
    name: "200 not allowed there",
    status: 200,
    body: said("SUBREDDIT_NOTALLOWED", "you aren't allowed to post there.", "sr"),
    kind: "forbidden",
  },
  {
    name: "200 banned from there",
    status: 200,
    body: said("BANNED_FROM_SUBREDDIT", "you are banned from posting here", "sr"),
    kind: "forbidden",
  },
  {
    name: "200 no text posts",
    status: 200,
    body: said("NO_SELFS", "this subreddit doesn't allow text posts", "sr"),
    kind: "invalid",
  },
  {
    name: "200 too often, in seconds",
    status: 200,
    body: said(
      "RATELIMIT",
      "Looks like you've been doing that a lot. Take a break for 9 minutes before trying again.",
      "ratelimit",
      { ratelimit: 538.2 },
    ),
    kind: "rate_limited",
  },
  {
    name: "200 too often, in words",
    status: 200,
    body: said("RATELIMIT", "you are doing that too much. try again in 14 minutes.", "ratelimit"),
    kind: "rate_limited",
  },
  {
    name: "429",
    status: 429,
    headers: { "retry-after": "7" },
    body: { message: "Too Many Requests", error: 429 },
    kind: "rate_limited",
  },
  {
    name: "200 the same link",
    status: 200,
    body: said("ALREADY_SUB", "that link has already been submitted", "url"),
    kind: "invalid",
  },
  {
    name: "200 too long",
    status: 200,
    body: said("TOO_LONG", "this is too long (max: 300)", "title"),
    kind: "invalid",
  },
  {
    name: "200 suspended",
    status: 200,
    body: said("IN_TIMEOUT", "Your account is suspended", ""),
    kind: "forbidden",
  },
  {
    name: "200 a code nobody knows",
    status: 200,
    body: said("SOMETHING_NEW", "something went differently from before", "sr"),
    kind: "invalid",
  },
  {
    name: "200 a refusal that names a post: unclear",
    status: 200,
    body: said("SOMETHING_NEW", "done, but", "sr", { data: { id: "1kh35wk" } }),
    kind: "indeterminate",
  },
  { name: "200 errors that are none", status: 200, body: { json: { errors: "yes" } }, kind: "indeterminate" },
  { name: "500", status: 500, body: { message: "Internal Server Error", error: 500 }, kind: "indeterminate" },
  { name: "408", status: 408, body: "", kind: "indeterminate" },
  { name: "520", status: 520, body: "", kind: "indeterminate" },
];
