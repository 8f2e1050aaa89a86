import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { anyFile, attempt, plain, publishFully } from "../../../test/contract/check.ts";
import { lose } from "../../../test/contract/checks-reconcile.ts";
import { type Actor, openWorld, type World } from "../../../test/contract/world.ts";
import type { Variant } from "../../domain/post.ts";
import type { Question } from "../contract/adapter.ts";
import { tumblr } from "./index.ts";
import { practice } from "./practice.ts";

const hourMs = 60 * 60_000;

let world: World;
beforeAll(async () => {
  world = await openWorld(tumblr, practice);
});
afterAll(() => world.close());

const look = (actor: Actor, question: Question) => world.adapter.reconcile(question, actor.call());

describe("a post whose answer was lost is found", () => {
  it.each<[string, Partial<Variant>]>([
    ["with a title", { options: { title: "Water for all" } }],
    ["with addresses in its text", { text: "See https://example.org/a?b=1&c=2 (or http://b.example/)." }],
    ["with spaces and lines of its own", { text: "  One\n\n\nTwo \t three \n\n" }],
    ["with letters in two pieces", { text: "cafe\u0301 👩‍👩‍👧" }],
    ["with a link written otherwise", { link: "https://Example.org" }],
    ["with tags", { options: { tags: ["water"] } }],
  ])("%s", async (_what, changes) => {
    const actor = world.actor();
    const { question } = await lose(world, actor, await plain(world, changes), "reset_after_accept");
    expect(await look(actor, question)).toMatchObject({ externalId: actor.posts()[0]?.id });
  });

  it("behind dozens of others, several of one second", async () => {
    const actor = world.actor();
    const { question } = await lose(world, actor, await plain(world), "reset_after_accept");
    await postMany(actor, 45, 300);
    expect(await look(actor, question)).toMatchObject({ externalId: actor.posts()[0]?.id });
  });

  it("but not behind more than we read", async () => {
    const actor = world.actor();
    let second = Math.floor(world.clock.now().getTime() / 1000) + 1000;
    const others = () =>
      Array.from({ length: 20 }, () => ({ id_string: `${--second}`, timestamp: second, content: [] }));
    const fetch = async () => Response.json({ meta: { status: 200 }, response: { posts: others() } });
    const looking = world.adapter.reconcile(actor.question(await plain(world)), actor.call({ fetch }));
    expect(await looking).toEqual({ state: "unknown" });
  });
});

describe("a post of the same words is not ours", () => {
  it.each<[string, () => Promise<Partial<Variant>>]>([
    ["with another title", async () => ({ options: { title: "Air" } })],
    ["with another link", async () => ({ link: "https://example.org/other" })],
    ["without the link", async () => ({ link: null })],
    ["with a picture more", async () => ({ media: [await anyFile(world, "image")] })],
  ])("%s", async (_what, changes) => {
    const actor = world.actor();
    const variant = await plain(world, { link: "https://example.org/", options: { title: "Water" } });
    const { question } = await lose(world, actor, variant, "reset_before");
    await publishFully(world, actor, { ...variant, ...(await changes()) });
    expect(await look(actor, question)).toEqual({ state: "absent" });
  });

  it.each<[string, object, string]>([
    ["that is a reblog", { parent_post_url: "https://other.tumblr.com/post/1" }, "absent"],
    ["that passes on others' words", { trail: [{ content: [] }] }, "absent"],
    ["that is private", { state: "private" }, "absent"],
    ["that is older", { timestamp: 1 }, "absent"],
    ["unless it is", {}, "published"],
  ])("%s", async (_what, changes, state) => {
    const actor = world.actor();
    const variant = await plain(world);
    const content = [{ type: "text", text: variant.text }];
    const timestamp = Math.floor(world.clock.now().getTime() / 1000);
    const post = { id: 1, id_string: "1", timestamp, state: "published", content, ...changes };
    expect(await answered(actor, actor.question(variant), [post])).toMatchObject({ state });
  });
});

describe("a video", () => {
  it("whose answer was lost may be there for an hour though it is on no list", async () => {
    const actor = world.actor();
    const variant = await plain(world, { media: [await anyFile(world, "video")] });
    const { question } = await lose(world, actor, variant, "reset_before");
    expect(await look(actor, question)).toEqual({ state: "unknown" });
    world.clock.advance(hourMs);
    expect(await look(actor, question)).toEqual({ state: "absent" });
  });

  it("that was accepted is waited for, for an hour", async () => {
    const actor = world.actor();
    const variant = await plain(world, { media: [await anyFile(world, "video")] });
    const question = actor.question(variant, { handle: "4711" });
    expect(await look(actor, question)).toEqual({ state: "pending", handle: "4711", checkAfterMs: 15_000 });
    world.clock.advance(hourMs);
    expect(await look(actor, question)).toEqual({ state: "unknown" });
  });

  it("is known by the id it had while it was processed, among others of the same words", async () => {
    const actor = world.actor();
    const variant = await plain(world, { media: [await anyFile(world, "video")] });
    await publishFully(world, actor, variant);
    const second = await (await attempt(world, actor, variant)).answer;
    world.clock.advance(30_000);
    const question = actor.question(variant, { ...("handle" in second && { handle: second.handle }) });
    expect(await look(actor, question)).toMatchObject({ externalId: actor.posts()[1]?.id });
  });
});

it("a pinned post above newer ones does not end the search", async () => {
  const actor = world.actor();
  const variant = await plain(world);
  const content = [{ type: "text", text: variant.text }];
  const timestamp = Math.floor(world.clock.now().getTime() / 1000);
  const pinned = { id_string: "1", timestamp: 1, is_pinned: true, content: [] };
  const answer = await answered(actor, actor.question(variant), [
    pinned,
    { id_string: "2", timestamp, content },
  ]);
  expect(answer).toMatchObject({ externalId: "2" });
});

it.each([{}, { posts: "none" }, { posts: [{ id: 1 }] }, { posts: [null] }])(
  "an answer we cannot read is an error, not an absence: %j",
  async (response) => {
    const actor = world.actor();
    const fetch = async () => Response.json({ meta: { status: 200 }, response });
    const looking = world.adapter.reconcile(actor.question(await plain(world)), actor.call({ fetch }));
    await expect(looking).rejects.toMatchObject({ kind: "unavailable" });
  },
);

/** What we make of a blog with these posts. */
async function answered(actor: Actor, question: Question, posts: readonly object[]) {
  const fetch = async () => Response.json({ meta: { status: 200 }, response: { posts } });
  return world.adapter.reconcile(question, actor.call({ fetch }));
}

async function postMany(actor: Actor, count: number, apartMs: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    world.clock.advance(apartMs);
    await (await attempt(world, actor, await plain(world, { text: `Post ${index}` }))).answer;
  }
}
