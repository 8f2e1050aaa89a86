import type { Adapter } from "../contract/adapter.ts";
import type { Capabilities } from "../contract/capabilities.ts";
import { preparedLifeMs } from "../families/graph-api.ts";
import { readGraphBudget } from "../families/graph-usage.ts";
import type { FacebookCredentials } from "./api.ts";
import { edit } from "./edit.ts";
import { platform } from "./errors.ts";
import { identify } from "./identify.ts";
import { deletePost, metrics } from "./live-post.ts";
import { oauth } from "./oauth.ts";
import { prepare } from "./prepare.ts";
import { publish } from "./publish.ts";
import { push } from "./push.ts";
import { recent } from "./recent.ts";
import { reconcile } from "./reconcile.ts";
import { extraRules } from "./rules.ts";

const megabyte = 1_000_000;
const minuteMs = 60_000;

const capabilities: Capabilities = {
  // Known to everyone and on no page of Meta's; counted in UTF-16 units, which is never too few (checked 2026-11)
  text: { max: 63_206, required: false },
  link: "field",
  media: {
    required: false,
    max: 10, // `attached_media` has no documented limit; 10 is what has been seen to work (checked 2026-11)
    mixed: false,
    altTextMax: 1000, // not documented for pages: what Meta documents for Instagram (checked 2026-11)
    types: {
      // https://developers.facebook.com/docs/graph-api/reference/page/photos (checked 2026-11)
      image: { mimeTypes: ["image/jpeg", "image/png"], maxBytes: 10 * megabyte },
      // One upload without parts: https://developers.facebook.com/docs/graph-api/video-uploads (checked 2026-11)
      video: {
        mimeTypes: ["video/mp4", "video/quicktime"],
        maxBytes: 1000 * megabyte,
        max: 1,
        maxDurationMs: 20 * minuteMs,
      },
    },
  },
  thread: null,
  firstComment: { max: 8000 }, // as the website has it; on no page of Meta's (checked 2026-11)
  options: [],
  recovery: { by: "handle" },
  settleMs: 30_000,
  delete: true,
  edit: true,
  metrics: ["likes", "reposts", "replies"],
  // Calls are limited by how many people engage with the page, told in a header; posts by no published number:
  // https://developers.facebook.com/docs/graph-api/overview/rate-limiting (checked 2026-11)
  budgets: [],
  policy: {
    identicalContent: "discouraged",
    note: "Meta treats posting the same thing again and again, or very often, as spam. Let each page use its own words.",
    source: "https://transparency.meta.com/policies/community-standards/spam/ (checked 2026-11)",
  },
};

export const facebook: Adapter<FacebookCredentials> = {
  platform: "facebook",
  displayName: "Facebook",
  mostEffectiveFor: "Reaching the general public and local communities, with long texts, links and photos.",
  capabilities,
  hosts: {
    api: "https://graph.facebook.com",
    // The publishing guide uploads here; the overview calls it deprecated in favour of `api` (checked 2026-11)
    upload: "https://graph-video.facebook.com",
    web: "https://www.facebook.com",
  },
  auth: {
    fields: [
      { name: "accessToken", label: "Page access token", secret: true, required: true },
      { name: "pageId", label: "Page ID", secret: false, required: false },
    ],
    // https://developers.facebook.com/docs/permissions (checked 2026-11)
    scopes: ["pages_show_list", "pages_manage_posts", "pages_read_engagement", "pages_manage_engagement"],
    oauth,
    identify,
  },
  measure: (text) => text.length,
  extraRules: (variant) => extraRules(variant, capabilities),
  prepare,
  preparedLifeMs,
  publish,
  reconcile,
  delete: deletePost,
  edit,
  metrics,
  recent,
  push,
  readBudget: (headers) => readGraphBudget(headers, platform.useCase),
};
