import type { Adapter } from "../contract/adapter.ts";
import type { Capabilities } from "../contract/capabilities.ts";
import type { WordPressCredentials } from "./api.ts";
import { edit } from "./edit.ts";
import { identify } from "./identify.ts";
import { metrics } from "./metrics.ts";
import { prepare } from "./prepare.ts";
import { publish } from "./publish.ts";
import { recent } from "./recent.ts";
import { reconcile } from "./reconcile.ts";
import { remove } from "./remove.ts";
import { extraRules, maxCharacters, maxComment, maxName, maxTitle } from "./rules.ts";
import { choices } from "./terms.ts";

// WordPress limits little itself, its hosts do: what they refuse shows while the draft is prepared.
const capabilities: Capabilities = {
  text: { max: maxCharacters, required: false },
  link: "in_text",
  media: {
    required: false,
    max: 50, // WordPress names no number
    mixed: true,
    altTextMax: 5000, // nor here
    // Types: https://developer.wordpress.org/reference/functions/wp_get_mime_types/ (checked 2026-11)
    types: {
      image: { mimeTypes: ["image/jpeg", "image/png", "image/gif", "image/webp"], maxBytes: 32_000_000 },
      // PHP has 128 MB, and holds the whole file: https://www.php.net/manual/en/ini.core.php#ini.memory-limit (checked 2026-11)
      video: { mimeTypes: ["video/mp4", "video/webm", "video/quicktime"], maxBytes: 100_000_000 },
    },
  },
  thread: null,
  firstComment: { max: maxComment },
  options: [
    { name: "title", type: "string", required: true, maxLength: maxTitle },
    { name: "categories", type: "strings", required: false, choices: true },
    { name: "tags", type: "strings", required: false },
    { name: "slug", type: "string", required: false, maxLength: maxName },
    { name: "format", type: "string", required: false, values: ["blocks"] },
  ],
  recovery: { by: "handle" },
  settleMs: 30_000, // PHP's own limit to a request: https://www.php.net/manual/en/info.configuration.php#ini.max-execution-time (checked 2026-11)
  delete: true,
  edit: true,
  metrics: ["replies"],
  budgets: [],
  policy: {
    identicalContent: "allowed",
    note: "It is your own site. Search engines show one of several pages with the same words.",
    source:
      "https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls (checked 2026-11)",
  },
};

/** A site of one's own, by its REST API and an application password. */
export const wordpress: Adapter<WordPressCredentials> = {
  platform: "wordpress",
  displayName: "WordPress",
  mostEffectiveFor:
    "The full story on your own site: found by search, open to all, and the page others link to.",
  capabilities,
  hosts: { api: "https://wordpress.example", web: "https://wordpress.example" }, // an account is always at its own site
  auth: {
    server: { required: true, path: true, pages: "server" },
    fields: [
      { name: "username", label: "User name", secret: false, required: true },
      { name: "applicationPassword", label: "Application password", secret: true, required: true },
    ],
    // Roles: https://wordpress.org/documentation/article/roles-and-capabilities/ (checked 2026-11)
    scopes: ["publish_posts", "upload_files"],
    identify,
  },
  measure: (text) => [...text].length,
  extraRules,
  prepare,
  publish,
  reconcile,
  delete: remove,
  edit,
  metrics,
  recent,
  choices,
};
