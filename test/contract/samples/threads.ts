import type { Refusal } from "../refusal.ts";

function refused(
  name: string,
  kind: Refusal["kind"],
  message: string,
  code: number,
  subcode?: number,
  headers: Readonly<Record<string, string>> = {},
): Refusal {
  const error = {
    message,
    type: "OAuthException",
    code,
    ...(subcode !== undefined && { error_subcode: subcode }),
    is_transient: false,
    fbtrace_id: "AXl2bMFPuzSmZDXBkKq0Bdm",
  };
  return { name, kind, status: 400, headers, body: { error } };
}

const usage =
  '{"26400000000000000":[{"type":"threads","call_count":100,"total_cputime":9,"total_time":9,"estimated_time_to_regain_access":4}]}';

// https://developers.facebook.com/docs/graph-api/guides/error-handling, and what has been seen at Threads (checked 2026-11)
export const refusals: readonly Refusal[] = [
  refused("190 token", "unauthorized", "Invalid OAuth access token - Cannot parse access token", 190),
  refused("190/463 expired", "unauthorized", "Error validating access token: Session has expired", 190, 463),
  refused(
    "10 permission to reply",
    "forbidden",
    "(#10) Application does not have permission for this action",
    10,
  ),
  refused("200 permission", "forbidden", "(#200) The permission threads_content_publish is missing", 200),
  refused("4279013 restricted", "forbidden", "The user is restricted from posting", 10, 4279013),
  refused(
    "4 suspected spam is no rate limit",
    "forbidden",
    "We restrict certain activity to protect our community",
    4,
    2207051,
  ),
  refused("THREADS_API__FEATURE_NOT_AVAILABLE", "forbidden", "THREADS_API__FEATURE_NOT_AVAILABLE", 100),
  refused("368 blocked", "forbidden", "The action attempted has been deemed abusive", 368),
  refused("4 application limit", "rate_limited", "(#4) Application request limit reached", 4, undefined, {
    "x-business-use-case-usage": usage,
  }),
  refused(
    "9 posts of a day used up",
    "rate_limited",
    "The user has reached the maximum number of posts",
    9,
    2207042,
  ),
  refused("100 too long", "invalid", "Param text must be at most 500 characters long.", 100),
  refused("THREADS_API__LINK_LIMIT_EXCEEDED", "invalid", "THREADS_API__LINK_LIMIT_EXCEEDED", 100),
  refused("4279047 link", "invalid", "Fatal", -1, 4279047),
  // Of a container that is too new, or gone, or published already: only a look can tell.
  refused(
    "24/4279009 container not found",
    "indeterminate",
    "The requested resource does not exist",
    24,
    4279009,
  ),
  refused("2 temporary", "indeterminate", "An unexpected error has occurred. Please retry later.", 2),
];
