import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { anyFile, attempt, plain, publishFully } from "../../../test/contract/check.ts";
import { type Actor, openWorld, type World } from "../../../test/contract/world.ts";
import type { Variant } from "../../domain/post.ts";
import { mastodon } from "./index.ts";
import { practice } from "./practice.ts";

let world: World;
let us: Actor;
let since: Date;

beforeAll(async () => {
  world = await openWorld(mastodon, practice);
});
afterAll(() => world.close());
beforeEach(() => {
  us = world.actor();
  since = world.clock.now();
});

let count = 0;
async function post(part: Partial<Variant>, more = {}) {
  const variant = await plain(world, part);
  return publishFully(world, us, variant, { deliveryKey: `post ${++count}`, ...more });
}
const recent = (more = {}) => world.adapter.recent?.(since, us.call(more));

describe("what the account posted on Mastodon", () => {
  it("is only what everyone may see", async () => {
    for (const visibility of ["public", "unlisted", "private", "direct"])
      await post({ text: visibility, options: { visibility } });
    expect((await recent())?.map(({ text }) => text)).toEqual(["unlisted", "public"]);
  });

  it("keeps the warning in front of it, its paragraphs and its language", async () => {
    const options = { spoilerText: "Violence", language: "az" };
    await post({ text: "One\ntwo\n\nthree <b> https://example.org/a?b=1&c=2", options });
    expect(await recent()).toMatchObject([
      { text: "Violence\n\nOne\ntwo\n\nthree <b> https://example.org/a?b=1&c=2", language: "az", link: null },
    ]);
  });

  it("tells replies, and shows the files", async () => {
    const { externalId } = await post({ media: [await anyFile(world, "video", "A pump")] });
    await post({ role: "reply" }, { parent: { externalId, rootExternalId: externalId } });
    expect(await recent()).toMatchObject([
      { isReply: true, media: [] },
      { isReply: false, media: [{ kind: "video", altText: "A pump" }] },
    ]);
  });

  it("is read page by page, up to a hundred", async () => {
    for (let index = 0; index < 105; index++) {
      const variant = await plain(world, { text: `Post ${index}` });
      await (await attempt(world, us, variant, { deliveryKey: `number ${index}` })).answer;
      world.clock.advance(1000);
    }
    world.wire.requests.length = 0;
    const posts = (await recent()) ?? [];
    expect([posts.length, posts[0]?.text, posts[99]?.text]).toEqual([100, "Post 104", "Post 5"]);
    expect(world.wire.requests).toHaveLength(3);
    since = world.clock.now();
    world.wire.requests.length = 0;
    expect(await recent()).toEqual([]);
    expect(world.wire.requests).toHaveLength(1);
  });

  it("is not looked for endlessly among what is not for everyone", async () => {
    let asked = 0;
    const status = { id: "7", created_at: "2099-12-01T12:00:00.000Z", visibility: "direct" };
    const fetch = async () => {
      asked++;
      return new Response(JSON.stringify([status]));
    };
    expect(await recent({ fetch })).toEqual([]);
    expect(asked).toBe(5);
  });

  it("comes without sound, with a moving picture as a video, and names what is not ready yet", async () => {
    const file = (type: string, url: string | null = `https://files.example/${type}`) => ({ type, url });
    const status = {
      id: "7",
      url: null,
      content: "<p>Listen</p>",
      created_at: "2026-12-01T12:00:00.000Z",
      in_reply_to_id: null,
      spoiler_text: "",
      visibility: "public",
      media_attachments: [file("audio"), file("gifv"), file("unknown"), file("image", null)],
    };
    const fetch = async (url: string) => new Response(JSON.stringify(url.includes("max_id") ? [] : [status]));
    since = new Date("2026-12-01T00:00:00Z");
    expect(await recent({ fetch })).toMatchObject([
      {
        language: null,
        media: [
          { url: "https://files.example/gifv", kind: "video", altText: "" },
          { url: null, kind: "image", altText: "" },
        ],
        externalUrl: expect.stringMatching(/\/web\/statuses\/7$/),
      },
    ]);
  });
});
