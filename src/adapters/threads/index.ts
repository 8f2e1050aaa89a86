import type { Adapter } from "../contract/adapter.ts";
import type { Capabilities } from "../contract/capabilities.ts";
import { preparedLifeMs } from "../families/graph-api.ts";
import { deleteNode } from "../families/graph-delete.ts";
import { readGraphBudget } from "../families/graph-usage.ts";
import type { ThreadsCredentials } from "./api.ts";
import { platform } from "./errors.ts";
import { identify } from "./identify.ts";
import { metrics } from "./metrics.ts";
import { oauth } from "./oauth.ts";
import { prepare } from "./prepare.ts";
import { publish } from "./publish.ts";
import { recent } from "./recent.ts";
import { reconcile } from "./reconcile.ts";
import { extraRules, maxCharacters } from "./rules.ts";
import { measure } from "./text.ts";

const megabyte = 1_000_000;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const rateLimits = "https://developers.facebook.com/docs/threads/overview#rate-limiting (checked 2026-11)";

const capabilities: Capabilities = {
  text: { max: maxCharacters, required: false }, // https://developers.facebook.com/docs/threads/posts (checked 2026-11)
  link: "field",
  media: {
    required: false,
    max: 20,
    mixed: true,
    altTextMax: 1000, // https://developers.facebook.com/docs/threads/reference/publishing (checked 2026-11)
    // https://developers.facebook.com/docs/threads/overview#limitations-and-specifications (checked 2026-11)
    types: {
      image: {
        mimeTypes: ["image/jpeg", "image/png"],
        maxBytes: 8 * megabyte,
        minAspect: 1 / 10,
        maxAspect: 10,
        maxWidth: 1440,
      },
      video: {
        mimeTypes: ["video/mp4", "video/quicktime"],
        maxBytes: 1000 * megabyte,
        maxDurationMs: 5 * minuteMs,
        minAspect: 0.01,
        maxAspect: 10,
        maxWidth: 1920,
        videoCodecs: ["avc", "hevc"],
        audioCodecs: ["aac"],
      },
    },
  },
  thread: { maxParts: 100 }, // no page has a limit but that of replies in a day (checked 2026-11)
  firstComment: { max: maxCharacters },
  // https://developers.facebook.com/docs/threads/reference/publishing (checked 2026-11)
  options: [
    { name: "topic", type: "string", required: false, maxLength: 50 },
    // What becomes of a picture whose shape is not taken: see contract/fit.ts.
    { name: "fit", type: "string", required: false, values: ["pad", "crop"] },
    {
      name: "replyControl",
      type: "string",
      required: false,
      values: [
        "everyone",
        "accounts_you_follow",
        "mentioned_only",
        "parent_post_author_only",
        "followers_only",
      ],
    },
  ],
  recovery: { by: "handle" },
  settleMs: 30_000,
  delete: true, // a hundred in 24 hours: https://developers.facebook.com/docs/threads/posts/delete-posts (checked 2026-11)
  edit: false,
  metrics: ["views", "likes", "reposts", "replies"],
  budgets: [
    { scope: "account", max: 250, windowMs: dayMs, source: rateLimits }, // posts
    { scope: "account", max: 1000, windowMs: dayMs, source: rateLimits }, // replies, counted apart
  ],
  policy: {
    identicalContent: "discouraged",
    note: "Meta treats posting the same thing again and again, or very often, as spam. Let each account use its own words.",
    source: "https://transparency.meta.com/policies/community-standards/spam/ (checked 2026-11)",
  },
};

export const threads: Adapter<ThreadsCredentials> = {
  platform: "threads",
  displayName: "Threads",
  mostEffectiveFor: "Short texts and conversation with a young public that came over from Instagram.",
  capabilities,
  hosts: { api: "https://graph.threads.net", web: "https://www.threads.net" },
  auth: {
    fields: [
      { name: "accessToken", label: "Access token", secret: true, required: true },
      { name: "userId", label: "Threads user ID", secret: false, required: false },
    ],
    // https://developers.facebook.com/docs/threads/get-started/get-access-tokens-and-permissions (checked 2026-11)
    scopes: [
      "threads_basic",
      "threads_content_publish",
      "threads_manage_replies",
      "threads_read_replies",
      "threads_manage_insights",
      "threads_delete",
    ],
    oauth,
    identify,
  },
  measure,
  extraRules,
  prepare,
  preparedLifeMs,
  publish,
  reconcile,
  delete: (externalId, call) => deleteNode(externalId, call, platform),
  metrics,
  recent,
  readBudget: (headers) => readGraphBudget(headers, platform.useCase),
};
