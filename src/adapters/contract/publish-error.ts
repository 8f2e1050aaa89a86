import type { PublishErrorKind } from "../../domain/decide.ts";

export interface PublishErrorDetail {
  readonly status?: number;
  /** The platform's own error code. Never a body, a token or a URL. */
  readonly code?: string;
  /** How long the platform asks us to wait. */
  readonly retryAfterMs?: number;
  /** What the platform says this is a copy of, or is still at work on: the next question carries it. */
  readonly handle?: string;
  /** Proven to have had no effect: no byte of it reached the platform, or the platform said it cannot take it yet. */
  readonly notSent?: true;
}

/** A platform's no, or silence, in terms the engine acts on. The message is safe to show to anyone. */
export class PublishError extends Error {
  override readonly name = "PublishError";
  readonly kind: PublishErrorKind;
  readonly detail: PublishErrorDetail;

  constructor(
    kind: PublishErrorKind,
    message: string,
    detail: PublishErrorDetail = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.kind = kind;
    this.detail = withCheckedCode(detail);
  }
}

// Words and numbers, joined: `190/463`, `-1/2207001`, `duplicate-content`, `UND_ERR_ABORTED`. Nothing random looks like that.
const codeForm = /^(?=.{1,80}$)(?:[A-Za-z]+\d{0,3}|-?\d{1,10})(?:[-_./:](?:[A-Za-z]+\d{0,3}|\d{1,10}))*$/;

/** Whatever answers in a platform's place may put our own token where a code belongs: that is shown, logged and kept. */
function withCheckedCode(detail: PublishErrorDetail): PublishErrorDetail {
  const { code, ...rest } = detail;
  return code === undefined || codeForm.test(code) ? detail : rest;
}
