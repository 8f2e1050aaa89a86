import type { Adapter, Call, Identity } from "../contract/adapter.ts";
import type { Capabilities, MetricName } from "../contract/capabilities.ts";
import { PublishError } from "../contract/publish-error.ts";
import { get, post, type RedditCredentials } from "./api.ts";
import { measure } from "./content.ts";
import { edit } from "./edit.ts";
import { unreadable } from "./errors.ts";
import { choices } from "./flair.ts";
import { type Post, thing } from "./listing.ts";
import { oauth } from "./oauth.ts";
import { prepare, preparedLifeMs } from "./prepare.ts";
import { publish } from "./publish.ts";
import { readBudget } from "./rate-limit.ts";
import { recent } from "./recent.ts";
import { reconcile } from "./reconcile.ts";
import { extraRules, maxBody, maxTitle } from "./rules.ts";

const megabyte = 1024 * 1024;
const minuteMs = 60_000;

const capabilities: Capabilities = {
  // https://github.com/reddit-archive/reddit/blob/master/r2/r2/controllers/api.py (checked 2026-11)
  text: { max: maxBody, required: false },
  link: "field",
  // Reddit documents no sizes: these are what others found, and its storage has the last word. https://docs.getlate.dev/resources/media-guidelines/reddit (checked 2026-11)
  media: {
    required: false,
    max: 20,
    mixed: false,
    altTextMax: 0,
    types: {
      image: { mimeTypes: ["image/jpeg", "image/png", "image/gif"], maxBytes: 20 * megabyte },
      video: {
        mimeTypes: ["video/mp4", "video/quicktime"],
        maxBytes: 1024 * megabyte,
        max: 1,
        maxDurationMs: 15 * minuteMs,
      },
    },
  },
  thread: null,
  firstComment: { max: 10_000 }, // in the published source too
  // https://www.reddit.com/dev/api#POST_api_submit (checked 2026-11)
  options: [
    { name: "subreddit", type: "string", required: true },
    { name: "title", type: "string", required: true, maxLength: maxTitle },
    { name: "flair", type: "string", required: false, choices: true },
    { name: "nsfw", type: "boolean", required: false },
  ],
  recovery: { by: "search", windowMs: 24 * 60 * minuteMs },
  settleMs: 2 * minuteMs,
  delete: true,
  edit: true,
  metrics: ["likes", "replies"],
  // Of requests; a post takes four or more. All users of an app share it.
  budgets: [
    {
      scope: "app",
      max: 1000,
      windowMs: 10 * minuteMs,
      source: "https://support.reddithelp.com/hc/en-us/articles/16160319875092 (checked 2026-11)",
    },
  ],
  policy: {
    identicalContent: "forbidden",
    note: "Reddit calls it spam to post the same or similar content again and again, and content manipulation when accounts do it together. Say it once, in the subreddit it is about, and keep its rules.",
    source: "https://support.reddithelp.com/hc/en-us/articles/360043504051 (checked 2026-11)",
  },
};

/** Every organisation brings an app of its own, which Reddit has to approve first. */
export const reddit: Adapter<RedditCredentials> = {
  platform: "reddit",
  displayName: "Reddit",
  mostEffectiveFor: "Explaining a cause to people who care about the subject, and answering their questions.",
  capabilities,
  hosts: {
    api: "https://oauth.reddit.com",
    web: "https://www.reddit.com",
    token: "https://www.reddit.com",
  },
  auth: {
    fields: [{ name: "accessToken", label: "Access token", secret: true, required: true }],
    // https://www.reddit.com/api/v1/scopes (checked 2026-11)
    scopes: ["identity", "submit", "read", "history", "edit", "flair"],
    oauth,
    identify,
  },
  measure,
  extraRules,
  prepare,
  preparedLifeMs,
  publish,
  reconcile,
  delete: remove,
  edit,
  metrics,
  recent,
  choices,
  readBudget,
};

async function identify(call: Call<RedditCredentials>): Promise<Identity> {
  const me = await get<{ id?: unknown; name?: unknown; subreddit?: { title?: unknown } | null }>(
    call,
    "/api/v1/me",
  );
  if (typeof me.id !== "string" || typeof me.name !== "string") throw unreadable();
  const title = me.subreddit?.title;
  return {
    externalId: me.id,
    handle: me.name,
    name: typeof title === "string" && title !== "" ? title : me.name,
  };
}

/** Reddit says yes to what is gone already. */
async function remove(externalId: string, call: Call<RedditCredentials>): Promise<void> {
  await post(call, "/api/del", { id: externalId });
}

/** Reddit counts views, but tells no app. A comment's answers are not counted. */
async function metrics(
  externalId: string,
  call: Call<RedditCredentials>,
): Promise<Partial<Record<MetricName, number>>> {
  const found = await thing<Post>(externalId, call);
  if (!found) throw new PublishError("invalid", "Reddit no longer shows this post", { code: "not_found" });
  const { ups, num_comments: replies } = found;
  return {
    ...(typeof ups === "number" && { likes: Math.max(0, ups) }),
    ...(typeof replies === "number" && { replies }),
  };
}
