export type FeedErrorCode =
  | "feed_unreachable"
  | "feed_address_refused"
  | "feed_too_large"
  | "feed_not_a_feed"
  | "feed_refused"
  | "feed_http"
  | "hub_refused";

export interface FeedErrorDetail {
  /** The HTTP status, where there was an answer. */
  readonly status?: number;
  /** How long the site asks us to wait. */
  readonly retryAfterMs?: number;
}

/** Why a feed cannot be read or watched. The message is for people: what happened and what to do. */
export class FeedError extends Error {
  override readonly name = "FeedError";
  readonly code: FeedErrorCode;
  readonly detail: FeedErrorDetail;

  constructor(code: FeedErrorCode, message: string, detail: FeedErrorDetail = {}) {
    super(message);
    this.code = code;
    this.detail = detail;
  }
}
