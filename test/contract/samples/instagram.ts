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
    fbtrace_id: "A6LJylpZRKw2xKLFsAP-cJh",
  };
  return { name, kind, status: 400, headers, body: { error } };
}

const usage =
  '{"17841400000000000":[{"type":"instagram","call_count":100,"total_cputime":9,"total_time":9,"estimated_time_to_regain_access":4}]}';

// https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes (checked 2026-11)
export const refusals: readonly Refusal[] = [
  refused("190 token", "unauthorized", "Invalid OAuth access token - Cannot parse access token", 190),
  refused("190/463 expired", "unauthorized", "Error validating access token: Session has expired", 190, 463),
  refused("10 permission", "forbidden", "(#10) Application does not have permission for this action", 10),
  refused("25 restricted", "forbidden", "The account is restricted from publishing", 25, 2207050),
  refused(
    "4 suspected spam is no rate limit",
    "forbidden",
    "We restrict certain activity to protect our community",
    4,
    2207051,
  ),
  refused("4 application limit", "rate_limited", "Application request limit reached", 4),
  refused(
    "80002 too many calls",
    "rate_limited",
    "(#80002) There have been too many calls to this Instagram account.",
    80002,
    undefined,
    {
      "x-business-use-case-usage": usage,
    },
  ),
  refused(
    "9 posts of a day used up",
    "rate_limited",
    "The user has reached the maximum number of posts",
    9,
    2207042,
  ),
  refused("9007 not ready", "rate_limited", "Media ID is not available", 9007, 2207027),
  refused("36004 caption", "invalid", "The caption was too long for a post", 36004, 2207010),
  refused(
    "100 too many mentions",
    "invalid",
    "Cannot use more than 20 tags per created media.",
    100,
    2207040,
  ),
  // A container that is gone may be one that was published: only a look can tell.
  refused(
    "24 container gone",
    "indeterminate",
    "The media builder does not exist or has expired",
    24,
    2207008,
  ),
  refused("-1 server error", "indeterminate", "Instagram server error. Try again.", -1, 2207001),
  refused("2 temporary", "indeterminate", "An unexpected error has occurred. Please retry later.", 2),
];
