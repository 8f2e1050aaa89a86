import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser } from "playwright-core";
import { adapters } from "../../src/adapters/registry.ts";
import type { Platform } from "../../src/domain/platform.ts";
import type { Variant } from "../../src/domain/post.ts";
import { anyFile, carried, plain, publishFully } from "../contract/check.ts";
import { type AnyAdapter, openWorld } from "../contract/world.ts";
import { describeInBrowser, openChromium, phone, watchedPage } from "../support/chromium.ts";
import { overflowing } from "../support/layout.ts";

// Jest cannot load the two registries at once: they share libraries.
const { practicePlatforms } = await import("../../src/practice/registry.ts");
const altText = "A white sail on a river";

interface Sample extends Partial<Pick<Variant, "text" | "link" | "media">> {
  readonly options: Variant["options"];
  /** What a reader must find on the timeline. */
  readonly reads: readonly string[];
}

/** What matters on each platform beside the words. */
const samples: Readonly<Partial<Record<Platform, Sample>>> = {
  x: { options: { replySettings: "mentionedUsers" }, reads: ["Replies from: mentioned users"] },
  threads: { options: { topic: "Rivers" }, reads: ["Topic: Rivers"] },
  linkedin: {
    options: { title: "Water for all", visibility: "CONNECTIONS" },
    link: "https://example.org/petition", // what has a title there is a link, which stands without pictures
    media: [],
    reads: ["Water for all", "example.org", "Visibility: connections"],
  },
  pinterest: {
    options: { board: "Clarion", title: "Water for all", link: "https://example.org/water" },
    reads: ["Water for all", "Board: Clarion", "example.org"],
  },
  tumblr: {
    options: { title: "Water for all", tags: ["our river"] },
    reads: ["Water for all", "#our river"],
  },
  reddit: {
    options: { subreddit: "Clarion", title: "Water for all", flair: "Announcement", nsfw: true },
    reads: ["r/Clarion", "u/", "Water for all", "Announcement", "NSFW", "0 comments"],
  },
  youtube: {
    options: { title: "Water for all", privacy: "unlisted", playlist: "Campaigns", tags: ["our river"] },
    reads: ["Water for all", "Visibility: unlisted", "Playlist: Campaigns", "#our river"],
  },
  mastodon: { options: { visibility: "unlisted" }, reads: ["Visibility: unlisted"] },
  wordpress: {
    options: { title: "Water <for> all", categories: ["News"], tags: ["our river"], format: "blocks" },
    text: "# Why\n\nWe **drink** it, <b>all</b> of us.",
    reads: ["Water <for> all", "Why", "We drink it, <b>all</b> of us.", "In News", "#our river"],
  },
};

describeInBrowser("a post on its platform's timeline", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(() => browser?.close());

  describe.each(practicePlatforms.map((practice) => [practice.platform, practice] as const))(
    "%s",
    (name, practice) => {
      it("shows what matters there, on a phone too, and asks nobody else", async () => {
        const adapter = adapters[name] as unknown as AnyAdapter;
        const world = await openWorld(adapter, practice);
        try {
          const { reads = [], options = {}, ...changes }: Partial<Sample> = samples[name] ?? {};
          const kind = adapter.capabilities.media.types.image?.beside ? "video" : "image";
          const media = await carried(world, [await anyFile(world, kind, altText)]);
          const usual = await plain(world, { media, ...changes });
          const variant = { ...usual, options: { ...usual.options, ...options } };
          await publishFully(world, world.actor(), variant);
          const { page, told, foreign } = await watchedPage(browser, [world.practice.url]);
          await page.setViewportSize(phone);
          for (const path of ["/", `/${name}`]) {
            await page.goto(`${world.practice.url}${path}`);
            const seen = await page.locator(".feed").innerText();
            for (const words of [...reads, ...(changes.text ? [] : [variant.text])])
              expect(seen).toContain(words);
            const takesAltText = variant.media.length > 0 && adapter.capabilities.media.altTextMax > 0;
            if (takesAltText) expect(seen).toContain(`ALT ${altText}`);
            expect(await overflowing(page)).toEqual([]);
          }
          expect([told, foreign]).toEqual([[], []]);
          await page.close();
        } finally {
          await world.close();
        }
      });
    },
  );
});
