import type { Refusal } from "../refusal.ts";

// https://developers.pinterest.com/docs/api/v5/pins-create, and what Pinterest was seen to answer (checked 2026-11)
export const refusals: readonly Refusal[] = [
  {
    name: "401 dead token",
    status: 401,
    body: { code: 2, message: "Authentication failed." },
    kind: "unauthorized",
  },
  {
    name: "401 restricted feature",
    status: 401,
    body: { code: 3, message: "Your application does not have access to this restricted feature." },
    kind: "forbidden",
  },
  {
    name: "403 trial access",
    status: 403,
    body: {
      code: 29,
      message:
        "Apps with Trial access may not create Pins in production https://api.pinterest.com - use API Sandbox https://api-sandbox.pinterest.com instead.",
    },
    kind: "forbidden",
  },
  {
    name: "403 not permitted",
    status: 403,
    body: { code: 29, message: "You are not permitted to access that resource." },
    kind: "forbidden",
  },
  { name: "404 no board", status: 404, body: { code: 40, message: "Board not found." }, kind: "invalid" },
  {
    name: "404 as the specification shows it",
    status: 404,
    body: { code: 404, message: "Board not found." },
    kind: "invalid",
  },
  {
    name: "400 WebP",
    status: 400,
    body: { code: 1, message: "The format of the image is not supported" },
    kind: "invalid",
  },
  {
    name: "400 no digits",
    status: 400,
    body: { code: 1, message: "Invalid request: 'Clarion' does not match '^\\d+$'" },
    kind: "invalid",
  },
  {
    name: "400 six pictures",
    status: 400,
    body: { code: 1, message: "Invalid request: items is too long, constraint: maxItems=5" },
    kind: "invalid",
  },
  {
    name: "400 no cover",
    status: 400,
    body: {
      code: 1,
      message:
        "Invalid request: cover_image_url or cover_image_content_type and cover_image_data is required",
    },
    kind: "invalid",
  },
  {
    name: "429 too fast",
    status: 429,
    headers: {
      "x-ratelimit-limit": '100, 100;w=1;name="safety_net_app_id_user_id"',
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": "42",
    },
    body: { code: 8, message: "You have exceeded your rate limit. Try again later." },
    kind: "rate_limited",
  },
  {
    name: "429 spam",
    status: 429,
    headers: { "x-ratelimit-reset": "42" },
    body: {
      code: 9,
      message: "Request failed",
      message_detail: "Sorry! You've hit a block we have in place to combat spam. Please try again later.",
    },
    kind: "forbidden",
  },
  {
    name: "409 is not documented",
    status: 409,
    body: { code: 5, message: "There was a conflict with another request" },
    kind: "indeterminate",
  },
  { name: "413 of a server in between", status: 413, body: "<html>Too large</html>", kind: "indeterminate" },
];
