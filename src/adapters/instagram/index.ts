import type { Adapter } from "../contract/adapter.ts";
import type { Capabilities } from "../contract/capabilities.ts";
import { preparedLifeMs } from "../families/graph-api.ts";
import { readGraphBudget } from "../families/graph-usage.ts";
import type { InstagramCredentials } from "./api.ts";
import { platform } from "./errors.ts";
import { identify } from "./identify.ts";
import { metrics } from "./metrics.ts";
import { oauth } from "./oauth.ts";
import { prepare } from "./prepare.ts";
import { publish } from "./publish.ts";
import { recent } from "./recent.ts";
import { reconcile } from "./reconcile.ts";
import { extraRules } from "./rules.ts";

const mebibyte = 1024 * 1024;
const secondMs = 1000;

// https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media (checked 2026-11)
const capabilities: Capabilities = {
  text: { max: 2200, required: false },
  link: "in_text",
  media: {
    required: true,
    max: 10,
    mixed: true,
    altTextMax: 1000, // pictures only: reels have none
    types: {
      image: {
        mimeTypes: ["image/jpeg"],
        maxBytes: 8 * mebibyte,
        minAspect: 4 / 5,
        maxAspect: 1.91,
        minWidth: 320,
      },
      video: {
        mimeTypes: ["video/mp4", "video/quicktime"],
        maxBytes: 300_000_000,
        minDurationMs: 3 * secondMs,
        maxDurationMs: 15 * 60 * secondMs,
        minAspect: 0.01,
        maxAspect: 10,
      },
    },
  },
  thread: null,
  firstComment: { max: 2196 }, // on no page of Meta's; the smallest number others found (checked 2026-11)
  // What becomes of a picture whose shape is not taken: see contract/fit.ts.
  options: [{ name: "fit", type: "string", required: false, values: ["pad", "crop"] }],
  recovery: { by: "handle" },
  settleMs: 30_000,
  delete: false, // only with Facebook Login, on another host (checked 2026-11)
  edit: false,
  metrics: ["views", "likes", "reposts", "replies", "saves"],
  budgets: [
    {
      scope: "account",
      max: 50, // the guide says 100, the reference "currently 50" (checked 2026-11)
      windowMs: 24 * 60 * 60 * secondMs,
      source:
        "https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/content_publishing_limit (checked 2026-11)",
    },
  ],
  policy: {
    identicalContent: "discouraged",
    note: "Meta treats posting the same thing again and again, or very often, as spam. Let each account use its own words.",
    source: "https://transparency.meta.com/policies/community-standards/spam/ (checked 2026-11)",
  },
};

/** Professional accounts with Instagram Login; personal accounts have no such API. */
export const instagram: Adapter<InstagramCredentials> = {
  platform: "instagram",
  displayName: "Instagram",
  mostEffectiveFor: "Reaching citizens, younger ones above all, with pictures and short videos.",
  capabilities,
  hosts: {
    api: "https://graph.instagram.com",
    web: "https://www.instagram.com",
    token: "https://api.instagram.com",
  },
  auth: {
    fields: [
      { name: "accessToken", label: "Access token", secret: true, required: true },
      { name: "userId", label: "Instagram user ID", secret: false, required: false },
    ],
    // https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login (checked 2026-11)
    scopes: [
      "instagram_business_basic",
      "instagram_business_content_publish",
      "instagram_business_manage_comments",
      "instagram_business_manage_insights",
    ],
    oauth,
    identify,
  },
  measure: (text) => [...text].length,
  extraRules,
  prepare,
  preparedLifeMs,
  publish,
  reconcile,
  metrics,
  recent,
  readBudget: (headers) => readGraphBudget(headers, platform.useCase),
};
