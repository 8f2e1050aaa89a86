import type { Push } from "../contract/push.ts";

/**
 * Google's hub calls when a video is uploaded, and when its title or description changes.
 * https://developers.google.com/youtube/v3/guides/push_notifications (checked 2026-11)
 */
export const push: Push = {
  hub: (channelId, { hub, web }) =>
    hub === undefined
      ? undefined
      : {
          hub: new URL("/", hub).href,
          topic: `${web}/xml/feeds/videos.xml?channel_id=${encodeURIComponent(channelId)}`,
        },
};
