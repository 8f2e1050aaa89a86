import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import type { World } from "../../../test/contract/world.ts";
import {
  article,
  type Person,
  wordpressOnPractice,
  wordpressPerson,
} from "../../../test/support/wordpress-on-practice.ts";
import { recent } from "./recent.ts";
import { choices } from "./terms.ts";

let world: World;
let us: Person;
beforeAll(async () => {
  world = await wordpressOnPractice();
});
afterAll(() => world.close());
beforeEach(() => {
  us = wordpressPerson(world);
});

describe("what an author posted", () => {
  it("is told in plain words, newest first, with its files; others' posts and drafts are not", async () => {
    const since = world.clock.now();
    const [first, second] = [
      await anyFile(world, "image", 'A "well" & <more>'),
      await anyFile(world, "image", "2"),
    ];
    const text = 'Fish & chips <b>, "so" it\'s 5x5\nsecond line\n\nhttps://example.org/a?b=1&c=2';
    const one = await publishFully(world, us.actor, article({ text, media: [first, second] }), {
      deliveryKey: "1",
    });
    world.clock.advance(5000);
    const two = await publishFully(world, us.actor, article({ options: { title: "A & B" } }), {
      deliveryKey: "2",
    });
    await us.api("POST", "/posts", { title: "A draft", status: "draft" });
    await publishFully(world, world.actor(), article());
    expect(await recent(since, us.call())).toEqual([
      expect.objectContaining({
        externalId: two.externalId,
        text: "A & B\n\nClean water is a right.",
        media: [],
      }),
      {
        externalId: one.externalId,
        externalUrl: one.externalUrl,
        text: `Clean water\n\nFish & chips <b>, “so” it’s 5×5\nsecond line\n\nhttps://example.org/a?b=1&c=2`,
        link: null,
        media: [
          { url: expect.stringMatching(/^http/), kind: "image", altText: 'A "well" & <more>' },
          { url: expect.stringMatching(/^http/), kind: "image", altText: "2" },
        ],
        language: null,
        createdAt: expect.any(Date),
        isReply: false,
        isRepost: false,
      },
    ]);
    world.clock.advance(10_000);
    expect(await recent(world.clock.now(), us.call())).toEqual([]);
  });

  it("has the time of the world, not of the site's zone", async () => {
    const { externalId } = await publishFully(world, us.actor, article());
    const [post] = await recent(new Date(0), us.call());
    const shown = us.actor.posts().find(({ id }) => id === externalId)?.createdAt ?? "";
    expect(post?.createdAt.toISOString().slice(0, 19)).toBe(shown.slice(0, 19));
  });

  it("leaves out what lies behind a password, smileys, and addresses that are not of the web", async () => {
    const content =
      '<p>Hi <img src="https://s.w.org/1.png" alt=":)" class="wp-smiley" /></p><img src="data:image/png,x"><video controls><source src="https://e.org/a.mp4" /></video><img src="https://e.org/a.png"><img src="https://e.org/a.png">';
    const post = (id: number, more: object) => ({
      id,
      link: `https://e.org/${id}`,
      date_gmt: "2026-11-20T10:00:00",
      title: { rendered: "" },
      content: { rendered: content, protected: false, ...more },
    });
    us.instead.set("GET /posts", Response.json([post(1, { protected: true, rendered: "" }), post(2, {})]));
    expect(await recent(new Date(), us.call())).toEqual([
      expect.objectContaining({
        externalId: "2",
        text: "Hi",
        createdAt: new Date("2026-11-20T10:00:00Z"),
        media: [
          { url: "https://e.org/a.mp4", kind: "video", altText: "" },
          { url: "https://e.org/a.png", kind: "image", altText: "" },
        ],
      }),
    ]);
  });

  it("an answer that is no list is no empty one", async () => {
    us.instead.set("GET /posts", Response.json({ data: [] }));
    await expect(recent(new Date(), us.call())).rejects.toMatchObject({ kind: "unavailable" });
  });
});

describe("categories to choose from", () => {
  it("are the site's own, by number, under the names people know", async () => {
    expect(await choices("categories", {}, us.call())).toEqual([
      { value: "1", label: "Uncategorized" },
      { value: "3", label: "News" },
      { value: "4", label: "Events & campaigns" },
    ]);
  });

  it("are read to the end", async () => {
    const page = Array.from({ length: 100 }, (_, id) => ({ id: id + 10, slug: `c${id}`, name: `C ${id}` }));
    us.instead.set("GET /categories", Response.json(page));
    const answer = choices("categories", {}, us.call());
    await expect(answer).rejects.toMatchObject({ kind: "invalid" }); // the practice site has no second page
    expect(us.asked).toEqual(["GET /categories", "GET /categories"]);
  });
});
