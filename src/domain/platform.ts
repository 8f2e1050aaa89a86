/**
 * The registry: every platform there is, by the name of its folder in `src/adapters`. It equals the folders, the worker
 * files and the compose services (a test counts).
 */
export const platforms = [
  "x",
  "facebook",
  "instagram",
  "threads",
  "linkedin",
  "pinterest",
  "tumblr",
  "reddit",
  "youtube",
  "mastodon",
  "bluesky",
  "wordpress",
] as const;

export type Platform = (typeof platforms)[number];
