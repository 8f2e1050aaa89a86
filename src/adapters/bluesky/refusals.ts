import type { PublishErrorKind } from "../../domain/decide.ts";

interface Refusal {
  /** The error's name in the answer. */
  readonly named: string;
  /** Found in its message, where the name alone says too little. */
  readonly says?: RegExp;
  readonly kind: PublishErrorKind;
  /** Ours, where the name is not clear enough. */
  readonly code?: string;
  /** A no that says only: not like this, send it again. */
  readonly notSent?: true;
  readonly message: string;
}

const connectAgain = "Bluesky no longer accepts this login: connect the account again";
const postGone = "The post this one refers to is no longer on Bluesky";
const fileGone = "Bluesky no longer has an uploaded file: try again";
const wrongFile = "Bluesky cannot use one of the files: choose another format or a smaller one";

/**
 * What a server's named errors mean; the first match is taken. The names stand in the lexicons of each method and in the
 * server's source: https://github.com/bluesky-social/atproto/tree/main/packages/pds (checked 2026-11)
 */
export const refusals: readonly Refusal[] = [
  {
    named: "AuthenticationRequired",
    says: /identifier or password/i,
    kind: "unauthorized",
    message:
      "Bluesky does not accept this handle with this app password: make a new app password in Bluesky's settings and connect the account again",
  },
  {
    named: "AuthFactorTokenRequired",
    kind: "unauthorized",
    message:
      "This account's own password needs a code by e-mail: make an app password in Bluesky's settings and connect the account with that",
  },
  { named: "ExpiredToken", kind: "unauthorized", message: connectAgain },
  { named: "InvalidToken", kind: "unauthorized", message: connectAgain },
  // Of a login. https://www.rfc-editor.org/rfc/rfc6750#section-3.1, https://www.rfc-editor.org/rfc/rfc9449#section-9
  { named: "invalid_token", kind: "unauthorized", message: connectAgain },
  {
    named: "use_dpop_nonce",
    kind: "unavailable",
    notSent: true,
    message: "Bluesky asked for this once more, in other words. It was not posted",
  },
  {
    named: "AccountTakedown",
    kind: "forbidden",
    message: "Bluesky has taken this account down: sign in at bsky.app to see why",
  },
  {
    named: "AccountDeactivated",
    kind: "forbidden",
    message:
      "This account is deactivated, or has moved to another server: sign in at bsky.app and reactivate it, or connect it at its new server",
  },
  {
    named: "AccountNotFound",
    kind: "unauthorized",
    message: "This Bluesky server no longer has this account: connect it at the server where it is now",
  },
  {
    named: "InvalidSwap",
    kind: "invalid",
    code: "duplicate",
    message: "Bluesky already has a post in this place: look at the account's profile before sending again",
  },
  { named: "RecordNotFound", kind: "invalid", code: "not_found", message: postGone },
  // Older servers have no name for it.
  {
    named: "InvalidRequest",
    says: /could not locate record/i,
    kind: "invalid",
    code: "not_found",
    message: postGone,
  },
  { named: "BlobNotFound", kind: "invalid", code: "media_gone", message: fileGone },
  { named: "BlobTooLarge", kind: "invalid", code: "media_too_large", message: wrongFile },
  { named: "InvalidMimeType", kind: "invalid", code: "media_type", message: wrongFile },
  { named: "InvalidSize", kind: "invalid", code: "media_gone", message: fileGone },
  {
    named: "InvalidRequest",
    says: /(grapheme|string) too big.*record\.text|text must not be longer/i,
    kind: "invalid",
    code: "text_too_long",
    message: "The text is too long for Bluesky: shorten it",
  },
  {
    named: "InvalidRequest",
    says: /record[./]langs/i,
    kind: "invalid",
    code: "option_invalid",
    message: "Bluesky does not know one of the languages: name at most three, such as en or pt-BR",
  },
  {
    named: "InvalidRequest",
    says: /record[./]embed/i,
    kind: "invalid",
    code: "media_refused",
    message: "Bluesky did not accept the link or the files of this post: check them",
  },
];
