import type { PublishErrorKind } from "../../domain/decide.ts";

export interface Refusal {
  /** `not_yet`: a clear no, that will be a yes in a while. */
  readonly kind: Exclude<PublishErrorKind, "indeterminate" | "unavailable" | "rate_limited"> | "not_yet";
  /** Ours. */
  readonly code: string;
  readonly message: string;
}

const version: Refusal = {
  kind: "forbidden",
  code: "api_version",
  message: "LinkedIn has switched off the version of its API that Clarion uses: update Clarion",
};
const badField: Refusal = {
  kind: "invalid",
  code: "invalid_field",
  message: "LinkedIn did not accept a part of this post: check its text, link, title and files",
};
const badUrn: Refusal = {
  kind: "invalid",
  code: "invalid_reference",
  message: "LinkedIn does not know who or what this post refers to: connect the account again",
};
const fileGone: Refusal = {
  kind: "invalid",
  code: "media_gone",
  message: "LinkedIn no longer has an uploaded file: attach it again",
};
const badFile: Refusal = {
  kind: "invalid",
  code: "media_refused",
  message:
    "LinkedIn cannot use a file: take a JPEG, PNG or GIF of at most 5 MB, or an MP4 of 3 seconds to 30 minutes",
};
const tooLong: Refusal = {
  kind: "invalid",
  code: "text_too_long",
  message: "A text is too long for LinkedIn: a post takes 3,000 characters, a comment 1,250, a title 400",
};
const notAllowed: Refusal = {
  kind: "forbidden",
  code: "access_denied",
  message:
    "LinkedIn does not let this login do this: it lacks a permission, or a role on the page. Connect it again and allow everything it asks for",
};

/** Seen with the sentence "Content is a duplicate of urn:li:share:…" (checked 2026-11) */
const duplicate: Refusal = {
  kind: "invalid",
  code: "duplicate",
  message:
    "LinkedIn says this account has just posted the same. Look at its posts: if it is there, nothing is left to do; if not, change the words or wait a while",
};

function notYet(message: string): Refusal {
  return { kind: "not_yet", code: "not_ready_yet", message };
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api (checked 2026-11) */
export const byCode: ReadonlyMap<unknown, Refusal> = new Map([
  ["VERSION_MISSING", version],
  ["NONEXISTENT_VERSION", version],
  ["ACCESS_DENIED", notAllowed],
  ["FIELD_LENGTH_TOO_LONG", tooLong],
  ["MISSING_FIELD", badField],
  ["INVALID_VALUE_FOR_FIELD", badField],
  ["INVALID_VALUE_BLANK_FIELD", badField],
  ["INVALID_URN_TYPE", badUrn],
  ["INVALID_URN_ID", badUrn],
  ["INVALID_IMAGE_ID", fileGone],
  ["INVALID_VIDEO_ID", fileGone],
  ["MEDIA_ASSET_PROCESSING_FAILED", badFile],
  ["MEDIA_ASSET_WAITING_UPLOAD", notYet("LinkedIn is still working on the files; we will try again")],
  ["EXPIRED_UPLOAD_URL", notYet("An upload to LinkedIn took too long; we will try again")],
  ["UPDATING_ASSET_FAILED", notYet("LinkedIn did not take a file this time; we will try again")],
  ["DUPLICATE_POST", duplicate],
]);

/**
 * Where no code says it better. 409 is not among them: "a write conflict" does not say whether the first write won.
 * https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling (checked 2026-11)
 */
export const byStatus: Readonly<Record<number, Refusal>> = {
  400: badField,
  401: {
    kind: "unauthorized",
    code: "login_ended",
    message: "LinkedIn no longer accepts this login: connect the account again",
  },
  403: notAllowed,
  404: {
    kind: "invalid",
    code: "not_found",
    message: "LinkedIn does not find what this is about: it may have been deleted",
  },
  413: badFile,
  415: badFile,
  422: badField,
  426: version,
};
