import type { PublishErrorKind } from "../../domain/decide.ts";

interface Refusal {
  /** Found in what the answer says, or in the type of its problem. */
  readonly says: RegExp;
  readonly kind: PublishErrorKind;
  readonly code: string;
  readonly message: string;
}

/** X explains most refusals in a sentence only, with the problem type `about:blank`. The first match is taken. */
export const refusals: readonly Refusal[] = [
  {
    says: /Value passed for the token was invalid/i,
    kind: "unauthorized",
    code: "invalid-token",
    message: "X no longer accepts this login: connect the account again",
  },
  {
    says: /duplicate content/i,
    kind: "invalid",
    code: "duplicate",
    message:
      "X says this account has just posted the same text. Look at its timeline: if the post is there, nothing is left to do; if not, change the words",
  },
  {
    says: /maximum of one cashtag/i,
    kind: "invalid",
    code: "too-many-cashtags",
    message: "X takes at most one cashtag in a post: write the others without the dollar sign",
  },
  {
    says: /contains an invalid URL/i,
    kind: "invalid",
    code: "invalid-url",
    message: "X does not accept a link in this post: check or remove it",
  },
  {
    says: /not allowed to post a video longer/i,
    kind: "invalid",
    code: "video-too-long",
    message: "This video is too long for this account on X: shorten it",
  },
  {
    says: /media IDs are invalid|maximum of 4 items|BadRequest: Not found|Invalid media id/i,
    kind: "invalid",
    code: "invalid-media",
    message: "X did not accept the attached files: attach them again",
  },
  {
    says: /reply to a (Tweet|Post) that is deleted/i,
    kind: "invalid",
    code: "reply-target-gone",
    message: "The post this one answers is no longer on X, or this account cannot see it",
  },
  {
    says: /^(Reply to this conversation|Quoting .*) is not allowed|only reply to or quote posts/im,
    kind: "forbidden",
    code: "reply-restricted",
    message: "X lets an app answer or quote a post only if its author mentioned or quoted this account",
  },
  {
    says: /user-suspended|account is suspended|has been suspended/i,
    kind: "forbidden",
    code: "user-suspended",
    message: "X has suspended this account: sign in at x.com to see why",
  },
  {
    says: /temporarily locked/i,
    kind: "forbidden",
    code: "account-locked",
    message: "X has locked this account for now: sign in at x.com to unlock it",
  },
  {
    says: /looks like it might be automated/i,
    kind: "forbidden",
    code: "automated",
    message: "X took this for spam: look for a notice at x.com, and post by hand until it is gone",
  },
  {
    says: /over daily status update limit/i,
    kind: "rate_limited",
    code: "daily-limit",
    message: "This account has posted as much as X allows it in a day",
  },
  {
    says: /not permitted to access this feature/i,
    kind: "forbidden",
    code: "feature-not-permitted",
    message: "X does not let this account use this feature: look for a notice at x.com",
  },
  {
    says: /\/unsupported-authentication$/m,
    kind: "forbidden",
    code: "unsupported-authentication",
    message: "X needs a login made for this account: connect it again with X's sign-in (OAuth 2.0)",
  },
  {
    says: /\/oauth1-permissions$/m,
    kind: "forbidden",
    code: "oauth1-permissions",
    message: "The X app may only read: give it read and write permission, then connect the account again",
  },
  {
    says: /\/client-forbidden$/m,
    kind: "forbidden",
    code: "client-forbidden",
    message: "X does not let this app use its API: its owner must enrol it in the X developer console",
  },
  {
    says: /\/not-authorized-for-resource$/m,
    kind: "forbidden",
    code: "not-authorized-for-resource",
    message: "X does not let this account see or change that post",
  },
  {
    says: /You are not permitted to perform this action/i,
    kind: "invalid",
    code: "not-permitted",
    message:
      "X refused this post without a reason: usually it is too long for this account, or a file does not suit. Shorten it or change the files",
  },
];
