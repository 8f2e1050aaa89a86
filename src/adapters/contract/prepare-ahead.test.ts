import { describe, expect, it } from "@jest/globals";
import type { Platform } from "../../domain/platform.ts";
import type { MediaKind } from "../../domain/post.ts";
import { adapters } from "../registry.ts";
import { longestAheadMs, prepareAheadMs } from "./prepare-ahead.ts";

const minuteMs = 60_000;
const mbit = 125_000; // bytes that a line of 1 Mbit/s carries in a second

const file = (bytes: number, kind: MediaKind = "video") => ({ kind, bytes }) as never;
const ahead = (platform: Platform, ...media: never[]) => prepareAheadMs(adapters[platform], { media });

describe("what is uploaded beforehand is begun", () => {
  it("five minutes before the moment where its files are small", () => {
    expect(ahead("mastodon", file(1000, "image"))).toBe(5 * minuteMs + 16);
  });

  it.each<Platform>(["mastodon", "x", "facebook", "youtube", "linkedin", "instagram"])(
    "earlier by twice the time that its files take on the slowest line: %s",
    (platform) => {
      expect(ahead(platform, file(600 * mbit), file(60 * mbit, "image"))).toBe((5 + 22) * minuteMs);
    },
  );

  it("no earlier than that the platform still has it at the moment, and ten minutes after", () => {
    expect(ahead("reddit", file(1000 * 1024 * 1024))).toBe(50 * minuteMs);
    expect(ahead("bluesky", file(100 * 1024 * 1024))).toBeLessThan(40 * minuteMs);
    expect(longestAheadMs(adapters.bluesky)).toBe(40 * minuteMs);
  });

  it("a week before at most where it is kept for ever", () => {
    expect(ahead("youtube", file(256 * 1024 ** 3))).toBe(7 * 24 * 60 * minuteMs);
  });

  it("without regard to files that travel with the post", () => {
    expect(ahead("pinterest", file(60 * mbit, "image"))).toBe(5 * minuteMs);
    expect(ahead("pinterest", file(60 * mbit, "image"), file(60 * mbit))).toBe(7 * minuteMs);
  });
});

describe("nothing is made before the moment", () => {
  it("of a text that needs no upload", () => {
    expect(ahead("x")).toBeNull();
  });

  it("on a platform that takes its files with the post", () => {
    expect(ahead("tumblr", file(60 * mbit, "image"))).toBeNull();
    expect(longestAheadMs(adapters.tumblr)).toBeNull();
  });

  it("but where the post itself is made then, and only shown at the moment", () => {
    expect(ahead("facebook")).toBe(5 * minuteMs);
  });
});
