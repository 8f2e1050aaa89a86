import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { anyFile, plain, publishFully } from "../../../test/contract/check.ts";
import type { Actor } from "../../../test/contract/world.ts";
import { type GraphWorld, graphOnPractice } from "../../../test/support/graph-on-practice.ts";
import type { SourcePost } from "../contract/source-post.ts";
import { bluesky } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let us: Actor;
beforeAll(async () => {
  on = await graphOnPractice(bluesky, practice);
});
afterAll(() => on.world.close());
beforeEach(() => {
  us = on.world.actor();
  on.instead.length = 0;
});

const recent = async (since = new Date(0)): Promise<readonly SourcePost[]> =>
  (await on.world.adapter.recent?.(since, us.call())) ?? [];

describe("what an account posted itself", () => {
  it("with its text, link, language and files, which can be fetched", async () => {
    const media = [await anyFile(on.world, "image", "A well"), await anyFile(on.world, "image")];
    const options = { languages: ["az"] };
    const { externalId, externalUrl } = await publishFully(
      on.world,
      us,
      await plain(on.world, { text: "Su #haqdır", link: "https://example.org/a", media, options }),
    );
    const [post, ...others] = await recent();
    expect(others).toEqual([]);
    expect(post).toMatchObject({
      externalId,
      externalUrl,
      text: "Su #haqdır\nhttps://example.org/a",
      link: null,
      language: "az",
      isReply: false,
      isRepost: false,
      media: [
        { kind: "image", altText: "A well" },
        { kind: "image", altText: "" },
      ],
    });
    for (const { url } of post?.media ?? []) {
      const file = await fetch(url ?? "");
      expect([file.status, file.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
      await file.body?.cancel();
    }
  });

  it("since a moment, newest first, with answers marked as such", async () => {
    const first = await publishFully(on.world, us, await plain(on.world, { text: "One" }), {
      deliveryKey: "1",
    });
    on.world.clock.advance(60_000);
    const since = on.world.clock.now();
    const parent = { externalId: first.externalId, rootExternalId: first.externalId };
    const reply = await plain(on.world, { text: "Two", role: "reply" });
    await publishFully(on.world, us, reply, { deliveryKey: "2", parent });
    on.world.clock.advance(60_000);
    await publishFully(on.world, us, await plain(on.world, { text: "Three" }), { deliveryKey: "3" });
    expect((await recent(since)).map(({ text, isReply }) => [text, isReply])).toEqual([
      ["Three", false],
      ["Two", true],
    ]);
    expect(await recent()).toHaveLength(3);
  });

  it("beyond one page of the server, in whatever order that lists them, and never more than a hundred", async () => {
    for (let index = 0; index < 130; index++) {
      const variant = await plain(on.world, { text: `Post ${index}` });
      await publishFully(on.world, us, variant, { deliveryKey: `delivery ${index}` });
      on.world.clock.advance(1000);
    }
    expect((await recent()).map(({ text }) => text)).toEqual(
      Array.from({ length: 100 }, (_, index) => `Post ${129 - index}`),
    );
  });

  it("as other software wrote it: shortened links, quotes, cards, videos, and what is none of it", async () => {
    const video = { $type: "blob", ref: { $link: "bafkvideo" }, mimeType: "video/mp4", size: 5 };
    const quoted = "at://did:plc:other/app.bsky.feed.post/3kabcdefghijk";
    const card = { external: { uri: "https://example.org/card", title: "", description: "" } };
    const facet = { index: { byteStart: 0, byteEnd: 12 }, features: [{ uri: "https://example.org/long" }] };
    records([
      { text: "example.o...", facets: [facet], createdAt: at(5) },
      { text: "Quote", embed: { record: { uri: quoted, cid: "x" } }, createdAt: at(4) },
      {
        text: "Both",
        embed: { record: { record: { uri: quoted } }, media: { video, alt: "Rain" } },
        createdAt: at(3),
      },
      { text: "Card", embed: card, langs: [], createdAt: at(2) },
      { text: "Many", embed: { items: [{ image: video, alt: "One" }] }, createdAt: at(1) },
      {
        text: "A feed",
        embed: { record: { uri: "at://did:plc:x/app.bsky.feed.generator/y" } },
        createdAt: at(0),
      },
      { text: "Strange", embed: { record: { uri: "at://app.bsky.feed.post/" } }, createdAt: at(-1) },
      { text: "No date", createdAt: "yesterday" },
      { text: 7, createdAt: at(1) },
    ]);
    const page = `${us.call().baseUrl.web}/profile/did:plc:other/post/3kabcdefghijk`;
    const posts = await recent();
    expect(posts.map(({ text, link }) => [text, link])).toEqual([
      ["https://example.org/long", null],
      ["Quote", page],
      ["Both", page],
      ["Card", "https://example.org/card"],
      ["Many", null],
      ["A feed", null],
      ["Strange", null],
    ]);
    expect(posts[4]?.media).toMatchObject([{ kind: "image", altText: "One" }]);
    expect(posts[2]?.media).toEqual([
      { url: expect.stringMatching(/getBlob\?did=.*&cid=bafkvideo$/), kind: "video", altText: "Rain" },
    ]);
  });

  it("is nothing for an account that posted nothing, and a refusal is none of that", async () => {
    expect(await recent()).toEqual([]);
    on.instead.push({ method: "GET", path: "listRecords", reply: { status: 502, body: {} } });
    await expect(recent()).rejects.toMatchObject({ kind: "unavailable" });
  });
});

function at(minute: number): string {
  return new Date(Date.parse("2026-11-20T12:00:00Z") + minute * 60_000).toISOString();
}

/** Puts records into the server's mouth. */
function records(values: readonly object[]): void {
  const all = values.map((value, index) => ({
    uri: `at://${us.identity.externalId}/app.bsky.feed.post/${index}`,
    cid: "bafyrei",
    value,
  }));
  on.instead.push({ method: "GET", path: "listRecords", reply: { status: 200, body: { records: all } } });
}
