import { isUrl } from "../../domain/is-url.ts";
import { PublishError } from "../contract/publish-error.ts";
import type { Submission } from "./content.ts";
import type { About, Requirements } from "./subreddit.ts";

/** What is to be posted, as subreddits look at it. */
export interface Candidate extends Pick<Submission, "kind" | "subreddit" | "title" | "url"> {
  /** As a reader sees it. */
  readonly text: string;
  readonly files: number;
  readonly hasFlair: boolean;
}

/**
 * What the subreddit would refuse, while there is time to mend it. Its regular expressions are left to Reddit, which
 * reads them as Python.
 * @throws PublishError `invalid` or `forbidden`
 */
export function checkRules(post: Candidate, about: About, rules: Requirements): void {
  checkAccess(post, about);
  checkKind(post, about);
  checkTitle(post, rules);
  if (post.kind === "self") checkBody(post, rules);
  if (post.kind === "link") checkDomain(post, rules);
  if (post.kind === "gallery") checkGallery(post, rules);
  if (rules.is_flair_required && !post.hasFlair)
    throw invalid(post, "flair_required", "wants every post to have a flair: choose one from its list");
}

function checkAccess(post: Candidate, about: About): void {
  if (about.user_is_banned)
    throw forbidden(
      post,
      "banned_from_subreddit",
      "has banned this account: ask its moderators, or choose another",
    );
  const isTrusted = about.user_is_contributor || about.user_is_moderator;
  const { subreddit_type: type } = about;
  if (type === "archived" || (type === "restricted" && about.restrict_posting !== false && !isTrusted))
    throw forbidden(
      post,
      "subreddit_closed",
      "lets only chosen accounts post: ask its moderators, or choose another",
    );
}

function checkKind(post: Candidate, about: About): void {
  const { kind } = post;
  if (kind === "self" && about.submission_type === "link")
    throw invalid(post, "text_not_allowed", "takes no text posts: add a link, or choose another");
  if (kind !== "self" && about.submission_type === "self")
    throw invalid(
      post,
      "link_not_allowed",
      "takes text posts only: leave files out, and put the link into the text",
    );
  if (kind === "image" && about.allow_images === false)
    throw invalid(post, "image_not_allowed", "takes no pictures: post without them, or choose another");
  if (kind === "video" && about.allow_videos === false)
    throw invalid(post, "video_not_allowed", "takes no videos: post without it, or choose another");
  if (kind === "gallery" && (about.allow_galleries === false || about.allow_images === false))
    throw invalid(post, "gallery_not_allowed", "takes no posts with several pictures: leave the others out");
}

function checkTitle(post: Candidate, rules: Requirements): void {
  checkWords(post, post.title, {
    what: "title",
    min: rules.title_text_min_length,
    max: rules.title_text_max_length,
    required: rules.title_required_strings,
    refused: rules.title_blacklisted_strings,
  });
}

function checkBody(post: Candidate, rules: Requirements): void {
  const policy = rules.body_restriction_policy;
  if (post.text === "" && policy !== "required") return;
  if (policy === "notAllowed")
    throw invalid(
      post,
      "body_not_allowed",
      "takes titles only: leave the text out, or put it into the first comment",
    );
  checkWords(post, post.text, {
    what: "text",
    min: Math.max(rules.body_text_min_length ?? 0, policy === "required" ? 1 : 0),
    max: rules.body_text_max_length,
    required: rules.body_required_strings,
    refused: rules.body_blacklisted_strings,
  });
}

interface Words {
  readonly what: "title" | "text";
  readonly min: number | null | undefined;
  readonly max: number | null | undefined;
  readonly required: readonly string[] | null | undefined;
  readonly refused: readonly string[] | null | undefined;
}

function checkWords(post: Candidate, words: string, { what, min, max, required, refused }: Words): void {
  const { length } = [...words];
  const has = (part: string) => words.toLowerCase().includes(part.toLowerCase());
  const code = `${what === "title" ? "title" : "body"}_refused`;
  if (min && length < min)
    throw invalid(post, code, `wants a ${what} of at least ${min} characters, this one has ${length}`);
  if (max && length > max)
    throw invalid(post, code, `takes a ${what} of at most ${max} characters, this one has ${length}`);
  const found = refused?.find(has);
  if (found !== undefined)
    throw invalid(post, code, `does not take "${found}" in a ${what}: say it in other words`);
  if (required?.length && !required.some(has))
    throw invalid(post, code, `wants one of these in every ${what}: ${required.slice(0, 5).join(", ")}`);
}

function checkDomain(post: Candidate, rules: Requirements): void {
  const host = isUrl(post.url ?? "") ? new URL(post.url ?? "").hostname : "";
  const isAmong = (domains: readonly string[] | null | undefined) =>
    domains?.some((domain) => host === domain.toLowerCase() || host.endsWith(`.${domain.toLowerCase()}`)) ??
    false;
  const { link_restriction_policy: policy, domain_blacklist: refused, domain_whitelist: allowed } = rules;
  // A list may have been kept while it is not in force.
  const isRefused = policy !== "none" && policy !== "whitelist" && isAmong(refused);
  const isMissing = policy !== "none" && policy !== "blacklist" && allowed?.length && !isAmong(allowed);
  if (isRefused || isMissing)
    throw invalid(post, "link_refused", `does not take links to ${host}: choose another link or subreddit`);
}

function checkGallery(
  post: Candidate,
  { gallery_min_items: min, gallery_max_items: max }: Requirements,
): void {
  if ((min && post.files < min) || (max && post.files > max))
    throw invalid(
      post,
      "too_many_media",
      `takes posts of ${min ?? 2} to ${max ?? 20} pictures, not ${post.files}`,
    );
}

function invalid({ subreddit }: Candidate, code: string, says: string): PublishError {
  return new PublishError("invalid", `r/${subreddit} ${says}`, { code });
}

function forbidden({ subreddit }: Candidate, code: string, says: string): PublishError {
  return new PublishError("forbidden", `r/${subreddit} ${says}`, { code });
}
