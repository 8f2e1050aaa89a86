import type { Adapter, Identity } from "../contract/adapter.ts";
import type { Capabilities } from "../contract/capabilities.ts";
import { PublishError } from "../contract/publish-error.ts";
import { account, deletePin, type PinterestCall, type PinterestCredentials } from "./api.ts";
import { choices } from "./boards.ts";
import { oauth } from "./oauth.ts";
import { metrics, recent } from "./pins.ts";
import { prepare, preparedLifeMs } from "./prepare.ts";
import { publish } from "./publish.ts";
import { readBudget } from "./rate-limit.ts";
import { reconcile } from "./reconcile.ts";
import { extraRules, maxAltText, maxLink, maxPicturesBytes } from "./rules.ts";
import { measure } from "./text.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

const capabilities: Capabilities = {
  // https://developers.pinterest.com/docs/api/v5/pins-create (checked 2026-11)
  text: { max: 800, required: false },
  link: "field",
  media: {
    required: true,
    max: 5,
    mixed: false,
    altTextMax: maxAltText,
    altTextPerPost: true,
    // https://help.pinterest.com/en/business/article/pinterest-product-specs (checked 2026-11)
    types: {
      image: { mimeTypes: ["image/jpeg", "image/png"], maxBytes: maxPicturesBytes, sentWithPost: "base64" },
      video: {
        mimeTypes: ["video/mp4", "video/quicktime"],
        maxBytes: 1_000_000_000, // sources say one or two gigabytes
        max: 1,
        minDurationMs: 4000,
        maxDurationMs: 15 * minuteMs,
        minAspect: 0.5,
        maxAspect: 1.91,
        videoCodecs: ["avc", "hevc"],
      },
    },
  },
  thread: null,
  firstComment: null,
  options: [
    // Id or name.
    { name: "board", type: "string", required: true, choices: true },
    { name: "title", type: "string", required: false, maxLength: 100 },
    // For a post that has no link of its own.
    { name: "link", type: "string", required: false, maxLength: maxLink },
  ],
  recovery: { by: "search", windowMs: dayMs },
  settleMs: 120_000,
  delete: true,
  edit: false,
  metrics: ["views", "likes", "replies", "clicks", "saves"],
  budgets: [
    {
      scope: "account",
      max: 100,
      windowMs: minuteMs,
      source: "https://developers.pinterest.com/docs/reference/rate-limits (org_write, checked 2026-11)",
    },
  ],
  policy: {
    identicalContent: "discouraged",
    note: "Pinterest removes repetitive Pins as spam, and does not allow accounts that act together to influence what people see: give each account its own picture and words, and let a person choose what it pins (checked 2026-11)",
    source: "https://policy.pinterest.com/en/community-guidelines",
  },
};

export const pinterest: Adapter<PinterestCredentials> = {
  platform: "pinterest",
  displayName: "Pinterest",
  mostEffectiveFor: "Guides, infographics and campaigns that people look for, and find, months later",
  capabilities,
  hosts: { api: "https://api.pinterest.com", web: "https://www.pinterest.com" },
  auth: {
    fields: [{ name: "accessToken", label: "Access token", secret: true, required: true }],
    // https://developers.pinterest.com/docs/api/v5/pins-create (checked 2026-11); the last one to know whose token it is
    scopes: ["boards:read", "boards:write", "pins:read", "pins:write", "user_accounts:read"],
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
  metrics,
  recent,
  // 1,000 calls a day and app while it is on trial.
  watch: {
    everyMs: 5 * minuteMs,
    source: "https://developers.pinterest.com/docs/reference/rate-limits/ (checked 2026-11)",
  },
  choices,
  readBudget,
};

async function identify(call: PinterestCall): Promise<Identity> {
  const { id, username, business_name: name } = await account(call);
  return { externalId: id, handle: username ?? id, name: name || username || id };
}

/** A Pin that is gone is as good as deleted. */
async function remove(externalId: string, call: PinterestCall): Promise<void> {
  try {
    await deletePin(call, externalId);
  } catch (error) {
    if (error instanceof PublishError && error.detail.status === 404) return;
    throw error;
  }
}
