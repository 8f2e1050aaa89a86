import type { PracticeNetwork, PracticePost, PracticeReply } from "../../practice/kit.ts";
import type { Kind } from "./content.ts";
import { type PracticeUser, usersOf } from "./practice-access.ts";
import { jsonError, ruleError } from "./practice-errors.ts";
import type { PracticeSubreddit } from "./practice-subreddits.ts";

export interface Draft {
  readonly kind: Kind;
  readonly title: string;
  readonly text: string;
  readonly url: string;
  readonly flairId: string;
  readonly files: number;
  readonly resubmit: boolean;
}

/** What the subreddit has against it, in Reddit's two ways of saying so. */
export function refusalBy(
  subreddit: PracticeSubreddit,
  draft: Draft,
  user: PracticeUser,
  network: PracticeNetwork,
): PracticeReply | undefined {
  return (
    accessRefusal(subreddit) ??
    kindRefusal(subreddit, draft) ??
    titleRefusal(subreddit, draft) ??
    bodyRefusal(subreddit, draft) ??
    flairRefusal(subreddit, draft) ??
    repostRefusal(subreddit, draft, network) ??
    (subreddit.moderation === "slow"
      ? jsonError(
          "RATELIMIT",
          `Looks like you've been doing that a lot, ${user.name}. Take a break for 9 minutes before trying again.`,
          "ratelimit",
          { ratelimit: 538.2 },
        )
      : undefined)
  );
}

function accessRefusal({ closed }: PracticeSubreddit): PracticeReply | undefined {
  if (closed === "user_banned")
    return jsonError("BANNED_FROM_SUBREDDIT", "you are banned from posting here", "sr");
  if (closed === undefined) return undefined;
  return closed === "banned"
    ? jsonError("SUBREDDIT_NOEXIST", "that subreddit doesn't exist", "sr")
    : jsonError("SUBREDDIT_NOTALLOWED", "you aren't allowed to post there.", "sr");
}

function kindRefusal(subreddit: PracticeSubreddit, { kind }: Draft): PracticeReply | undefined {
  const { submissionType, images, galleries, videos } = subreddit;
  if (kind === "self" && submissionType === "link")
    return jsonError("NO_SELFS", "this subreddit doesn't allow text posts", "sr");
  if (kind !== "self" && submissionType === "self")
    return jsonError("NO_LINKS", "this subreddit only allows text posts", "sr");
  if (kind === "image" && !images) return jsonError("NO_IMAGES", "this subreddit doesn't allow images", "sr");
  if (kind === "gallery" && !galleries)
    return jsonError("GALLERIES_DISABLED", "this subreddit doesn't allow galleries", "sr");
  if (kind === "video" && !videos) return jsonError("NO_VIDEOS", "this subreddit doesn't allow videos", "sr");
  return undefined;
}

function titleRefusal({ requirements }: PracticeSubreddit, { title }: Draft): PracticeReply | undefined {
  const { length } = [...title];
  const { title_text_min_length: min, title_text_max_length: max } = requirements;
  if (min && length < min)
    return ruleError("TITLE_MIN_LENGTH", `Your title must be at least ${min} characters.`, "title");
  if (max && length > max)
    return ruleError("TITLE_MAX_LENGTH", `Your title must be at most ${max} characters.`, "title");
  const found = requirements.title_blacklisted_strings?.find((part) => has(title, part));
  if (found !== undefined)
    return ruleError("TITLE_BLACKLISTED_STRING", `You may not have "${found}" in your title.`, "title");
  const required = requirements.title_required_strings;
  if (required?.length && !required.some((part) => has(title, part)))
    return ruleError("TITLE_REQUIRED_STRING", "Your title misses a required word.", "title");
  return undefined;
}

function bodyRefusal({ requirements }: PracticeSubreddit, draft: Draft): PracticeReply | undefined {
  const { kind, text, url, files } = draft;
  const policy = requirements.body_restriction_policy;
  if (kind === "self" && policy === "required" && text === "")
    return ruleError("BODY_REQUIRED", "Your post must have a body.", "text");
  if (kind === "self" && policy === "notAllowed" && text !== "")
    return ruleError("BODY_NOT_ALLOWED", "Your post may not have a body.", "text");
  if (kind === "self" && [...text].length < (requirements.body_text_min_length ?? 0))
    return ruleError("BODY_MIN_LENGTH", "Your body is too short.", "text");
  const found = requirements.body_blacklisted_strings?.find((part) => has(text, part));
  if (found !== undefined)
    return ruleError("BODY_BLACKLISTED_STRING", `You may not have "${found}" in your body.`, "text");
  const host = kind === "link" ? new URL(url).hostname : "";
  if (requirements.domain_blacklist?.some((domain) => host === domain || host.endsWith(`.${domain}`)))
    return ruleError("LINK_BLACKLIST", "Links to this site are not allowed.", "url");
  if (kind === "gallery" && files > (requirements.gallery_max_items ?? 20))
    return ruleError("GALLERY_MAX_ITEMS", "Your gallery has too many items.", "items");
  return undefined;
}

function flairRefusal({ requirements, flairs }: PracticeSubreddit, { flairId }: Draft) {
  if (flairId === "" && requirements.is_flair_required)
    return ruleError("FLAIR_REQUIRED", "Your post must contain post flair.", "flair");
  if (flairId !== "" && !flairs.some(({ id }) => id === flairId))
    return jsonError("BAD_FLAIR_TARGET", "not a valid flair target", "flair");
  return undefined;
}

/** Anyone's post of the same link counts. */
function repostRefusal(
  { name, requirements }: PracticeSubreddit,
  { kind, url, resubmit }: Draft,
  network: PracticeNetwork,
): PracticeReply | undefined {
  const days = requirements.link_repost_age;
  if (kind !== "link" || (resubmit && days === undefined)) return undefined;
  const since = network.now().getTime() - (days ?? 0) * 24 * 60 * 60_000;
  const isTwin = (post: PracticePost) => post.link === url && post.extra.subreddit === name;
  const twins = usersOf(network)
    .list()
    .flatMap(([id]) => network.posts(id))
    .filter(isTwin);
  if (!resubmit && twins.length > 0)
    return jsonError("ALREADY_SUB", "that link has already been submitted", "url");
  return days !== undefined && twins.some(({ createdAt }) => Date.parse(createdAt) >= since)
    ? ruleError("LINK_REPOST", `This link was posted here in the last ${days} days.`, "url")
    : undefined;
}

function has(words: string, part: string): boolean {
  return words.toLowerCase().includes(part.toLowerCase());
}
