import type { PublishErrorKind } from "../../domain/decide.ts";

/** What a no of WordPress means to us. */
export interface Refusal {
  readonly kind: PublishErrorKind;
  readonly says: string;
  /** Ours. */
  readonly code?: string;
  readonly retryAfterMs?: number;
}

/** Of most codes that begin with `rest_cannot` or `rest_forbidden`. */
export const notAllowed: Refusal = {
  kind: "forbidden",
  code: "not_allowed",
  says: "WordPress does not allow this user to do this. Ask an administrator of the site for the role Author or Editor",
};

const gone: Refusal = { kind: "invalid", code: "not_found", says: "WordPress no longer has this" };
const parentGone: Refusal = {
  kind: "invalid",
  code: "parent_gone",
  says: "The WordPress post this comment belongs to is no longer public",
};
const siteFull: Refusal = {
  kind: "forbidden",
  code: "site_full",
  says: "The WordPress site has no room left for files. Make room there, or ask its administrator",
};

/** WordPress's own codes: https://github.com/WordPress/WordPress/tree/master/wp-includes/rest-api/endpoints (checked 2026-11) */
export const refusalsByCode: Readonly<Record<string, Refusal>> = {
  rest_post_invalid_id: gone,
  rest_comment_invalid_id: gone,
  rest_already_trashed: gone,
  rest_comment_invalid_post_id: parentGone,
  rest_comment_draft_post: parentGone,
  rest_comment_trash_post: parentGone,
  rest_comment_closed: {
    kind: "invalid",
    code: "comments_closed",
    says: "This WordPress post takes no comments. Open them there, or leave the comment out",
  },
  rest_comment_content_invalid: {
    kind: "invalid",
    code: "text_missing",
    says: "WordPress needs a text for a comment",
  },
  comment_content_column_length: {
    kind: "invalid",
    code: "text_too_long",
    says: "The comment is too long for WordPress. Shorten it",
  },
  comment_duplicate: {
    kind: "invalid",
    code: "duplicate",
    says: "WordPress has this comment already",
  },
  // 15 seconds: https://developer.wordpress.org/reference/functions/wp_throttle_comment_flood/ (checked 2026-11)
  comment_flood: {
    kind: "rate_limited",
    says: "WordPress takes one comment of an author in 15 seconds",
    retryAfterMs: 15_000,
  },
  empty_content: { kind: "invalid", code: "text_missing", says: "WordPress needs a title or a text" },
  rest_upload_file_too_big: {
    kind: "invalid",
    code: "media_too_large",
    says: "The file is too large for this WordPress site. Use a smaller one",
  },
  rest_upload_limited_space: siteFull,
  rest_upload_user_quota_exceeded: siteFull,
  rest_cannot_assign_term: {
    kind: "forbidden",
    code: "not_allowed",
    says: "WordPress does not allow this user to use these categories or tags. Ask an administrator of the site",
  },
};
