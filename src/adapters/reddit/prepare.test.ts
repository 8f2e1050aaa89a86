import { afterAll, beforeAll, describe, expect, it, test } from "@jest/globals";
import { fetch as undiciFetch } from "undici";
import { type Actor, prepared, type World } from "../../../test/contract/world.ts";
import { redditOnPractice, variant } from "../../../test/support/reddit-on-practice.ts";
import type { Media } from "../../domain/post.ts";
import type { Fetch } from "../contract/adapter.ts";
import { reddit } from "./index.ts";
import { prepare, readyFor } from "./prepare.ts";

let world: World;
beforeAll(async () => {
  world = await redditOnPractice();
});
afterAll(() => world.close());

const file = async (mimeType: string): Promise<Media> => {
  const kind = mimeType.startsWith("video/") ? "video" : "image";
  return (await world.shelf.make(
    kind,
    mimeType,
    reddit.capabilities.media.types[kind] as never,
    "",
  )) as Media;
};

/** A call whose requests are written down by method and path, and broken when `breaks` says so. */
function recorded(actor: Actor, breaks: (request: string, count: number) => boolean = () => false) {
  const requests: string[] = [];
  const fetching: Fetch = async (url, init) => {
    const request = `${init.method ?? "GET"} ${new URL(url).pathname.replace("/reddit", "")}`;
    requests.push(request);
    const count = requests.filter((one) => one === request).length;
    if (breaks(request, count)) throw new TypeError("fetch failed");
    return (await undiciFetch(url, init as never)) as unknown as Response;
  };
  return { call: actor.call({ fetch: fetching }), requests };
}

const images = "POST /storage/reddit-uploaded-media";

describe("a flair", () => {
  test.each(["question & answer", " Question & answer ", "8f1c2d3e-0000-4000-8000-000000000002"])(
    "%j is found by its words or its id",
    async (flair) => {
      const ready = await prepare(variant({}, { flair }), world.actor().call());
      expect(ready.values.flairId).toBe("8f1c2d3e-0000-4000-8000-000000000002");
    },
  );

  it("is never left out: without it nothing is sent", () => {
    const content = variant({}, { flair: "Announcement" });
    const ready = { values: { subreddit: "Clarion" }, expiresAt: "9999-12-31T00:00:00.000Z" };
    expect(() => readyFor(content, ready)).toThrow("not on Reddit yet");
  });
});

describe("files", () => {
  it("a broken upload costs that file only", async () => {
    const media = await Promise.all([file("image/png"), file("image/jpeg"), file("image/gif")]);
    const actor = world.actor();
    const content = variant({ media });
    const breaking = recorded(actor, (request, count) => request === images && count === 1);
    await expect(prepare(content, breaking.call)).rejects.toMatchObject({ kind: "unavailable" });
    const slow = recorded(actor);
    const fetching: Fetch = async (url, init) => {
      if (url.includes("/storage/")) world.clock.advance(6000); // a slow line: two files in ten seconds
      return slow.call.fetch(url, init);
    };
    const first = await prepare(content, { ...slow.call, fetch: fetching });
    expect([first.pollAfterMs, first.values.assetIds?.split(" ").length]).toEqual([1, 2]);
    const rest = await prepare(content, { ...slow.call, soFar: first });
    expect(rest.pollAfterMs).toBeUndefined();
    expect(slow.requests.filter((request) => request === images)).toHaveLength(3);
    expect(slow.requests.filter((request) => request.endsWith("/about"))).toHaveLength(1);
    expect(readyFor(content, rest).assetIds).toHaveLength(3);
  });

  it("a video comes with a picture to stand for it", async () => {
    const content = variant({ media: [await file("video/mp4")] });
    const { call, requests } = recorded(world.actor());
    const ready = readyFor(content, await prepared(world, content, call));
    expect(requests.filter((request) => request.startsWith("POST /storage/"))).toEqual([
      "POST /storage/reddit-uploaded-video",
      images,
    ]);
    expect(ready.posterUrl).toMatch(/\/storage\/reddit-uploaded-media\/\w+$/);
  });

  it("without them nothing is sent", async () => {
    const content = variant({ media: [await file("image/png")] });
    const text = await prepare(variant(), world.actor().call());
    expect(() => readyFor(content, text)).toThrow("not on Reddit yet");
    expect(() => readyFor(content, undefined)).toThrow("not on Reddit yet");
  });
});
