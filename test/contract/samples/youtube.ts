import type { Refusal } from "../refusal.ts";

function refused(
  kind: Refusal["kind"],
  status: number,
  reason: string,
  message: string,
  domain = "youtube.video",
): Refusal {
  const error = { code: status, message, errors: [{ message, domain, reason }] };
  return { name: `${status} ${reason}`, kind, status, body: { error } };
}

// https://developers.google.com/youtube/v3/docs/errors, and what YouTube was seen to answer (checked 2026-11)
export const refusals: readonly Refusal[] = [
  refused("unauthorized", 401, "authError", "Invalid Credentials for this request", "global"),
  refused("unauthorized", 401, "youtubeSignupRequired", "Unauthorized: sign up for YouTube first"),
  refused("forbidden", 403, "authenticatedUserAccountSuspended", "The YouTube account is suspended."),
  refused("forbidden", 403, "forbidden", "The request might not be properly authorized."),
  refused(
    "forbidden",
    403,
    "insufficientPermissions",
    "Request had insufficient authentication scopes.",
    "global",
  ),
  refused(
    "forbidden",
    403,
    "forbiddenPrivacySetting",
    "The request attempts to set an invalid privacy setting.",
  ),
  refused(
    "rate_limited",
    403,
    "quotaExceeded",
    'The request cannot be completed because you have exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>.',
    "youtube.quota",
  ),
  refused("rate_limited", 403, "dailyLimitExceeded", "Daily Limit Exceeded for this project", "usageLimits"),
  refused("rate_limited", 403, "userRateLimitExceeded", "User Rate Limit Exceeded, slow down", "usageLimits"),
  refused(
    "rate_limited",
    400,
    "uploadLimitExceeded",
    "The user has exceeded the number of videos they may upload.",
  ),
  refused(
    "rate_limited",
    429,
    "rateLimitExceeded",
    "Resource has been exhausted (e.g. check quota).",
    "global",
  ),
  refused("invalid", 400, "invalidVideoMetadata", "The request metadata is invalid for this video."),
  refused("invalid", 400, "invalidTitle", "The request metadata specifies an invalid or empty video title."),
  refused("invalid", 404, "videoNotFound", "The video that you are trying to update cannot be found."),
  refused("invalid", 403, "commentsDisabled", "The video identified by videoId has disabled comments."),
  refused("indeterminate", 500, "backendError", "Backend Error, please try again later", "global"),
  refused("indeterminate", 409, "aborted", "The operation was aborted for another one", "global"),
  { name: "408 is no answer", kind: "indeterminate", status: 408, body: {} },
];
