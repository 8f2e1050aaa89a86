import type { PublishErrorKind } from "../../domain/decide.ts";

export interface Refusal {
  readonly statuses: readonly number[];
  /** Found in what the answer says: its code, a colon and its sentences. */
  readonly says: RegExp;
  readonly kind: PublishErrorKind;
  readonly code: string;
  readonly message: string;
}

/**
 * Pinterest's `code` is the same for most refusals, so its sentences tell them apart. They may repeat what was sent:
 * hence the ends of lines. The first match is taken.
 * https://developers.pinterest.com/docs/api/v5/, and what Pinterest was seen to answer (checked 2026-11)
 */
export const refusals: readonly Refusal[] = [
  {
    // A 401 that no new login cures.
    statuses: [401],
    says: /^3:|restricted feature/i,
    kind: "forbidden",
    code: "restricted_feature",
    message:
      "The Pinterest app may not use this feature: whoever owns the app must ask Pinterest for it at developers.pinterest.com",
  },
  {
    // With 429 it looks like a limit, and waiting does not help.
    statuses: [403, 429],
    says: /spam/i,
    kind: "forbidden",
    code: "spam",
    message:
      "Pinterest took this for spam: look for a notice at pinterest.com, check the link, and post by hand until the notice is gone",
  },
  {
    statuses: [403],
    says: /trial access/i,
    kind: "forbidden",
    code: "trial_access",
    message:
      "The Pinterest app has only trial access, which may not post for real: whoever owns the app must ask Pinterest for standard access at developers.pinterest.com",
  },
  {
    statuses: [400, 404],
    says: /board\b.{0,20} not found/i,
    kind: "invalid",
    code: "board_unknown",
    message:
      "Pinterest does not find the board of this Pin: choose one of the account's boards, or make it at pinterest.com first",
  },
  {
    statuses: [400],
    says: /is too long\W*$/im,
    kind: "invalid",
    code: "text_too_long",
    message: "Pinterest finds the text, the title, the link or the alt text too long: shorten it",
  },
  {
    statuses: [400],
    says: /(min|max)Items=\d+\W*$/m,
    kind: "invalid",
    code: "too_many_media",
    message: "Pinterest takes one to five pictures in a Pin",
  },
  {
    statuses: [400],
    says: /format of the image/i,
    kind: "invalid",
    code: "image_format",
    message: "Pinterest cannot use a picture: save it as JPEG or PNG and attach it again",
  },
  {
    statuses: [400],
    says: /same (aspect ratio|dimension)/i,
    kind: "invalid",
    code: "media_aspect",
    message: "Pinterest wants all pictures of one Pin in the same shape: crop them alike",
  },
  {
    statuses: [400],
    says: /invalid (url|link)/i,
    kind: "invalid",
    code: "link_invalid",
    message: "Pinterest does not accept the link: check or remove it",
  },
];
