import type { Refusal } from "../refusal.ts";

function refused(
  name: string,
  kind: Refusal["kind"],
  error: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): Refusal {
  const body = { error: { type: "OAuthException", fbtrace_id: "AbCdEfGhIjKlMnOpQrStUvW", ...error } };
  return { name, kind, status: 400, headers, body };
}

// https://developers.facebook.com/docs/graph-api/guides/error-handling (checked 2026-11)
export const refusals: readonly Refusal[] = [
  refused("190/460 password changed", "unauthorized", {
    message:
      "Error validating access token: The session has been invalidated because the user changed their password",
    code: 190,
    error_subcode: 460,
  }),
  refused("190/463 expired", "unauthorized", {
    message: "Error validating access token: Session has expired on Friday, 20-Nov-26 10:00:00 PST.",
    code: 190,
    error_subcode: 463,
  }),
  refused("190/492 no role on the page", "unauthorized", {
    message:
      "Error validating access token: The session is invalid because the user lost their role on the page",
    code: 190,
    error_subcode: 492,
  }),
  refused("a login that ended, without a code", "unauthorized", {
    message: "The user must be an administrator of the page in order to impersonate it.",
  }),
  refused("200 permission", "forbidden", {
    message:
      "(#200) The permission(s) pages_manage_posts are not available. It could because either they are deprecated",
    code: 200,
  }),
  refused("10 permission", "forbidden", {
    message: "(#10) Application does not have permission for this action",
    code: 10,
  }),
  refused("368 blocked", "forbidden", {
    message: "The action attempted has been deemed abusive or is otherwise disallowed",
    code: 368,
  }),
  refused(
    "80001 too many calls, with a time",
    "rate_limited",
    {
      message: "(#80001) There have been too many calls to this Page account. Wait a bit and try again.",
      code: 80001,
    },
    {
      "x-business-use-case-usage":
        '{"1234":[{"type":"pages","call_count":100,"total_cputime":23,"total_time":23,"estimated_time_to_regain_access":19}]}',
    },
  ),
  refused("4 application limit, said to be transient", "rate_limited", {
    message: "(#4) Application request limit reached",
    code: 4,
    is_transient: true,
  }),
  refused("1390008 posting too fast", "rate_limited", {
    message: "We limit how often you can post, comment or do other things",
    code: 368,
    error_subcode: 1390008,
  }),
  refused("506 duplicate", "invalid", { message: "(#506) Duplicate status message", code: 506 }),
  refused("1609005 link", "invalid", {
    message: "Link post failure: the link could not be scraped",
    code: 1609005,
  }),
  refused("100/33 not there", "invalid", {
    message:
      "Unsupported post request. Object with ID '1_2' does not exist, cannot be loaded due to missing permissions",
    type: "GraphMethodException",
    code: 100,
    error_subcode: 33,
  }),
  refused("100 parameter", "invalid", { message: "(#100) Param message must be a string.", code: 100 }),
  // In the middle of publishing, a passing trouble is neither a yes nor a no.
  refused("1 unknown", "indeterminate", { message: "An unknown error has occurred.", code: 1 }),
  refused("2 temporary", "indeterminate", {
    message: "An unexpected error has occurred. Please retry your request later.",
    code: 2,
    is_transient: true,
  }),
];
