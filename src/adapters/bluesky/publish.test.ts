import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { attempt, plain, publishFully } from "../../../test/contract/check.ts";
import { lose } from "../../../test/contract/checks-reconcile.ts";
import type { Actor } from "../../../test/contract/world.ts";
import { type GraphWorld, graphOnPractice } from "../../../test/support/graph-on-practice.ts";
import { bluesky } from "./index.ts";
import { practice } from "./practice.ts";
import { recordKey } from "./record-key.ts";

let on: GraphWorld;
let us: Actor;
beforeAll(async () => {
  on = await graphOnPractice(bluesky, practice);
});
afterAll(() => on.world.close());
beforeEach(() => {
  us = on.world.actor();
  on.asked.length = 0;
  on.instead.length = 0;
});

/** The record that was written last. */
function written(): Record<string, unknown> {
  const put = on.asked.findLast(({ path }) => path.endsWith("putRecord"));
  return put?.given.record as Record<string, unknown>;
}

describe("a post on Bluesky", () => {
  it("goes to a place of its own that must be free, and says when it was made", async () => {
    const { externalId, externalUrl } = await publishFully(on.world, us, await plain(on.world));
    const did = us.identity.externalId;
    const rkey = recordKey(us.call().deliveryKey);
    expect(externalId).toBe(`at://${did}/app.bsky.feed.post/${rkey}`);
    expect(externalUrl).toBe(`${us.call().baseUrl.web}/profile/${did}/post/${rkey}`);
    const put = on.asked.find(({ path }) => path.endsWith("putRecord"));
    expect(put?.given).toMatchObject({ repo: did, collection: "app.bsky.feed.post", rkey, swapRecord: null });
    expect(on.world.clock.now().getTime() - Date.parse(String(written().createdAt))).toBeLessThan(2000);
  });

  it("says its languages, and nothing of them where none are chosen", async () => {
    await publishFully(on.world, us, await plain(on.world, { options: { languages: ["az", "en"] } }));
    expect(written().langs).toEqual(["az", "en"]);
    await publishFully(on.world, us, await plain(on.world, { options: { languages: [] } }), {
      deliveryKey: "2",
    });
    expect(written()).not.toHaveProperty("langs");
  });

  it("has a card for its link, marked in the text too; with files the text alone", async () => {
    const link = "https://www.example.org/petition?a=1";
    await publishFully(on.world, us, await plain(on.world, { link }));
    const external = { uri: link, title: "example.org", description: "" };
    expect(written().embed).toEqual({ $type: "app.bsky.embed.external", external });
    const features = [{ $type: "app.bsky.richtext.facet#link", uri: link }];
    expect(written().facets).toEqual([{ index: { byteStart: 24, byteEnd: 60 }, features }]);
    await publishFully(on.world, us, await plain(on.world, { link, media: [await picture()] }), {
      deliveryKey: "2",
    });
    expect(written()).toMatchObject({ embed: { $type: "app.bsky.embed.images" }, facets: [{ features }] });
  });

  it("shows pictures with their words and shape", async () => {
    const file = await picture();
    await publishFully(on.world, us, await plain(on.world, { media: [file] }));
    const image = { $type: "blob", mimeType: "image/png", size: file.bytes };
    const aspectRatio = { width: file.width, height: file.height };
    expect(written().embed).toMatchObject({ images: [{ alt: "A well", image, aspectRatio }] });
  });

  it("answers its parent and the first of the thread, with the hash of each", async () => {
    const first = await publishFully(on.world, us, await plain(on.world));
    const answer = async (externalId: string, deliveryKey: string) => {
      const parent = { externalId, rootExternalId: first.externalId };
      return publishFully(on.world, us, await plain(on.world, { role: "reply" }), { parent, deliveryKey });
    };
    const second = await answer(first.externalId, "2");
    await answer(second.externalId, "3");
    const cid = expect.stringMatching(/^bafyrei[a-z2-7]{52}$/);
    expect(written().reply).toEqual({
      root: { uri: first.externalId, cid },
      parent: { uri: second.externalId, cid },
    });
  });

  it("is not sent without the pictures that belong to it", async () => {
    const variant = await plain(on.world, { media: [await picture()] });
    await expect(on.world.adapter.publish(variant, us.call())).rejects.toMatchObject({ kind: "unavailable" });
    expect(us.posts()).toEqual([]);
  });
});

