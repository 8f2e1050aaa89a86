import { PublishError } from "../contract/publish-error.ts";
import { get, type RedditCall } from "./api.ts";
import { unreadable } from "./errors.ts";

/** https://www.reddit.com/dev/api#GET_r_{subreddit}_about (checked 2026-11), as far as it can keep a post out. */
export interface About {
  readonly subreddit_type?: string;
  readonly submission_type?: string;
  readonly allow_images?: boolean;
  readonly allow_videos?: boolean;
  readonly allow_galleries?: boolean;
  readonly restrict_posting?: boolean;
  readonly user_is_banned?: boolean | null;
  readonly user_is_contributor?: boolean | null;
  readonly user_is_moderator?: boolean | null;
}

/** https://www.reddit.com/dev/api#GET_api_v1_{subreddit}_post_requirements (checked 2026-11) */
export interface Requirements {
  readonly is_flair_required?: boolean | null;
  readonly title_text_min_length?: number | null;
  readonly title_text_max_length?: number | null;
  readonly title_required_strings?: readonly string[] | null;
  readonly title_blacklisted_strings?: readonly string[] | null;
  readonly body_restriction_policy?: string | null;
  readonly body_text_min_length?: number | null;
  readonly body_text_max_length?: number | null;
  readonly body_required_strings?: readonly string[] | null;
  readonly body_blacklisted_strings?: readonly string[] | null;
  readonly link_restriction_policy?: string | null;
  readonly domain_whitelist?: readonly string[] | null;
  readonly domain_blacklist?: readonly string[] | null;
  readonly gallery_min_items?: number | null;
  readonly gallery_max_items?: number | null;
}

/** @throws PublishError `invalid` where there is no such subreddit: Reddit then leads to a search for it */
export async function aboutOf(subreddit: string, call: RedditCall): Promise<About> {
  try {
    const { data } = await get<{ data?: About }>(call, `/r/${encodeURIComponent(subreddit)}/about`);
    if (typeof data !== "object" || data === null) throw unreadable();
    return data;
  } catch (error) {
    if (!(error instanceof PublishError) || !isMissing(error)) throw error;
    throw new PublishError("invalid", `Reddit has no subreddit r/${subreddit}: check how it is written`, {
      ...error.detail,
      code: "subreddit_unknown",
    });
  }
}

/** What its moderators ask of every post, as far as this account may know. A profile asks nothing. */
export async function requirementsOf(subreddit: string, call: RedditCall): Promise<Requirements> {
  if (subreddit.startsWith("u_")) return {};
  try {
    return await get<Requirements>(call, `/api/v1/${encodeURIComponent(subreddit)}/post_requirements`);
  } catch (error) {
    const { status } = error instanceof PublishError ? error.detail : {};
    if (status === 403 || status === 404) return {};
    throw error;
  }
}

function isMissing({ detail: { status, code } }: PublishError): boolean {
  return status === 302 || (status === 404 && code === "not_found");
}
