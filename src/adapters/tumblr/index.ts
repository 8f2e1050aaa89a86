import type { Adapter } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { deletePost, readNotes, type TumblrCredentials } from "./api.ts";
import { edit } from "./edit.ts";
import { identify } from "./identify.ts";
import { oauth } from "./oauth.ts";
import { publish } from "./publish.ts";
import { dayIn, readBudget } from "./rate-limit.ts";
import { recent } from "./recent.ts";
import { reconcile } from "./reconcile.ts";
import { extraRules, maxBlockLength } from "./rules.ts";
import { measure } from "./text.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const rateLimits = "https://www.tumblr.com/docs/en/api/v2#rate-limits"; // checked 2026-11

export const tumblr: Adapter<TumblrCredentials> = {
  platform: "tumblr",
  displayName: "Tumblr",
  mostEffectiveFor:
    "Long reads, art and picture series for a young public; posts travel by reblogs and tags for years",
  capabilities: {
    // Of each paragraph: https://www.tumblr.com/docs/npf#text-block-length (checked 2026-11)
    text: { max: maxBlockLength, required: false },
    link: "field",
    media: {
      required: false,
      // 30 pictures and a video: https://www.tumblr.com/docs/npf#post-content-limits (checked 2026-11)
      max: 31,
      mixed: true,
      // https://www.tumblr.com/docs/npf#content-block-type-image (checked 2026-11)
      altTextMax: 4096,
      types: {
        // The only size in the documentation: https://www.tumblr.com/docs/en/api/v2#photo-posts (checked 2026-11)
        image: {
          mimeTypes: ["image/jpeg", "image/png", "image/gif", "image/webp"],
          maxBytes: 10_000_000,
          sentWithPost: "as_is",
          max: 30,
        },
        // https://www.tumblr.com/docs/en/api/v2#video-posts (checked 2026-11)
        video: {
          mimeTypes: ["video/mp4"],
          maxBytes: 500_000_000,
          sentWithPost: "as_is",
          max: 1,
          maxDurationMs: 10 * minuteMs,
        },
      },
    },
    // Nothing can be answered through the API; a reblog of one's own post is a post of its own.
    thread: null,
    firstComment: null,
    // https://www.tumblr.com/docs/en/api/v2#posts---createreblog-a-post-neue-post-format (checked 2026-11)
    options: [
      { name: "title", type: "string", required: false, maxLength: maxBlockLength },
      { name: "tags", type: "strings", required: false },
    ],
    recovery: { by: "search", windowMs: dayMs },
    settleMs: 2 * minuteMs,
    delete: true,
    edit: true,
    metrics: ["likes", "reposts"],
    // The first is of a login, whichever of its blogs it posts to.
    budgets: [
      { scope: "account", max: 250, windowMs: dayMs, dayIn, source: rateLimits },
      { scope: "app", max: 1000, windowMs: hourMs, source: rateLimits },
      { scope: "app", max: 5000, windowMs: dayMs, dayIn, source: rateLimits },
    ],
    policy: {
      identicalContent: "forbidden",
      note: "To Tumblr, many posts that are nearly the same are spam, and the app that sends them loses its access. Its community guidelines also ask not to post automatically: give each blog its own words, and let a person stand behind each post (checked 2026-11)",
      source: "https://www.tumblr.com/docs/en/api_agreement",
    },
  },
  hosts: { api: "https://api.tumblr.com", web: "https://www.tumblr.com" },
  auth: {
    fields: [
      { name: "accessToken", label: "Access token", secret: true, required: true },
      { name: "blog", label: "Blog (name; empty: the primary one)", secret: false, required: false },
    ],
    // https://www.tumblr.com/docs/en/api/v2#oauth2-authorization (checked 2026-11)
    scopes: ["basic", "write", "offline_access"],
    oauth,
    identify,
  },
  measure,
  extraRules,
  publish,
  reconcile,
  async delete(externalId, call) {
    try {
      await deletePost(call, externalId);
    } catch (error) {
      if (!(error instanceof PublishError && error.detail.status === 404)) throw error;
    }
  },
  edit,
  /** Replies and reblogs with words are in Tumblr's total only together with all others. */
  async metrics(externalId, call) {
    const { total_likes: likes, total_reblogs: reposts } = await readNotes(call, externalId);
    return { ...(likes !== undefined && { likes }), ...(reposts !== undefined && { reposts }) };
  },
  recent,
  // 5,000 calls a day and app.
  watch: {
    everyMs: 5 * minuteMs,
    source: "https://www.tumblr.com/docs/en/api/v2#rate-limits (checked 2026-11)",
  },
  readBudget,
};
