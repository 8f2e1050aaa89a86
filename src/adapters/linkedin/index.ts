import type { Adapter } from "../contract/adapter.ts";
import type { Capabilities } from "../contract/capabilities.ts";
import { deletePost } from "./api.ts";
import { edit } from "./edit.ts";
import { identify } from "./identify.ts";
import { metrics } from "./metrics.ts";
import { oauth } from "./oauth.ts";
import { prepare } from "./prepare.ts";
import { preparedLifeMs } from "./progress.ts";
import { publish } from "./publish.ts";
import { recent } from "./recent.ts";
import { reconcile } from "./reconcile.ts";
import type { LinkedInCredentials } from "./request.ts";
import { extraRules } from "./rules.ts";
import { memberScopes } from "./scopes.ts";
import { measure } from "./text.ts";

const megabyte = 1_000_000;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
// Of requests; a post with pictures takes several.
const rateLimits =
  "https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/share-on-linkedin (checked 2026-11)";

const capabilities: Capabilities = {
  // Named for the API before this one, and by the website:
  // https://learn.microsoft.com/en-us/linkedin/marketing/integrations/community-management/shares/ugc-post-api (checked 2026-11)
  text: { max: 3000, required: false },
  link: "field",
  media: {
    required: false,
    // https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/multiimage-post-api (checked 2026-11)
    max: 20,
    mixed: false,
    altTextMax: 4086,
    types: {
      // Fewer than 36,152,320 pixels; the 5 MB are what the website takes, the API names no size:
      // https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api (checked 2026-11)
      image: {
        mimeTypes: ["image/jpeg", "image/png", "image/gif"],
        maxBytes: 5 * megabyte,
        maxPixels: 36_152_319,
      },
      // https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api (checked 2026-11)
      video: {
        mimeTypes: ["video/mp4"],
        maxBytes: 500 * megabyte,
        max: 1,
        minDurationMs: 3000,
        maxDurationMs: 30 * minuteMs,
      },
    },
  },
  thread: null,
  firstComment: { max: 1250 }, // as the website has it; on no page of LinkedIn's (checked 2026-11)
  options: [
    // https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api (checked 2026-11)
    { name: "visibility", type: "string", required: false, values: ["PUBLIC", "CONNECTIONS"] },
    // The length is named by other clients only (checked 2026-11)
    { name: "title", type: "string", required: false, maxLength: 400 },
  ],
  // Pages only: nothing tells of a member's posts, and `reconcile` then says so.
  recovery: { by: "search", windowMs: dayMs },
  settleMs: 120_000,
  delete: true,
  edit: true,
  metrics: ["views", "likes", "reposts", "replies", "clicks"],
  budgets: [
    { scope: "account", max: 150, windowMs: dayMs, dayIn: "UTC", source: rateLimits },
    { scope: "app", max: 100_000, windowMs: dayMs, dayIn: "UTC", source: rateLimits },
  ],
  policy: {
    identicalContent: "discouraged",
    note: "LinkedIn refuses the same post twice within minutes, and counts repetitive posts and coordinated, inauthentic engagement as spam. Let every account use its own words, and a person stand behind each post.",
    source: "https://www.linkedin.com/legal/professional-community-policies (checked 2026-11)",
  },
};

export const linkedin: Adapter<LinkedInCredentials> = {
  platform: "linkedin",
  displayName: "LinkedIn",
  mostEffectiveFor: "Reaching professionals, donors, public bodies and partner organisations.",
  capabilities,
  hosts: {
    api: "https://api.linkedin.com",
    web: "https://www.linkedin.com",
    token: "https://www.linkedin.com",
  },
  auth: {
    fields: [
      { name: "accessToken", label: "Access token", secret: true, required: true },
      {
        name: "author",
        label: "Page (urn:li:organization:…); empty: yourself",
        secret: false,
        required: false,
      },
    ],
    scopes: memberScopes, // a page needs others
    oauth,
    identify,
  },
  measure,
  extraRules: (variant) => extraRules(variant, capabilities),
  prepare,
  preparesInSteps: true,
  preparedLifeMs,
  publish,
  reconcile,
  delete: deletePost,
  edit,
  metrics,
  recent,
  // Calls are counted by day and app, and few where an app is new.
  watch: {
    everyMs: 15 * minuteMs,
    source:
      "https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/rate-limits (checked 2026-11)",
  },
};
