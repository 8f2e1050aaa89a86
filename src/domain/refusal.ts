/** Why a request was not done, as scripts see it. `docs/errors.md` explains each; http decides the status. */
export type RefusalCode =
  // the request itself
  | "invalid_request"
  | "malformed_json"
  | "wrong_content_type"
  | "too_large"
  | "unauthorized"
  | "missing_scope"
  | "not_found"
  | "method_not_allowed"
  | "rate_limited"
  | "idempotency_key_reused"
  | "idempotency_key_in_use"
  | "if_match_required"
  | "stale"
  // what it asks for
  | "validation_failed"
  | "unknown_account"
  | "unknown_media"
  | "account_disconnected"
  | "accounts_missing"
  | "invalid_time"
  | "unknown_zone"
  | "local_time_missing"
  | "local_time_ambiguous"
  | "due_in_the_past"
  | "due_too_far"
  // the state things are in
  | "already_sending"
  | "wrong_state"
  | "paused"
  | "media_in_use"
  // files, accounts and platforms
  | "media_unreadable"
  | "media_type_refused"
  | "image_too_large"
  | "url_refused"
  | "feed_refused"
  | "credentials_refused"
  | "platform_unavailable"
  | "practice_off"
  | "login_not_offered"
  | "app_missing"
  | "wrong_account"
  // our own trouble
  | "unavailable"
  | "storage_unavailable"
  | "internal";

/** One thing wrong with the request. `pointer` is a JSON pointer into its body, or into its query for lists. */
export interface RefusalIssue {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
  /** Which target it is about, where it is about one. */
  readonly accountId?: string;
  readonly platform?: string;
}

export interface RefusalDetail {
  readonly issues?: readonly RefusalIssue[];
  /** Further members of the problem document: the choices for an ambiguous time, what is already being sent. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** A request that is not done, said so that its sender can mend it. The message is safe to show to anyone. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;
  readonly issues: readonly RefusalIssue[];
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: RefusalCode, message: string, detail: RefusalDetail = {}) {
    super(message);
    this.code = code;
    this.issues = detail.issues ?? [];
    this.facts = detail.facts ?? {};
  }
}
