import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { attempt, plain, publishFully } from "../../../test/contract/check.ts";
import { lose } from "../../../test/contract/checks-reconcile.ts";
import { openWorld, type World } from "../../../test/contract/world.ts";
import { mastodon } from "./index.ts";
import { practice } from "./practice.ts";
import { published } from "./publish.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld(mastodon, practice);
});
afterAll(() => world.close());

describe("publishing on Mastodon", () => {
  it("sends the options and our key", async () => {
    const actor = world.actor();
    const options = { visibility: "unlisted", spoilerText: "Numbers", language: "az" };
    await publishFully(world, actor, await plain(world, { options }));
    expect(actor.posts()[0]?.extra).toEqual({ ...options, deliveryKey: actor.call().deliveryKey });
  });

  it("may be repeated within the key's hour without a second post", async () => {
    const actor = world.actor();
    const variant = await plain(world);
    const first = await publishFully(world, actor, variant);
    expect(await publishFully(world, actor, variant)).toEqual(first);
    expect(actor.posts()).toHaveLength(1);
  });

  it.each([null, "", "javascript:alert(1)"])(
    "gives an address that opens when the server gives %s",
    (url) => {
      expect(published({ id: "7", url }, world.actor().call())).toMatchObject({
        externalId: "7",
        externalUrl: expect.stringMatching(/^http:.*\/web\/statuses\/7$/),
      });
    },
  );
});

describe("looking for a lost post on Mastodon", () => {
  it("reads on until before the first attempt", async () => {
    const actor = world.actor();
    const { question } = await lose(world, actor, await plain(world), "reset_after_accept");
    await postMany(actor, 100);
    const [post] = actor.posts();
    expect(await world.adapter.reconcile(question, actor.call())).toMatchObject({ externalId: post?.id });
  });

  it("gives up behind more posts than it reads", async () => {
    const actor = world.actor();
    const { question } = await lose(world, actor, await plain(world), "reset_before");
    await postMany(actor, 201);
    expect(await world.adapter.reconcile(question, actor.call())).toEqual({ state: "unknown" });
  });

  it.each([
    ["another warning", { options: { spoilerText: "Something else" } }],
    ["no warning", { options: {} }],
  ])("tells it from the same words with %s", async (_what, changes) => {
    const actor = world.actor();
    const variant = await plain(world, { options: { spoilerText: "Numbers" } });
    const { question } = await lose(world, actor, variant, "reset_before");
    await publishFully(world, actor, { ...variant, ...changes }, { deliveryKey: "another" });
    expect(await world.adapter.reconcile(question, actor.call())).toEqual({ state: "absent" });
  });

  it("finds a text that mentions someone", async () => {
    const actor = world.actor();
    const variant = await plain(world, { text: "Thanks @hind@elsewhere.example!" });
    const { question } = await lose(world, actor, variant, "reset_after_accept");
    expect(await world.adapter.reconcile(question, actor.call())).toMatchObject({ state: "published" });
  });
});

async function postMany(actor: ReturnType<World["actor"]>, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const variant = await plain(world, { text: `Post ${index}` });
    const { answer } = await attempt(world, actor, variant, { deliveryKey: `post ${index}` });
    await answer;
    world.clock.advance(1000);
  }
}
