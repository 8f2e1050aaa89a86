import type { Refusal } from "../refusal.ts";

function wordpressError(status: number, code: string, message: string): Pick<Refusal, "status" | "body"> {
  return { status, body: { code, message, data: { status } } };
}

const page = { "content-type": "text/html; charset=UTF-8" };

// https://github.com/WordPress/WordPress/tree/master/wp-includes/rest-api/endpoints (checked 2026-11)
export const refusals: readonly Refusal[] = [
  {
    name: "401 wrong application password",
    ...wordpressError(401, "incorrect_password", "The provided password is an invalid application password."),
    kind: "unauthorized",
  },
  {
    name: "401 header lost on the way",
    ...wordpressError(401, "rest_cannot_edit", "Sorry, you are not allowed to edit this post."),
    kind: "unauthorized",
  },
  {
    name: "401 application passwords switched off",
    ...wordpressError(401, "application_passwords_disabled", "Application passwords are not available."),
    kind: "unauthorized",
  },
  { name: "401 page of the host", status: 401, headers: page, body: "<h1>401</h1>", kind: "unauthorized" },
  {
    name: "403 may not publish",
    ...wordpressError(
      403,
      "rest_cannot_publish",
      "Sorry, you are not allowed to publish posts in this post type.",
    ),
    kind: "forbidden",
  },
  {
    name: "403 another's post",
    ...wordpressError(403, "rest_cannot_edit", "Sorry, you are not allowed to edit this post."),
    kind: "forbidden",
  },
  {
    name: "403 of a security plugin",
    ...wordpressError(403, "some_plugin_says_no", "Access denied."),
    kind: "forbidden",
  },
  {
    name: "403 page of a firewall",
    status: 403,
    headers: page,
    body: "<html><h1>Attention Required!</h1></html>",
    kind: "forbidden",
  },
  {
    name: "406 page of mod_security",
    status: 406,
    headers: page,
    body: "<html><h1>Not Acceptable!</h1></html>",
    kind: "forbidden",
  },
  {
    name: "404 no such post",
    ...wordpressError(404, "rest_post_invalid_id", "Invalid post ID."),
    kind: "invalid",
  },
  {
    name: "404 no API",
    ...wordpressError(404, "rest_no_route", "No route was found matching the URL and request method."),
    kind: "forbidden",
  },
  { name: "404 page of the site", status: 404, headers: page, body: "<h1>Not found</h1>", kind: "forbidden" },
  {
    name: "400 wrong field",
    ...wordpressError(400, "rest_invalid_param", "Invalid parameter(s): slug"),
    kind: "invalid",
  },
  {
    name: "400 nothing in it",
    ...wordpressError(400, "empty_content", "Content, title, and excerpt are empty."),
    kind: "invalid",
  },
  {
    name: "413 page of the host",
    status: 413,
    headers: page,
    body: "<center><h1>413 Request Entity Too Large</h1></center>",
    kind: "invalid",
  },
  {
    name: "409 the same comment again",
    ...wordpressError(409, "comment_duplicate", "Duplicate comment detected"),
    kind: "invalid",
  },
  {
    name: "400 comments too fast",
    ...wordpressError(400, "comment_flood", "You are posting comments too quickly. Slow down."),
    kind: "rate_limited",
  },
  {
    name: "429 page of the host",
    status: 429,
    headers: page,
    body: "<center><h1>429 Too Many Requests</h1></center>",
    kind: "rate_limited",
  },
];
