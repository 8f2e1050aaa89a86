/** Every platform there is; equals the adapter folders, the worker files and the compose services (a test counts). */
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
