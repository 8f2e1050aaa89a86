import type { Variant } from "../../domain/post.ts";
import type { PrepareCall, Prepared } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import type { RedditCredentials } from "./api.ts";
import { submissionOf } from "./content.ts";
import { flairId } from "./flair.ts";
import { captionOf } from "./rules.ts";
import type { Ready } from "./submit.ts";
import { aboutOf, requirementsOf } from "./subreddit.ts";
import { checkRules } from "./subreddit-rules.ts";
import { type Asset, uploadMedia, uploadPoster } from "./upload.ts";

/** Nobody says how long Reddit keeps an unused file, and subreddits change their rules: after an hour all is made anew. */
export const preparedLifeMs = 60 * 60_000;
/** How long one call may go on: what a crash can cost. One file is always sent. */
const stepMs = 10_000;
const never = "9999-12-31T23:59:59.999Z";

interface Progress {
  readonly subreddit: string;
  readonly flairId: string | null;
  /** In the variant's order. */
  readonly assets: readonly Asset[];
  readonly poster: Asset | null;
  readonly expiresAt: string;
}

/**
 * Asks the subreddit for its rules while there is time to keep them, finds the flair and uploads the files. What is
 * returned is on record before the next call.
 */
export async function prepare(variant: Variant, call: PrepareCall<RedditCredentials>): Promise<Prepared> {
  if (variant.role !== "post") return { values: {}, expiresAt: never };
  let progress = read(call) ?? (await begin(variant, call));
  const until = call.now().getTime() + stepMs;
  for (const item of variant.media.slice(progress.assets.length)) {
    if (call.now().getTime() >= until) return prepared(progress, 1);
    const asset = await uploadMedia(item, call);
    progress = { ...progress, assets: [...progress.assets, asset], expiresAt: expiry(call) };
  }
  if (variant.media[0]?.kind === "video" && progress.poster === null)
    progress = { ...progress, poster: await uploadPoster(call) };
  return prepared(progress);
}

/** @throws PublishError `unavailable` rather than posting a text without its files or its flair */
export function readyFor(variant: Variant, prepared: Prepared | undefined): Ready {
  const progress = prepared && progressIn(prepared);
  if (
    progress?.assets.length !== variant.media.length ||
    (isFlair(variant.options.flair) && progress.flairId === null)
  )
    throw new PublishError("unavailable", "What this post needs is not on Reddit yet", { notSent: true });
  return {
    flairId: progress.flairId,
    assetIds: progress.assets.map(({ id }) => id),
    urls: progress.assets.map(({ url }) => url),
    captions: variant.media.map(({ altText }) => captionOf(altText)),
    posterUrl: progress.poster?.url ?? null,
  };
}

async function begin(variant: Variant, call: PrepareCall<RedditCredentials>): Promise<Progress> {
  const { kind, subreddit, title, url } = submissionOf(variant);
  const { flair } = variant.options;
  const [about, requirements] = await Promise.all([
    aboutOf(subreddit, call),
    requirementsOf(subreddit, call),
  ]);
  const hasFlair = isFlair(flair);
  const post = { kind, subreddit, title, url, text: variant.text, files: variant.media.length, hasFlair };
  checkRules(post, about, requirements);
  return {
    subreddit,
    flairId: hasFlair ? await flairId(flair, subreddit, call) : null,
    assets: [],
    poster: null,
    expiresAt: expiry(call),
  };
}

/** From the last file on: one that takes long to upload would else be gone before it is there. */
function expiry({ now }: PrepareCall<RedditCredentials>): string {
  return new Date(now().getTime() + preparedLifeMs).toISOString();
}

function isFlair(option: Variant["options"][string] | undefined): option is string {
  return typeof option === "string" && option.trim() !== "";
}

function read({ soFar, now }: PrepareCall<RedditCredentials>): Progress | undefined {
  return soFar && new Date(soFar.expiresAt) > now() ? progressIn(soFar) : undefined;
}

function progressIn({ values, expiresAt }: Prepared): Progress {
  const { subreddit = "", assetIds = "", urls = "", flairId = null, posterId, posterUrl } = values;
  const addresses = urls.split(" ");
  return {
    subreddit,
    flairId,
    assets: assetIds
      .split(" ")
      .filter((id) => id !== "")
      .map((id, index) => ({ id, url: addresses[index] ?? "" })),
    poster: posterId && posterUrl ? { id: posterId, url: posterUrl } : null,
    expiresAt,
  };
}

function prepared(
  { subreddit, flairId, assets, poster, expiresAt }: Progress,
  pollAfterMs?: number,
): Prepared {
  return {
    values: {
      subreddit,
      ...(flairId !== null && { flairId }),
      ...(assets.length > 0 && {
        assetIds: assets.map(({ id }) => id).join(" "),
        urls: assets.map(({ url }) => url).join(" "),
      }),
      ...(poster && { posterId: poster.id, posterUrl: poster.url }),
    },
    expiresAt,
    ...(pollAfterMs !== undefined && { pollAfterMs }),
  };
}
