import type { PublishErrorKind } from "../../domain/decide.ts";

interface Refusal {
  /** Reddit's code. */
  readonly is: RegExp;
  readonly kind: PublishErrorKind;
  /** Ours. */
  readonly code: string;
  readonly message: string;
}

const author = (is: RegExp, code: string, message: string): Refusal => ({
  is,
  kind: "invalid",
  code,
  message,
});
const operator = (is: RegExp, code: string, message: string): Refusal => ({
  is,
  kind: "forbidden",
  code,
  message,
});

/**
 * Reddit lists its codes nowhere; these are in its published source and in what clients have seen. The first match is taken.
 * https://github.com/reddit-archive/reddit/blob/master/r2/r2/lib/errors.py (checked 2026-11)
 */
export const refusals: readonly Refusal[] = [
  {
    is: /^USER_REQUIRED$/,
    kind: "unauthorized",
    code: "login_expired",
    message: "Reddit no longer accepts this login: connect the account again",
  },
  {
    is: /^(SUBREDDIT_)?RATELIMIT$|^QUOTA_FILLED$/,
    kind: "rate_limited",
    code: "ratelimit",
    message: "Reddit lets this account post only now and then: new accounts wait longer than others",
  },
  author(
    /^ALREADY_SUB$|^SUBMIT_VALIDATION_.*REPOST/,
    "duplicate",
    "This link stands in this subreddit already. If it is your post, nothing is left to do; if not, choose another link or subreddit",
  ),
  author(
    /^SUBREDDIT_NOEXIST$|^SUBREDDIT_REQUIRED$|^BAD_SR_NAME$/,
    "subreddit_unknown",
    "Reddit has no subreddit of this name: check how it is written",
  ),
  operator(
    /^BANNED_FROM_SUBREDDIT$|^USER_BLOCKED$|^USER_BANNED/,
    "banned_from_subreddit",
    "This account is banned from the subreddit: ask its moderators, or choose another",
  ),
  operator(
    /^SUBREDDIT_(NOTALLOWED|NO_ACCESS)$/,
    "subreddit_closed",
    "This account may not post in the subreddit: ask its moderators to let it, or choose another",
  ),
  operator(
    /^VERIFIED_USER_REQUIRED$/,
    "email_not_verified",
    "The subreddit wants accounts with a confirmed email address: confirm it in Reddit's settings",
  ),
  author(
    /^NO_SELFS$/,
    "text_not_allowed",
    "The subreddit takes no text posts: add a link, or choose another",
  ),
  author(
    /^NO_LINKS$/,
    "link_not_allowed",
    "The subreddit takes text posts only: move the link into the text",
  ),
  author(
    /^NO_IMAGES$|^IMAGES?_NOTALLOWED$/,
    "image_not_allowed",
    "The subreddit takes no pictures: post without them, or choose another",
  ),
  author(
    /^NO_VIDEOS$|^VIDEOS?_NOTALLOWED$/,
    "video_not_allowed",
    "The subreddit takes no videos: post without it, or choose another",
  ),
  author(
    /^GALLERIES_DISABLED$|^GALLER(Y|IES)_NOTALLOWED$/,
    "gallery_not_allowed",
    "The subreddit takes one picture at most: leave the others out, or choose another",
  ),
  author(
    /FLAIR_REQUIRED$/,
    "flair_required",
    "The subreddit wants every post to have a flair: choose one from its list",
  ),
  author(/FLAIR/, "flair_unknown", "The subreddit does not have this flair: choose one from its list"),
  author(
    /^SUBMIT_VALIDATION_TITLE/,
    "title_refused",
    "The title breaks a rule of the subreddit about its words or its length: read the rules beside its posts",
  ),
  author(
    /^SUBMIT_VALIDATION_BODY/,
    "body_refused",
    "The text breaks a rule of the subreddit about its words or its length: read the rules beside its posts",
  ),
  author(
    /^DOMAIN_BANNED$|^SUBMIT_VALIDATION_.*(LINK|DOMAIN|URL)/,
    "link_refused",
    "Reddit or this subreddit does not take links to that website: choose another link",
  ),
  author(
    /^SUBMIT_VALIDATION_/,
    "subreddit_rules",
    "The post breaks a rule of the subreddit: read the rules beside its posts",
  ),
  author(/^NO_TEXT$/, "text_missing", "Reddit needs a title and a text for this"),
  author(/^TOO_LONG$/, "text_too_long", "The title or the text is too long for Reddit: shorten it"),
  author(/^(BAD|NO)_URL$/, "link_invalid", "Reddit does not accept the link: check it, or leave it out"),
  author(
    /^MISSING_VIDEO_URLS$|^BAD_IMAGE|^(IMAGE|VIDEO)_ERROR$/,
    "media_refused",
    "Reddit could not use a file: export it again as JPEG, PNG or MP4",
  ),
  operator(
    /^IN_TIMEOUT$/,
    "user_suspended",
    "Reddit has suspended this account: sign in at reddit.com to see why",
  ),
  operator(
    /^BAD_CAPTCHA$/,
    "captcha",
    "Reddit wants to see a person: post by hand at reddit.com until the account is older and better known",
  ),
  operator(/^THREAD_LOCKED$|^TOO_OLD$/, "locked", "The discussion below this post is closed on Reddit"),
  author(
    /^DELETED_(LINK|COMMENT)$|^NO_THING_ID$/,
    "not_found",
    "The post this one answers is no longer on Reddit, or this account cannot see it",
  ),
  operator(
    /^NOT_AUTHOR$/,
    "not_author",
    "Reddit lets only its author do this: the post is another account's",
  ),
];
