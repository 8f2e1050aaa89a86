import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { anyFile, plain, publishFully } from "../../../test/contract/check.ts";
import { openWorld, type World } from "../../../test/contract/world.ts";
import { mastodon } from "./index.ts";
import { practice } from "./practice.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld(mastodon, practice);
});
afterAll(() => world.close());

describe("an edited status", () => {
  it("keeps its warning, its language, its audience and its files, where the new variant names none", async () => {
    const actor = world.actor();
    const options = { spoilerText: "Floods", language: "ar", visibility: "unlisted" };
    const media = [await anyFile(world, "image", "One"), await anyFile(world, "image", "Two")];
    const { externalId } = await publishFully(world, actor, await plain(world, { options, media }));
    await world.adapter.edit?.(externalId, await plain(world, { text: "New words" }), actor.call());
    const [post] = actor.posts();
    expect(post).toMatchObject({ text: "New words", extra: options });
    expect(post?.media.map(({ altText }) => altText)).toEqual(["One", "Two"]);
  });

  it("says on its page that it was edited", async () => {
    const actor = world.actor();
    const { externalId, externalUrl } = await publishFully(world, actor, await plain(world));
    const isMarked = async () => (await (await fetch(externalUrl)).text()).includes(">Edited<");
    expect(await isMarked()).toBe(false);
    await world.adapter.edit?.(externalId, await plain(world, { text: "New words" }), actor.call());
    expect(await isMarked()).toBe(true);
  });

  it("takes the warning and the language of the new variant", async () => {
    const actor = world.actor();
    const { externalId } = await publishFully(world, actor, await plain(world));
    const options = { spoilerText: "Floods", language: "ar" };
    await world.adapter.edit?.(externalId, await plain(world, { options }), actor.call());
    expect(actor.posts()).toMatchObject([{ extra: options }]);
  });

  it("is longer than its server takes together with a warning that stays", async () => {
    const actor = world.actor();
    const { externalId } = await publishFully(
      world,
      actor,
      await plain(world, { options: { spoilerText: "a" } }),
    );
    const answer = world.adapter.edit?.(
      externalId,
      await plain(world, { text: "a".repeat(500) }),
      actor.call(),
    );
    await expect(answer).rejects.toMatchObject({ kind: "invalid", detail: { code: "text_too_long" } });
  });
});