describe("the same delivery again", () => {
  it("is the first post, at another time and in another process too", async () => {
    const variant = await plain(on.world, { media: [await picture()] });
    const first = await publishFully(on.world, us, variant);
    on.world.clock.advance(60 * 60_000);
    expect(await publishFully(on.world, us, variant)).toEqual(first);
    expect(us.posts()).toHaveLength(1);
  });

  it("is no news where something else stands in its place: a person has to look", async () => {
    await publishFully(on.world, us, await plain(on.world));
    const { answer } = await attempt(on.world, us, await plain(on.world, { text: "Other words" }));
    await expect(answer).rejects.toMatchObject({ kind: "invalid", detail: { code: "duplicate" } });
    expect(us.posts()).toHaveLength(1);
  });

  it("stays a refusal where it cannot be looked at", async () => {
    const variant = await plain(on.world);
    await publishFully(on.world, us, variant);
    on.instead.push({ method: "GET", path: "getRecord", reply: { status: 502, body: {} } });
    const { answer } = await attempt(on.world, us, variant);
    await expect(answer).rejects.toMatchObject({ kind: "invalid", detail: { code: "duplicate" } });
  });
});

describe("looking for a post on Bluesky", () => {
  it("finds ours beside another of the same words", async () => {
    const variant = await plain(on.world);
    const { question } = await lose(on.world, us, variant, "reset_after_accept");
    await publishFully(on.world, us, variant, { deliveryKey: "another delivery" });
    const externalId = us.posts()[0]?.id;
    expect(await on.world.adapter.reconcile(question, us.call())).toMatchObject({
      state: "published",
      externalId,
    });
  });

  it("finds it however much later, and not once it was deleted", async () => {
    const { question } = await lose(on.world, us, await plain(on.world), "reset_after_accept");
    on.world.clock.advance(30 * 24 * 60 * 60_000);
    const found = await on.world.adapter.reconcile(question, us.call());
    expect(found.state).toBe("published");
    await on.world.adapter.delete?.("externalId" in found ? found.externalId : "", us.call());
    expect(await on.world.adapter.reconcile(question, us.call())).toEqual({ state: "absent" });
  });

  it.each([
    ["other words", { text: "Other words" }],
    ["files", { media: "a picture" }],
    ["another parent", { parent: true }],
  ])("does not take a post with %s for ours, wherever it stands", async (_what, changes) => {
    const { question } = await lose(on.world, us, await plain(on.world), "reset_after_accept");
    const media = "media" in changes ? [await picture()] : [];
    const parent = { externalId: "at://did:plc:x/app.bsky.feed.post/3", rootExternalId: "" };
    const asked = {
      ...question,
      variant: await plain(on.world, { media, ...("text" in changes && changes) }),
      ...("parent" in changes && { parent }),
    };
    expect(await on.world.adapter.reconcile(asked, us.call())).toEqual({ state: "unknown" });
  });
});

it("an id that is no post's address is deleted nowhere", async () => {
  const { adapter } = on.world;
  await expect(adapter.delete?.("https://bsky.app/profile/x", us.call())).rejects.toMatchObject({
    kind: "invalid",
  });
  expect(on.asked).toEqual([]);
});

async function picture() {
  const limit = bluesky.capabilities.media.types.image ?? { mimeTypes: [], maxBytes: 0 };
  const file = await on.world.shelf.make("image", "image/png", limit, "A well");
  if (!file) throw new Error("no picture");
  return file;
}
