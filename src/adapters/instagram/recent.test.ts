import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import type { Actor } from "../../../test/contract/world.ts";
import { type GraphWorld, graphOnPractice, variant } from "../../../test/support/graph-on-practice.ts";
import { instagram } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let us: Actor;

beforeAll(async () => {
  on = await graphOnPractice(instagram, practice);
});
afterAll(() => on.world.close());
beforeEach(() => {
  us = on.world.actor();
  on.instead.length = 0;
});

const recent = (since: Date) => on.world.adapter.recent?.(since, us.call());

describe("what the account posted on Instagram", () => {
  it("is pictures, reels and carousels, with their parts in order", async () => {
    const [photo, reel] = [await anyFile(on.world, "image", "A well"), await anyFile(on.world, "video")];
    const since = on.world.clock.now();
    for (const media of [[photo], [reel], [reel, photo]])
      await publishFully(on.world, us, variant({ media }));
    expect(await recent(since)).toMatchObject([
      { media: [{ kind: "video" }, { kind: "image", altText: "A well" }] },
      { media: [{ kind: "video", altText: "" }] },
      { media: [{ kind: "image", altText: "A well" }], text: "Clean water is a right.", link: null },
    ]);
  });

  it("has no words where Instagram shows none, and no address of a file where a claim lies on it", async () => {
    const data = [
      { id: "1", timestamp: "2026-11-20T10:00:01+0000", media_type: "VIDEO" },
      { id: "2", timestamp: "2026-11-20T09:59:59+0000", media_type: "IMAGE" },
    ];
    on.instead.push({ method: "GET", path: "/media", reply: { status: 200, body: { data } } });
    const handle = us.identity.handle;
    expect(await recent(new Date("2026-11-20T10:00:00Z"))).toMatchObject([
      {
        externalId: "1",
        text: "",
        media: [{ url: null, kind: "video" }],
        externalUrl: expect.stringContaining(`/${handle}/`),
      },
    ]);
  });

  it("is no younger for the fractions of a second that Instagram does not name", async () => {
    const data = [{ id: "1", timestamp: "2026-11-20T10:00:00+0000", media_type: "IMAGE" }];
    on.instead.push({ method: "GET", path: "/media", reply: { status: 200, body: { data } } });
    expect(await recent(new Date("2026-11-20T10:00:00.900Z"))).toHaveLength(1);
    expect(await recent(new Date("2026-11-20T10:00:01Z"))).toEqual([]);
  });
});
