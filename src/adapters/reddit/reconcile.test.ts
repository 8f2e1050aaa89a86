import { afterAll, beforeAll, describe, expect, it, test } from "@jest/globals";
import { type Actor, prepared, type World } from "../../../test/contract/world.ts";
import { redditOnPractice, variant } from "../../../test/support/reddit-on-practice.ts";
import type { Media, Variant } from "../../domain/post.ts";
import type { Prepared, Question } from "../contract/adapter.ts";
import { reddit } from "./index.ts";
import type { Post } from "./listing.ts";
import { isOurPost } from "./match.ts";
import { publish } from "./publish.ts";
import { reconcile } from "./reconcile.ts";

let world: World;
beforeAll(async () => {
  world = await redditOnPractice();
});
afterAll(() => world.close());

const minuteMs = 60_000;
const file = async (mimeType: string): Promise<Media> => {
  const kind = mimeType.startsWith("video/") ? "video" : "image";
  return (await world.shelf.make(
    kind,
    mimeType,
    reddit.capabilities.media.types[kind] as never,
    "",
  )) as Media;
};
const question = (actor: Actor, of: Variant, more: Partial<Question> = {}) => actor.question(of, more);

/** Publishes with nobody listening to results. */
async function send(actor: Actor, of: Variant, more: Partial<Question> = {}) {
  const call = actor.call({ firstMessage: () => Promise.reject(new Error("Nothing was said")), ...more });
  const ready = (await prepared(world, of, call)) as Prepared;
  return publish(of, { ...call, prepared: ready });
}

describe("what was accepted is found by looking:", () => {
  test.each<[string, Partial<Variant>, readonly string[]]>([
    ["a text", {}, []],
    ["a link alone", { link: "https://example.org/a?b=1&c=%20d", text: "" }, []],
    ["a link with words", { link: "https://example.org", text: "Read & share *this*" }, []],
    ["a picture without words", { text: "" }, ["image/png"]],
    ["a picture with a link", { link: "https://example.org/p" }, ["image/jpeg"]],
    ["a video", {}, ["video/mp4"]],
    ["a gallery", {}, ["image/png", "image/gif"]],
  ])("%s", async (_name, part, types) => {
    const actor = world.actor();
    const content = variant({ ...part, media: await Promise.all(types.map(file)) });
    const asked = question(actor, content);
    const sent = await send(actor, content);
    expect(sent.state).toBe(types.length === 1 ? "pending" : "published");
    const handle = sent.state === "pending" ? { handle: sent.handle } : {};
    const found = await reconcile({ ...asked, ...handle }, actor.call());
    expect(found).toMatchObject({ state: "published", externalId: actor.posts()[0]?.id });
    expect("externalUrl" in found && (await fetch(found.externalUrl)).status).toBe(200);
  });

  it("the right one of several", async () => {
    const actor = world.actor();
    const asked = question(actor, variant());
    await send(actor, variant({}, { subreddit: "water" }));
    await send(actor, variant({}, { title: "Another title" }));
    await send(actor, variant({ link: "https://example.org" }));
    await send(actor, variant());
    expect(await reconcile(asked, actor.call())).toMatchObject({ externalId: actor.posts()[3]?.id });
  });

  it("a comment by its post, also on a later page", async () => {
    const actor = world.actor();
    const { externalId } = (await send(actor, variant())) as { externalId: string };
    const parent = { externalId, rootExternalId: externalId };
    const comment = variant({ role: "comment", text: "Sign & share" });
    const asked = question(actor, comment, { parent });
    await send(actor, comment, { parent });
    for (let n = 0; n < 110; n++)
      await send(actor, variant({ role: "comment", text: `No. ${n}` }), { parent });
    const found = await reconcile(asked, actor.call());
    expect(found).toMatchObject({ state: "published", externalId: actor.posts()[1]?.id });
    expect("externalUrl" in found && (await fetch(found.externalUrl)).status).toBe(200);
    const elsewhere = { externalId: "t3_zzz9", rootExternalId: "t3_zzz9" };
    expect(await reconcile({ ...asked, parent: elsewhere }, actor.call())).toEqual({ state: "absent" });
    expect(await reconcile(question(actor, comment), actor.call())).toEqual({ state: "unknown" });
  });
});

