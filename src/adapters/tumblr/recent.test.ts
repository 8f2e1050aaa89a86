import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { anyFile, attempt, plain, publishFully } from "../../../test/contract/check.ts";
import { openWorld, type World } from "../../../test/contract/world.ts";
import type { SourcePost } from "../contract/source-post.ts";
import { tumblr } from "./index.ts";
import { practice } from "./practice.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld(tumblr, practice);
});
afterAll(() => world.close());

describe("what a blog posted itself", () => {
  it("comes with text, link, pictures and their descriptions", async () => {
    const actor = world.actor();
    const media = [await anyFile(world, "image", "A well"), await anyFile(world, "video")];
    const text = "One\nline\n\nTwo: https://example.org/a?b=1";
    const link = "https://example.org/petition";
    const variant = await plain(world, { text, link, media, options: { title: "Water" } });
    const { externalId, externalUrl } = await publishFully(world, actor, variant);
    const [post, ...others] = await recent(actor, new Date(0));
    const [shown] = actor.posts();
    expect(others).toEqual([]);
    expect(post).toEqual({
      externalId,
      externalUrl,
      text: `Water\n\n${text}`,
      link,
      media: shown?.media,
      language: null,
      createdAt: new Date(Math.floor(Date.parse(shown?.createdAt ?? "") / 1000) * 1000),
      isReply: false,
      isRepost: false,
    });
  });

  it("is newest first, since the given time, and at most a hundred; none is lost between two pages", async () => {
    const actor = world.actor();
    for (let index = 0; index < 105; index++) {
      await (await attempt(world, actor, await plain(world, { text: `Post ${index}` }))).answer;
      world.clock.advance(300);
    }
    const all = await recent(actor, new Date(0));
    expect(all.map(({ text }) => text)).toEqual(
      Array.from({ length: 100 }, (_, index) => `Post ${104 - index}`),
    );
    const since = all[9]?.createdAt ?? new Date(0);
    expect(await recent(actor, since)).toEqual(all.filter(({ createdAt }) => createdAt >= since));
  });
});

it.each([
  ["all of them", { total_posts: 1 }, 1],
  ["fewer than there are", { total_posts: 2 }, 2],
  ["nobody knows how many of them", {}, 2],
])("a first page with %s costs as little as it can", async (_what, more, requests) => {
  let asked = 0;
  const posts = [{ id_string: "1", timestamp: 1_800_000_000, content: [] }];
  const fetch = async () => {
    asked++;
    return Response.json({ meta: {}, response: { posts, ...more } });
  };
  const found = await world.adapter.recent?.(new Date(0), world.actor().call({ fetch }));
  expect([found?.length, asked]).toEqual([1, requests]);
});

describe("a post made elsewhere", () => {
  const text = (words: string, more = {}) => ({ type: "text", text: words, ...more });

  it.each<[string, object[], string]>([
    [
      "a list",
      [
        text("Bring:"),
        text("water", { subtype: "unordered-list-item" }),
        text("a friend", { subtype: "unordered-list-item" }),
        text("come", { subtype: "ordered-list-item" }),
        text("stay", { subtype: "ordered-list-item" }),
        text("Thanks"),
      ],
      "Bring:\n\n• water\n• a friend\n1. come\n2. stay\n\nThanks",
    ],
    [
      "words that lead somewhere",
      [
        text("🐟 Sign here or there", {
          formatting: [
            {
              start: 7,
              end: 11,
              type: "link",
              url: "https://t.umblr.com/redirect?z=https%3A%2F%2Fa.example%2F",
            },
            { start: 15, end: 20, type: "link", url: "https://b.example/" },
            { start: 0, end: 6, type: "bold" },
          ],
        }),
      ],
      "🐟 Sign here (https://a.example/) or there (https://b.example/)",
    ],
    ["nothing but sound", [{ type: "audio", media: { url: "https://a.example/a.mp3" } }], ""],
  ])("is read as people see it: %s", async (_what, content, words) =>
    expect(await from({ content })).toMatchObject({ text: words, media: [] }),
  );

  it.each<[string, object, Partial<SourcePost>]>([
    ["a reblog", { parent_post_url: "https://a.example/" }, { isRepost: true }],
    ["a reblog by its trail", { trail: [{}] }, { isRepost: true }],
    ["an answer", { layout: [{ type: "ask" }] }, { isReply: true }],
    [
      "a link that goes through Tumblr's servers",
      { content: [{ type: "link", url: "https://t.umblr.com/redirect?z=https%3A%2F%2Fa.example%2F1" }] },
      { link: "https://a.example/1" },
    ],
    ["a post of its own", { trail: [], layout: [{ type: "rows" }] }, { isReply: false, isRepost: false }],
    [
      "a film from elsewhere",
      { content: [{ type: "video", provider: "youtube", url: "https://youtube.example/1" }] },
      { link: "https://youtube.example/1", media: [] },
    ],
    [
      "a picture, in its largest size",
      {
        content: [
          {
            type: "image",
            media: [{ url: "https://a.example/1280.jpg" }, { url: "https://a.example/500.jpg" }],
          },
        ],
      },
      { media: [{ url: "https://a.example/1280.jpg", kind: "image", altText: "" }], link: null },
    ],
  ])("says what it is: %s", async (_what, post, expected) =>
    expect(await from(post)).toMatchObject(expected),
  );

  it("is left out while it is private", async () => expect(await from({ state: "private" })).toBeUndefined());
});

function recent(actor: ReturnType<World["actor"]>, since: Date): Promise<readonly SourcePost[]> {
  return world.adapter.recent?.(since, actor.call()) ?? Promise.reject(new Error("Tumblr has it"));
}

async function from(post: object): Promise<SourcePost | undefined> {
  const given = { id_string: "1", timestamp: 1_800_000_000, content: [], ...post };
  const fetch = async () => Response.json({ meta: {}, response: { posts: [given] } });
  const actor = world.actor();
  return (await world.adapter.recent?.(new Date(0), actor.call({ fetch })))?.[0];
}
