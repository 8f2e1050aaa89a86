import type { Options } from "../../domain/post.ts";
import type { Choice } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { post, type RedditCall } from "./api.ts";
import { subredditOf } from "./content.ts";
import { unreadable } from "./errors.ts";

/** The flairs of a subreddit, the only choices Reddit has. */
export async function choices(option: string, given: Options, call: RedditCall): Promise<readonly Choice[]> {
  const subreddit = subredditOf(given.subreddit);
  if (option !== "flair" || subreddit === "") return [];
  return flairsOf(subreddit, call);
}

/**
 * @param flair the id of a flair, or its words
 * @throws PublishError `invalid` where the subreddit has no such flair for this account
 */
export async function flairId(flair: string, subreddit: string, call: RedditCall): Promise<string> {
  const known = await flairsOf(subreddit, call);
  const wanted = comparable(flair);
  const found =
    known.find(({ value }) => value === flair.trim()) ??
    known.find(({ label }) => comparable(label) === wanted);
  if (found) return found.value;
  throw new PublishError("invalid", `r/${subreddit} has no flair of this name: choose one from its list`, {
    code: "flair_unknown",
  });
}

/** Only reads, though by POST. https://www.reddit.com/dev/api#POST_api_flairselector (checked 2026-11) */
async function flairsOf(subreddit: string, call: RedditCall): Promise<Choice[]> {
  const { choices } = await post<{ choices?: unknown }>(
    call,
    `/r/${encodeURIComponent(subreddit)}/api/flairselector`,
    { is_newlink: "true" },
  );
  if (!Array.isArray(choices)) throw unreadable();
  return choices.map((choice: { flair_template_id?: unknown; flair_text?: unknown }) => ({
    value: String(choice.flair_template_id),
    label: String(choice.flair_text),
  }));
}

function comparable(words: string): string {
  return words.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();
}
