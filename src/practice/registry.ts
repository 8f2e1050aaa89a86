import { practice as bluesky } from "../adapters/bluesky/practice.ts";
import { practice as facebook } from "../adapters/facebook/practice.ts";
import { practice as instagram } from "../adapters/instagram/practice.ts";
import { practice as linkedin } from "../adapters/linkedin/practice.ts";
import { practice as mastodon } from "../adapters/mastodon/practice.ts";
import { practice as pinterest } from "../adapters/pinterest/practice.ts";
import { practice as reddit } from "../adapters/reddit/practice.ts";
import { practice as threads } from "../adapters/threads/practice.ts";
import { practice as tumblr } from "../adapters/tumblr/practice.ts";
import { practice as wordpress } from "../adapters/wordpress/practice.ts";
import { practice as x } from "../adapters/x/practice.ts";
import { practice as youtube } from "../adapters/youtube/practice.ts";
import type { Platform } from "../domain/platform.ts";
import type { PracticePlatform } from "./kit.ts";

const all = {
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
} as const satisfies Record<Platform, PracticePlatform>;

/** Every pretend platform, in the order the timelines stand. */
export const practicePlatforms: readonly PracticePlatform[] = Object.values(all);
