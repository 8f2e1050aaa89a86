import { practice as facebook } from "../adapters/facebook/practice.ts";
import { practice as instagram } from "../adapters/instagram/practice.ts";
import { practice as mastodon } from "../adapters/mastodon/practice.ts";
import { practice as x } from "../adapters/x/practice.ts";
import type { Platform } from "../domain/platform.ts";
import type { PracticePlatform } from "./kit.ts";

const all = { x, facebook, instagram, mastodon } as const satisfies Record<Platform, PracticePlatform>;

/** Every pretend platform, in the order the timelines stand. */
export const practicePlatforms: readonly PracticePlatform[] = Object.values(all);
