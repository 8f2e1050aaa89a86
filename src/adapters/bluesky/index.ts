import type { Adapter, Call } from "../contract/adapter.ts";
import { deleteRecord, placeOf } from "./api.ts";
import { pointsPerPost, readBudget } from "./budget.ts";
import { identify } from "./identify.ts";
import { listen } from "./listen.ts";
import { metrics } from "./metrics.ts";
import { oauth } from "./oauth.ts";
import { scopes } from "./oauth-app.ts";
import { prepare, preparedLifeMs } from "./prepare.ts";
import { publish } from "./publish.ts";
import { recent } from "./recent.ts";
import { reconcile } from "./reconcile.ts";
import { extraRules, maxGraphemes } from "./rules.ts";
import type { BlueskyCredentials } from "./session.ts";
import { measure } from "./text.ts";

const megabyte = 1_000_000;
const minuteMs = 60_000;
const rateLimits = "https://docs.bsky.app/docs/advanced-guides/rate-limits (checked 2026-11)";

export const bluesky: Adapter<BlueskyCredentials> = {
  platform: "bluesky",
  displayName: "Bluesky",
  mostEffectiveFor: "Reaching journalists, researchers and activists in feeds that people choose themselves",
  capabilities: {
    // https://docs.bsky.app/docs/advanced-guides/posts (checked 2026-11)
    text: { max: maxGraphemes, required: false },
    link: "in_text",
    media: {
      required: false,
      max: 4,
      mixed: false,
      // As Bluesky's own app has it: https://github.com/bluesky-social/social-app/blob/main/src/lib/constants.ts (checked 2026-11)
      altTextMax: 2000,
      types: {
        // Newest servers take 2 MB, all take 1 MB; a GIF would lose its movement.
        // https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/images.json (checked 2026-11)
        image: { mimeTypes: ["image/jpeg", "image/png", "image/webp"], maxBytes: megabyte },
        // Newest servers take 300 MB, all take 100 MB; for how long it may last see the app's constants above.
        // https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/video.json (checked 2026-11)
        video: { mimeTypes: ["video/mp4"], maxBytes: 100 * megabyte, max: 1, maxDurationMs: 10 * minuteMs },
      },
    },
    // No limit is documented.
    thread: { maxParts: 100 },
    firstComment: { max: maxGraphemes },
    options: [{ name: "languages", type: "strings", required: false }],
    recovery: { by: "client_id" },
    settleMs: 10_000,
    delete: true,
    edit: false,
    metrics: ["likes", "reposts", "replies", "saves"],
    budgets: [
      {
        scope: "account",
        max: Math.floor(5000 / pointsPerPost),
        windowMs: 60 * minuteMs,
        source: rateLimits,
      },
      {
        scope: "account",
        max: Math.floor(35_000 / pointsPerPost),
        windowMs: 24 * 60 * minuteMs,
        source: rateLimits,
      },
      // Requests of one address: a text is one, once its account has signed in.
      { scope: "app", max: 3000, windowMs: 5 * minuteMs, source: rateLimits },
    ],
    policy: {
      identicalContent: "discouraged",
      note: "Bluesky forbids spam and inauthentic campaigns, and wants bulk posting opted into by each account. Let people use their own words, and mention nobody in posts that many accounts send.",
      source: "https://bsky.social/about/support/community-guidelines (checked 2026-11)",
    },
  },
  hosts: {
    api: "https://bsky.social",
    web: "https://bsky.app",
    upload: "https://video.bsky.app",
    directory: "https://plc.directory",
    // One of the public ones: https://github.com/bluesky-social/jetstream-legacy#public-instances (checked 2026-11)
    stream: "https://jetstream2.us-east.bsky.network",
  },
  auth: {
    server: { required: false, pages: "platform", movable: true },
    fields: [
      { name: "identifier", label: "Handle", secret: false, required: true },
      { name: "password", label: "App password", secret: true, required: true },
    ],
    // Of a login; an app password has none of its own: https://atproto.com/specs/xrpc#app-passwords (checked 2026-11)
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
  delete: remove,
  metrics,
  recent,
  listen,
  readBudget,
};

async function remove(externalId: string, call: Call<BlueskyCredentials>): Promise<void> {
  await deleteRecord(call, placeOf(externalId));
}
