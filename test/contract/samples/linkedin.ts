import type { Refusal } from "../refusal.ts";

const refused = (
  name: string,
  kind: Refusal["kind"],
  status: number,
  code: string,
  message = "This is what LinkedIn has to say about it",
): Refusal => ({ name: `${status} ${name}`, kind, status, body: { status, code, message } });

// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api and
// https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling (checked 2026-11)
export const refusals: readonly Refusal[] = [
  refused("no token", "unauthorized", 401, "EMPTY_ACCESS_TOKEN", "Empty oauth2_access_token"),
  refused(
    "revoked",
    "unauthorized",
    401,
    "REVOKED_ACCESS_TOKEN",
    "The token used in the request has been revoked",
  ),
  refused(
    "expired",
    "unauthorized",
    401,
    "EXPIRED_ACCESS_TOKEN",
    "The token used in the request has expired",
  ),
  refused(
    "denied",
    "forbidden",
    403,
    "ACCESS_DENIED",
    "Not enough permissions to access: partnerApiPosts.CREATE",
  ),
  refused("old version", "forbidden", 426, "NONEXISTENT_VERSION", "Requested version 20240901 is not active"),
  refused("no version", "forbidden", 400, "VERSION_MISSING", "A version must be present in the request"),
  refused("too long", "invalid", 400, "FIELD_LENGTH_TOO_LONG"),
  refused("missing field", "invalid", 400, "MISSING_FIELD"),
  refused("bad value", "invalid", 400, "INVALID_VALUE_FOR_FIELD"),
  refused("blank", "invalid", 400, "INVALID_VALUE_BLANK_FIELD"),
  refused("bad URN", "invalid", 400, "INVALID_URN_TYPE"),
  refused("bad URN id", "invalid", 400, "INVALID_URN_ID"),
  refused("no such image", "invalid", 400, "INVALID_IMAGE_ID"),
  refused("no such video", "invalid", 400, "INVALID_VIDEO_ID"),
  refused("broken file", "invalid", 400, "MEDIA_ASSET_PROCESSING_FAILED"),
  refused("file at work, tried again", "unavailable", 400, "MEDIA_ASSET_WAITING_UPLOAD"),
  refused("not found", "invalid", 404, "NOT_FOUND"),
  refused("too large", "invalid", 413, "REQUEST_TOO_LARGE"),
  refused("bad type", "invalid", 415, "UNSUPPORTED_MEDIA_TYPE"),
  refused("semantics", "invalid", 422, "UNPROCESSABLE_ENTITY"),
  {
    name: "422 duplicate",
    kind: "invalid",
    status: 422,
    body: {
      errorDetailType: "com.linkedin.common.error.BadRequest",
      message:
        "com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of urn:li:share:7141138937766391808",
      errorDetails: {
        inputErrors: [{ description: "Duplicate post is detected", input: {}, code: "DUPLICATE_POST" }],
      },
      status: 422,
    },
  },
  refused(
    "throttled",
    "rate_limited",
    429,
    "TOO_MANY_REQUESTS",
    "Resource level throttle limit for calls to this resource is reached.",
  ),
  refused(
    "conflict, which says nothing of the first",
    "indeterminate",
    409,
    "CONFLICT",
    "A write conflict occurred. Retry the request.",
  ),
  refused("request timeout is no answer", "indeterminate", 408, "TIMEOUT"),
];
