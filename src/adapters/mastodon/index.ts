import type { Adapter } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { type MastodonCredentials, request, requestEntity, type Status } from "./api.ts";
import { readBudget } from "./budget.ts";
import { edit } from "./edit.ts";
import { identify } from "./identify.ts";
import { listen } from "./listen.ts";
import { oauth } from "./oauth.ts";
import { prepare, preparedLifeMs } from "./prepare.ts";
import { publish } from "./publish.ts";
import { recent } from "./recent.ts";
import { reconcile } from "./reconcile.ts";
import { extraRules, maxCharacters } from "./rules.ts";
import { scopes } from "./scopes.ts";
import { measure } from "./text.ts";

// Limits of an unchanged server: https://docs.joinmastodon.org/entities/Instance/#configuration (checked 2026-11)
export const mastodon: Adapter<MastodonCredentials> = {
  platform: "mastodon",
  displayName: "Mastodon",
  mostEffectiveFor: "Conversation with an engaged, ad-free public; reach grows through boosts and hashtags.",
  capabilities: {
    text: { max: maxCharacters, required: false },
    link: "in_text",
    media: {
      required: false,
      max: 4,
      mixed: false,
      altTextMax: 1500,
      types: {
        image: {
          mimeTypes: ["image/jpeg", "image/png", "image/gif", "image/webp"],
          maxBytes: 16_777_216,
        },
        video: {
          mimeTypes: ["video/mp4", "video/webm", "video/quicktime"],
          maxBytes: 103_809_024,
          max: 1,
        },
      },
    },
    thread: { maxParts: 100 },
    firstComment: { max: maxCharacters },
    options: [
      {
        name: "visibility",
        type: "string",
        required: false,
        values: ["public", "unlisted", "private", "direct"],
      },
      { name: "spoilerText", type: "string", required: false, maxLength: maxCharacters },
      { name: "language", type: "string", required: false, maxLength: 3 },
    ],
    // "Idempotency keys are stored for up to 1 hour": https://docs.joinmastodon.org/methods/statuses/#create (checked 2026-11)
    recovery: { by: "idempotency_key", ttlMs: 60 * 60_000 },
    settleMs: 10_000,
    delete: true,
    edit: true,
    metrics: ["likes", "reposts", "replies"],
    budgets: [
      {
        scope: "account",
        max: 300,
        windowMs: 3 * 60 * 60_000,
        source: "https://github.com/mastodon/mastodon/blob/main/app/lib/rate_limiter.rb (checked 2026-11)",
      },
      {
        scope: "account",
        max: 300,
        windowMs: 5 * 60_000,
        source: "https://docs.joinmastodon.org/api/rate-limits/ (checked 2026-11)",
      },
    ],
    policy: {
      identicalContent: "discouraged",
      note: "Every server has its own rules, and some limit automated or coordinated posts. Read the server's rules first.",
      source: "https://docs.joinmastodon.org/methods/instance/#rules (checked 2026-11)",
    },
  },
  hosts: { api: "https://mastodon.social", web: "https://mastodon.social" },
  auth: {
    server: { required: true, pages: "server" },
    fields: [{ name: "accessToken", label: "Access token", secret: true, required: true }],
    scopes,
    oauth,
    identify,
  },
  measure,
  extraRules,
  prepare,
  preparedLifeMs,
  publish,
  reconcile,
  async delete(externalId, call) {
    try {
      await request(call, `/v1/statuses/${encodeURIComponent(externalId)}`, { method: "DELETE" });
    } catch (error) {
      if (!(error instanceof PublishError && error.detail.code === "not_found")) throw error;
    }
  },
  edit,
  async metrics(externalId, call) {
    const status = await requestEntity<Status>(call, `/v1/statuses/${encodeURIComponent(externalId)}`);
    return {
      likes: status.favourites_count,
      reposts: status.reblogs_count,
      replies: status.replies_count,
    };
  },
  recent,
  listen,
  readBudget,
};
