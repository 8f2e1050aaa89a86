import type { Adapter } from "../contract/adapter.ts";
import type { Capabilities } from "../contract/capabilities.ts";
import type { YouTubeCredentials } from "./api.ts";
import { deletePost } from "./delete-post.ts";
import { edit } from "./edit.ts";
import { identify } from "./identify.ts";
import { metrics } from "./metrics.ts";
import { oauth } from "./oauth.ts";
import { choices } from "./playlists.ts";
import { prepare } from "./prepare.ts";
import { publish } from "./publish.ts";
import { push } from "./push.ts";
import { quotaZone } from "./quota-day.ts";
import { recent } from "./recent.ts";
import { reconcile } from "./reconcile.ts";
import { extraRules, measure } from "./rules.ts";

const mebibyte = 1024 * 1024;
const hourMs = 60 * 60_000;

const minuteMs = 60_000;

const capabilities: Capabilities = {
  // The description, in bytes. https://developers.google.com/youtube/v3/docs/videos#properties (checked 2026-11)
  text: { max: 5000, required: false },
  link: "in_text",
  media: {
    required: true,
    max: 2,
    mixed: true,
    altTextMax: 0,
    types: {
      // https://developers.google.com/youtube/v3/docs/videos/insert (checked 2026-11)
      video: {
        mimeTypes: ["video/mp4", "video/quicktime", "video/webm"],
        maxBytes: 262_144 * mebibyte,
        max: 1,
        maxDurationMs: 12 * hourMs, // https://support.google.com/youtube/answer/71673 (checked 2026-11)
      },
      // The video's cover. https://developers.google.com/youtube/v3/docs/thumbnails/set (checked 2026-11)
      image: { mimeTypes: ["image/jpeg", "image/png"], maxBytes: 50 * mebibyte, max: 1, beside: "video" },
    },
  },
  thread: null,
  // On no page of Google's; what its web page takes, counted in bytes to be on the safe side (checked 2026-11)
  firstComment: { max: 10_000 },
  // https://developers.google.com/youtube/v3/docs/videos#properties (checked 2026-11)
  options: [
    { name: "title", type: "string", required: true, maxLength: 100 },
    { name: "privacy", type: "string", required: false, values: ["public", "unlisted", "private"] },
    { name: "playlist", type: "string", required: false, choices: true },
    { name: "tags", type: "strings", required: false },
    { name: "madeForKids", type: "boolean", required: false },
  ],
  recovery: { by: "handle" },
  settleMs: 60_000,
  delete: true,
  edit: true,
  metrics: ["views", "likes", "replies"],
  budgets: [
    {
      scope: "app",
      max: 100,
      windowMs: 24 * hourMs,
      dayIn: quotaZone,
      source: "https://developers.google.com/youtube/v3/determine_quota_cost (checked 2026-11)",
    },
  ],
  policy: {
    identicalContent: "forbidden",
    note: "YouTube counts the same content posted again and again, on one channel or several, as spam: let one channel show the video, and others link to it or put it into a playlist (checked 2026-11)",
    source: "https://support.google.com/youtube/answer/2801973",
  },
};

/** Videos on a channel. Google's API has no way to post texts or pictures. */
export const youtube: Adapter<YouTubeCredentials> = {
  platform: "youtube",
  displayName: "YouTube",
  mostEffectiveFor: "Videos that people find for years: testimonies, explanations, recordings of events",
  capabilities,
  hosts: {
    api: "https://youtube.googleapis.com",
    upload: "https://www.googleapis.com",
    web: "https://www.youtube.com",
    signIn: "https://accounts.google.com",
    token: "https://oauth2.googleapis.com",
    hub: "https://pubsubhubbub.appspot.com",
  },
  auth: {
    fields: [{ name: "accessToken", label: "Access token", secret: true, required: true }],
    // The one that also allows comments: https://developers.google.com/youtube/v3/docs/commentThreads/insert (checked 2026-11)
    scopes: ["https://www.googleapis.com/auth/youtube.force-ssl"],
    oauth,
    identify,
  },
  measure,
  extraRules,
  prepare,
  preparesInSteps: true,
  publish,
  reconcile,
  delete: deletePost,
  edit,
  metrics,
  recent,
  // Of 10,000 units a day that all accounts of an app share, a reading takes three.
  watch: {
    everyMs: 10 * minuteMs,
    source: "https://developers.google.com/youtube/v3/determine_quota_cost (checked 2026-11)",
  },
  choices,
  push,
};