describe("nothing is given up too early:", () => {
  it.each([
    ["image/png", 9, 11],
    ["video/mp4", 29, 31],
  ])("%s may take its time", async (mimeType, early, late) => {
    const actor = world.actor();
    const asked = question(actor, variant({ media: [await file(mimeType)] }));
    const at = (minutes: number) => ({ now: () => new Date(asked.sentAt.getTime() + minutes * minuteMs) });
    const waiting = { state: "pending", handle: "processing", checkAfterMs: 15_000 };
    expect(await reconcile(asked, actor.call(at(early)))).toEqual(waiting);
    expect(await reconcile(asked, actor.call(at(late)))).toEqual({ state: "absent" });
  });

  it("a failure is believed when there is no post two minutes later", async () => {
    const actor = world.actor();
    const content = variant({ media: [await file("image/png")] });
    const asked = question(actor, content, { handle: "failed" });
    const at = (minutes: number) => ({ now: () => new Date(asked.sentAt.getTime() + minutes * minuteMs) });
    expect(await reconcile(asked, actor.call(at(1)))).toMatchObject({ state: "pending", handle: "failed" });
    expect(await reconcile(asked, actor.call(at(3)))).toMatchObject({
      state: "refused",
      code: "media_refused",
    });
    await send(actor, content);
    expect(await reconcile(asked, actor.call(at(3)))).toMatchObject({ state: "published" });
  });

  it("the practice network fails a file that is not what it says", async () => {
    const actor = world.actor();
    const text = {
      ...(await file("image/png")),
      mimeType: "video/mp4",
      kind: "video" as const,
      durationMs: 5000,
    };
    const content = variant({ media: [text] });
    const ready = (await prepared(world, content, actor.call())) as Prepared;
    const sent = await publish(content, { ...actor.call(), prepared: ready });
    expect([sent, actor.posts()]).toEqual([{ state: "pending", handle: "failed", checkAfterMs: 15_000 }, []]);
  });
});

it("a post that a filter took away is refused, in plain words", async () => {
  const actor = world.actor();
  const content = variant({}, { subreddit: "Filtered" });
  const asked = question(actor, content);
  await send(actor, content);
  expect(actor.posts()).toEqual([]);
  expect(await reconcile(asked, actor.call())).toEqual({
    state: "refused",
    code: "removed_by_platform",
    message: expect.stringContaining("ask the moderators"),
  });
});

describe("it does not guess", () => {
  const listing = (posts: readonly object[], after: string | null = null) => ({
    kind: "Listing",
    data: { children: posts.map((data) => ({ kind: "t3", data })), after },
  });
  const answering = (body: unknown) => world.actor().call({ fetch: async () => Response.json(body) });

  it("when there is more than it may read", async () => {
    const actor = world.actor();
    const created_utc = Date.now() / 1000 + 1e6;
    const call = answering(listing([{ name: "t3_a", created_utc, title: "x", subreddit: "y" }], "t3_a"));
    expect(await reconcile(question(actor, variant()), call)).toEqual({ state: "unknown" });
  });

  test.each([
    ["no list", { message: "hello" }],
    ["a list of nothing we know", listing([{ id: 1 }])],
  ])("from %s", async (_name, body) => {
    const asked = question(world.actor(), variant());
    await expect(reconcile(asked, answering(body))).rejects.toMatchObject({ kind: "unavailable" });
  });
});

describe("a listed post is ours", () => {
  const post: Post = {
    name: "t3_a",
    created_utc: 1,
    title: "A question of water",
    subreddit: "clarion",
    selftext: "Clean water is a right.",
    is_self: true,
  };
  const hosted = { ...post, is_self: false, is_reddit_media_domain: true, selftext: "" };
  const linked = { ...post, is_self: false, url: "https://example.org/", selftext: "" };
  test.each<[string, Post, Partial<Variant>, boolean]>([
    ["as it was sent", post, {}, true],
    ["with backslashes of Reddit's own", { ...post, selftext: "Clean water is a right\\." }, {}, true],
    ["also where Reddit no longer shows it", { ...post, selftext: "[removed]" }, {}, true],
    ["not with other words", { ...post, selftext: "Clean water is a gift." }, {}, false],
    ["not without its words", { ...post, selftext: "" }, {}, false],
    ["not as a link", linked, {}, false],
    ["a link, written a little differently", linked, { link: "https://EXAMPLE.org" }, true],
    ["a link whose body is not shown", linked, { link: "https://example.org/", text: "Words" }, true],
    ["not another link", linked, { link: "https://example.org/b" }, false],
    ["a picture before it has a name for it", hosted, { media: [{} as Media] }, true],
    ["not a gallery", { ...hosted, is_gallery: true }, { media: [{ kind: "image" } as Media] }, false],
  ])("%s", (_name, listed, part, is) => {
    const media = part.media ? [{ kind: "image", altText: "" } as Media] : [];
    expect(isOurPost(listed, variant({ ...part, media }))).toBe(is);
  });
});
