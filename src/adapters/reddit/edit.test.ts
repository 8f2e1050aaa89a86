import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import type { Actor, World } from "../../../test/contract/world.ts";
import { ask, redditOnPractice, variant } from "../../../test/support/reddit-on-practice.ts";

let world: World;
let us: Actor;
beforeAll(async () => {
  world = await redditOnPractice();
});
afterAll(() => world.close());
beforeEach(() => {
  us = world.actor();
});

const link = "https://example.org/a_b";
const edit = (id: string, of: ReturnType<typeof variant>, by = us) => world.adapter.edit?.(id, of, by.call());
const sent = () => world.wire.requests.filter(({ path }) => path.includes("editusertext")).length;

describe("an edited post", () => {
  it("shows every sign as it was written, keeps its title, and has the link below", async () => {
    const { externalId } = await publishFully(world, us, variant());
    await edit(externalId, variant({ text: "*Not* bold_\n\n# no heading", link }, { title: "Another" }));
    expect(us.posts()).toMatchObject([
      { text: `*Not* bold_\n\n# no heading\n${link}`, link: null, extra: { title: "A question of water" } },
    ]);
  });

  it("may be a comment", async () => {
    const root = await publishFully(world, us, variant());
    const parent = { externalId: root.externalId, rootExternalId: root.externalId };
    const below = variant({ role: "comment" });
    const { externalId } = await publishFully(world, us, below, { parent });
    await edit(externalId, { ...below, text: "More", link });
    expect(us.posts()).toMatchObject([{}, { text: `More\n${link}` }]);
  });

  it("is marked where it was there for more than three minutes", async () => {
    const { externalId } = await publishFully(world, us, variant());
    await edit(externalId, variant({ text: "Soon" }));
    expect(us.posts()[0]?.extra).not.toHaveProperty("editedAt");
    world.clock.advance(4 * 60_000);
    await edit(externalId, variant({ text: "Late" }));
    expect(us.posts()[0]?.extra).toHaveProperty("editedAt");
  });
});

it("a post with a link or files is not asked about, and its author hears why and what to do", async () => {
  const media = [await anyFile(world, "image")];
  for (const each of [variant({ link }), variant({ media })]) {
    await publishFully(world, us, each);
    const id = us.posts().at(-1)?.id ?? "";
    world.wire.requests.length = 0;
    await expect(edit(id, { ...each, text: "New" })).rejects.toMatchObject({
      kind: "invalid",
      detail: { code: "not_editable" },
      message: expect.stringMatching(/delete it and post anew$/),
    });
    expect(sent()).toBe(0);
    const form = { thing_id: id, text: "New" };
    expect(await ask(world, us.identity, "POST", "/api/editusertext", form)).toMatchObject({ status: 403 });
  }
});

it("another's post is theirs", async () => {
  const { externalId } = await publishFully(world, us, variant());
  await expect(edit(externalId, variant(), world.actor())).rejects.toMatchObject({
    kind: "forbidden",
    detail: { code: "not_author" },
  });
});

it.each([
  ["a post without an author", "t3_abc", { author: "[deleted]", is_self: true }],
  ["a post its author deleted", "t3_abc", { removed_by_category: "deleted", is_self: true }],
  ["a comment without an author", "t1_abc", { author: "[deleted]" }],
])("%s is gone", async (_what, name, data) => {
  const shown = { kind: "Listing", data: { children: [{ data: { ...data, name, created_utc: 1 } }] } };
  const call = us.call({ fetch: async () => Response.json(shown) as never });
  await expect(world.adapter.edit?.(name, variant(), call)).rejects.toMatchObject({
    detail: { code: "post_gone" },
  });
});

it("an empty body is refused by Reddit", async () => {
  const { externalId } = await publishFully(world, us, variant());
  await expect(edit(externalId, variant({ text: "" }))).rejects.toMatchObject({
    kind: "invalid",
    detail: { code: "text_missing" },
  });
});
