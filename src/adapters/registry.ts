import type { Platform } from "../domain/platform.ts";
import type { Adapter } from "./contract/adapter.ts";
import { facebook } from "./facebook/index.ts";
import { instagram } from "./instagram/index.ts";
import { mastodon } from "./mastodon/index.ts";
import { x } from "./x/index.ts";

/** Every platform we can publish to. The only list of adapters. */
export const adapters = { x, facebook, instagram, mastodon } as const satisfies Record<
  Platform,
  Adapter<never>
>;
