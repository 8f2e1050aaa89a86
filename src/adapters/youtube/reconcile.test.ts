import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type OnYouTube, variant, youtubeOnPractice } from "../../../test/support/youtube-on-practice.ts";
import { reconcile } from "./reconcile.ts";

let on: OnYouTube;
const videoId = "dQw4w9WgXcQ";
const minuteMs = 60_000;

beforeAll(async () => {
  on = await youtubeOnPractice();
});
afterAll(() => on.world.close());

function asking(body: unknown, { privacy = "public", ageMs = 0, status = 200 } = {}) {
  const channel = on.channel(undefined, () => Response.json(body, { status }));
  const content = variant([], { options: { title: "Water", privacy } });
  const prepared = { values: { videoId }, expiresAt: "9999-12-31T23:59:59.999Z" };
  const sentAt = new Date(on.world.clock.now().getTime() - ageMs);
  return reconcile(channel.actor.question(content, { prepared, sentAt }), channel.call());
}
const video = (status: object) => ({ items: [{ id: videoId, status }] });

describe("what became of a video", () => {
  const found = { state: "published", externalId: videoId };
  it.each([
    ["public, as it should be", "public", { uploadStatus: "processed", privacyStatus: "public" }, found],
    [
      "unlisted, as it should be",
      "unlisted",
      { uploadStatus: "processed", privacyStatus: "unlisted" },
      found,
    ],
    ["private, as it should be", "private", { uploadStatus: "processed", privacyStatus: "private" }, found],
    ["still private", "public", { uploadStatus: "processed", privacyStatus: "private" }, { state: "absent" }],
    [
      "private and at work",
      "public",
      { uploadStatus: "uploaded", privacyStatus: "private" },
      { state: "absent" },
    ],
    ["with no word of it", "public", { uploadStatus: "processed" }, { state: "unknown" }],
  ])("%s", async (_what, privacy, status, expected) => {
    expect(await asking(video(status), { privacy })).toMatchObject(expected);
  });

  it("is not there any more", async () => {
    expect(await asking({ items: [] })).toEqual({ state: "absent" });
    expect(await asking({ kind: "youtube#videoListResponse" })).toEqual({ state: "absent" });
  });

  it("is asked again while YouTube works on it, for half an hour", async () => {
    const working = video({ uploadStatus: "uploaded", privacyStatus: "public" });
    const pending = { state: "pending", handle: videoId, checkAfterMs: minuteMs };
    expect(await asking(working)).toEqual(pending);
    expect(await asking(working, { ageMs: 29 * minuteMs })).toEqual(pending);
    expect(await asking(working, { ageMs: 31 * minuteMs })).toMatchObject(found);
  });

  it("is not guessed without a handle", async () => {
    const { actor, call, requests } = on.channel();
    expect(await reconcile(actor.question(variant([])), call())).toEqual({ state: "unknown" });
    expect(requests).toEqual([]);
  });

  it.each([
    ["no list", { items: "none" }, 200],
    ["a null", null, 200],
    ["an error", {}, 503],
  ])("is not known from %s", async (_what, body, status) => {
    await expect(asking(body, { status })).rejects.toMatchObject({ kind: "unavailable" });
  });
});

describe("YouTube turned it down after all, in words", () => {
  it.each([
    ["failed", "conversion", /MP4/],
    ["failed", "codec", /MP4/],
    ["failed", "invalidFile", /MP4/],
    ["failed", "emptyFile", /empty/],
    ["failed", "tooSmall", /too small/],
    ["failed", "uploadAborted", /broken off/],
    ["failed", "somethingNew", /MP4/],
    ["rejected", "duplicate", /copy/],
    ["rejected", "copyright", /copyright/],
    ["rejected", "claim", /claims/],
    ["rejected", "trademark", /trademark/],
    ["rejected", "legal", /legal/],
    ["rejected", "inappropriate", /Community Guidelines/],
    ["rejected", "termsOfUse", /terms/],
    ["rejected", "length", /too long/],
    ["rejected", "uploaderAccountSuspended", /suspended/],
    ["rejected", "uploaderAccountClosed", /closed/],
    ["rejected", "somethingNew", /YouTube Studio/],
    ["deleted", "", /deleted/],
  ])("%s %s", async (uploadStatus, reason, words) => {
    const name = uploadStatus === "failed" ? "failureReason" : "rejectionReason";
    const answer = await asking(video({ uploadStatus, [name]: reason, privacyStatus: "public" }));
    expect(answer).toMatchObject({ state: "refused", code: "media_refused" });
    expect("message" in answer && answer.message).toMatch(words);
  });
});
