import { afterAll, afterEach, beforeAll, describe, expect, it, test } from "@jest/globals";
import { publishFully } from "../../../test/contract/check.ts";
import {
  picture,
  pinterestOnPractice,
  pinterestSaying,
  variant,
  type World,
} from "../../../test/support/pinterest-on-practice.ts";
import { pinterest } from "./index.ts";
import { madeAt, metrics, recent } from "./pins.ts";

let world: World;
let server: Awaited<ReturnType<typeof pinterestSaying>> | undefined;
beforeAll(async () => {
  world = await pinterestOnPractice();
});
afterEach(() => server?.close());
afterAll(() => world.close());

const since = new Date("2026-11-20T00:00:00Z");
const images = (name: string) => ({
  "150x150": { url: `https://i.example/${name}-150.jpg`, width: 150, height: 150 },
  "1200x": { url: `https://i.example/${name}-1200.jpg`, width: 1200, height: 900 },
});

async function listed(...pins: readonly object[]) {
  server = await pinterestSaying(() => ({ body: { items: pins, bookmark: "more" } }));
  return recent(since, server.call());
}

describe("what the account posted itself", () => {
  it("comes from Pinterest as it was published", async () => {
    const actor = world.actor();
    const before = new Date(world.clock.now().getTime() - 1000);
    const link = "https://example.org/petition";
    const media = [await picture(world, "A well")];
    const options = { board: "Clarion", title: "Water for all" };
    const { externalId, externalUrl } = await publishFully(world, actor, variant({ link, media, options }));
    world.clock.advance(60_000);
    await publishFully(world, actor, variant({ text: "Later", media }));
    const [later, first, ...others] = (await pinterest.recent?.(before, actor.call())) ?? [];
    expect(others).toEqual([]);
    expect(later?.text).toBe("Later");
    expect(first).toMatchObject({
      externalId,
      externalUrl,
      text: "Water for all\nClean water is a right.",
      link,
      media: [{ kind: "image", altText: "A well" }],
      language: null,
      isReply: false,
      isRepost: false,
    });
    expect((await fetch(first?.media[0]?.url ?? "")).status).toBe(200);
    expect(
      await pinterest.recent?.(new Date(world.clock.now().getTime() - 30_000), actor.call()),
    ).toHaveLength(1);
  });

  it("is newest first, not before the date, and at most a hundred", async () => {
    const day = (id: number, hour: number) => ({
      id: String(id),
      created_at: `2026-11-20T${hour < 10 ? "0" : ""}${hour}:00:00`,
    });
    const found = await listed(
      day(1, 3),
      day(2, 5),
      { id: "3", created_at: "2026-11-19T23:59:59" },
      day(4, 4),
      { id: "5" },
    );
    expect(found.map(({ externalId }) => externalId)).toEqual(["2", "4", "1"]);
    server?.close();
    const many = Array.from({ length: 250 }, (_, index) => day(index, 7));
    expect(await listed(...many)).toHaveLength(100);
  });

  it("shows pictures at their largest, the alt text at the first, and a video without an address where Pinterest keeps it", async () => {
    const pin = { id: "1", created_at: "2026-11-20T10:00:00", alt_text: "A well", description: "Hi" };
    const carousel = {
      media_type: "multiple_images",
      items: [{ images: images("a") }, { images: images("b") }],
    };
    const shut = { media_type: "video", video_url: null, images: images("cover") };
    const open = { media_type: "video", video_url: "https://v.example/1.mp4" };
    const found = await listed(
      { ...pin, media: carousel },
      { ...pin, media: shut },
      { ...pin, media: open },
      { ...pin, media: null, parent_pin_id: "9" },
    );
    expect(found.map(({ media }) => media)).toEqual([
      [
        { url: "https://i.example/a-1200.jpg", kind: "image", altText: "A well" },
        { url: "https://i.example/b-1200.jpg", kind: "image", altText: "" },
      ],
      [{ url: null, kind: "video", altText: "A well" }],
      [{ url: "https://v.example/1.mp4", kind: "video", altText: "A well" }],
      [],
    ]);
    expect(found.map(({ isRepost }) => isRepost)).toEqual([false, false, false, true]);
  });
});

describe("when a Pin was made", () => {
  test.each([
    ["2022-10-13T01:40:29", "2022-10-13T01:40:29.000Z"],
    ["2022-10-13T01:40:29Z", "2022-10-13T01:40:29.000Z"],
    ["2022-10-13T01:40:29+02:00", "2022-10-12T23:40:29.000Z"],
  ])("%s is %s, wherever this runs", (created_at, expected) => {
    expect(madeAt({ id: "1", created_at }).toISOString()).toBe(expected);
  });
});

describe("the numbers of a Pin", () => {
  const of = async (pin_metrics: object | null) => {
    server = await pinterestSaying(() => ({ body: { id: "1", pin_metrics } }));
    return metrics("1", server.call());
  };

  it("are those of its whole life, by our names", async () => {
    const lifetime_metrics = {
      impression: 9,
      reaction: 5,
      comment: 4,
      outbound_click: 3,
      pin_click: 8,
      save: 2,
    };
    expect(await of({ lifetime_metrics, "90d": { impression: 1 } })).toEqual({
      views: 9,
      likes: 5,
      replies: 4,
      clicks: 3,
      saves: 2,
    });
    expect(server?.asked[0]?.path).toBe("/v5/pins/1?pin_metrics=true");
  });

  it("are as many as Pinterest gives, and none made up", async () => {
    expect(await of({ "90d": { impression: 2, clickthrough: 3 } })).toEqual({ views: 2, clicks: 3 });
    server?.close();
    expect(await of(null)).toEqual({});
  });
});
