import type { Adapter, Call, Identity } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { deletePost, me, type XCredentials } from "./api.ts";
import { metrics } from "./metrics.ts";
import { oauth } from "./oauth.ts";
import { prepare, preparedLifeMs } from "./prepare.ts";
import { publish } from "./publish.ts";
import { readBudget } from "./rate-limit.ts";
import { recent } from "./recent.ts";
import { reconcile } from "./reconcile.ts";
import { scopes } from "./scopes.ts";
import { extraRules, measure } from "./text.ts";
import { maxSegments, segmentBytes } from "./upload.ts";

const megabyte = 1024 * 1024;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

export const x: Adapter<XCredentials> = {
  platform: "x",
  displayName: "X",
  mostEffectiveFor: "Reaching journalists, officials and people abroad while something is happening",
  capabilities: {
    // https://docs.x.com/fundamentals/counting-characters (checked 2026-11)
    text: { max: 280, required: false },
    link: "in_text",
    // https://docs.x.com/x-api/media/quickstart/best-practices (checked 2026-11)
    media: {
      required: false,
      max: 4,
      mixed: false,
      // https://docs.x.com/x-api/media/create-media-metadata (checked 2026-11)
      altTextMax: 1000,
      types: {
        // X takes GIFs to 15 MB; there is one size for all images, and most of them are photographs.
        image: {
          mimeTypes: ["image/jpeg", "image/png", "image/webp", "image/gif"],
          maxBytes: 5 * megabyte,
        },
        // 8 GB by the documentation, less by the number of segments it allows.
        video: {
          mimeTypes: ["video/mp4", "video/quicktime"],
          maxBytes: maxSegments * segmentBytes,
          max: 1,
          minDurationMs: 500,
          maxDurationMs: 20 * minuteMs,
          minAspect: 1 / 3,
          maxAspect: 3,
          minWidth: 32,
        },
      },
    },
    // As in X's own composer: 25 posts. https://help.x.com/en/using-x/create-a-thread (checked 2026-11)
    thread: { maxParts: 24 },
    firstComment: { max: 280 },
    // https://docs.x.com/x-api/posts/create-post (checked 2026-11); absent: everyone may answer
    options: [
      {
        name: "replySettings",
        type: "string",
        required: false,
        values: ["following", "mentionedUsers", "subscribers", "verified"],
      },
    ],
    recovery: { by: "search", windowMs: dayMs },
    settleMs: 120_000,
    delete: true,
    edit: false,
    metrics: ["views", "likes", "reposts", "replies", "saves"],
    // checked 2026-11
    budgets: [
      {
        scope: "account",
        max: 100,
        windowMs: 15 * minuteMs,
        source: "https://docs.x.com/x-api/fundamentals/rate-limits",
      },
      {
        scope: "app",
        max: 10_000,
        windowMs: dayMs,
        source: "https://docs.x.com/x-api/fundamentals/rate-limits",
      },
    ],
    policy: {
      identicalContent: "forbidden",
      note: "X does not allow an app to post identical or nearly identical content on several accounts: give each account its own words (checked 2026-11)",
      source: "https://docs.x.com/developer-guidelines",
    },
  },
  hosts: { api: "https://api.x.com", web: "https://x.com" },
  auth: {
    fields: [{ name: "accessToken", label: "Access token", secret: true, required: true }],
    // https://docs.x.com/fundamentals/authentication/guides/v2-authentication-mapping (checked 2026-11)
    scopes,
    oauth,
    identify,
  },
  measure,
  extraRules,
  prepare,
  preparesInSteps: true,
  preparedLifeMs,
  publish,
  reconcile,
  delete: remove,
  metrics,
  recent,
  // Every post that is read is paid for, each time.
  watch: {
    everyMs: 5 * minuteMs,
    againMs: minuteMs,
    source: "https://docs.x.com/x-api/getting-started/pricing (checked 2026-11)",
  },
  readBudget,
};

async function identify(call: Call<XCredentials>): Promise<Identity> {
  const { id, username, name } = await me(call);
  return { externalId: id, handle: username, name };
}

async function remove(externalId: string, call: Call<XCredentials>): Promise<void> {
  try {
    await deletePost(call, externalId);
  } catch (error) {
    if (error instanceof PublishError && isGone(error)) return;
    throw error;
  }
}

function isGone({ detail }: PublishError): boolean {
  return detail.status === 404 || detail.code === "resource-not-found";
}
