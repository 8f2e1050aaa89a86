import type { Platform } from "../domain/platform.ts";
import { bluesky } from "./bluesky/index.ts";
import type { Adapter } from "./contract/adapter.ts";
import { facebook } from "./facebook/index.ts";
import { instagram } from "./instagram/index.ts";
import { linkedin } from "./linkedin/index.ts";
import { mastodon } from "./mastodon/index.ts";
import { pinterest } from "./pinterest/index.ts";
import { reddit } from "./reddit/index.ts";
import { threads } from "./threads/index.ts";
import { tumblr } from "./tumblr/index.ts";
import { wordpress } from "./wordpress/index.ts";
import { x } from "./x/index.ts";
import { youtube } from "./youtube/index.ts";

/** Every platform we can publish to. The only list of adapters. */
export const adapters = {
  x,
  facebook,
  instagram,
  threads,
  linkedin,
  pinterest,
  tumblr,
  reddit,
  youtube,
  mastodon,
  bluesky,
  wordpress,
} as const satisfies Record<Platform, Adapter<never>>;
