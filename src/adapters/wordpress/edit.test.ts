import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import type { World } from "../../../test/contract/world.ts";
import { expectLinear } from "../../../test/support/growth.ts";
import {
  article,
  type Person,
  wordpressOnPractice,
  wordpressPerson,
} from "../../../test/support/wordpress-on-practice.ts";
import { contentKeepingFiles } from "./body.ts";
import { edit } from "./edit.ts";

let world: World;
let us: Person;
beforeAll(async () => {
  world = await wordpressOnPractice();
});
afterAll(() => world.close());
beforeEach(() => {
  world.calm();
  us = wordpressPerson(world);
});

const published = async (variant = article(), changes = {}) =>
  (await publishFully(world, us.actor, variant, changes)).externalId;

describe("an edited post", () => {
  it("has its new title, and keeps its address, its categories and its pictures in their places", async () => {
    const media = [
      await anyFile(world, "image", "A well"),
      await anyFile(world, "image", 'A "girl" <at> it'),
      await anyFile(world, "video"),
    ];
    const options = { title: "Water & life", categories: ["Uncategorized"], tags: ["Water"] };
    const externalId = await published(article({ media, options }));
    const [before] = us.actor.posts();
    const words = article({ media, text: "New words", options: { title: "Rivers & wells" } });
    await edit(externalId, words, us.call());
    const [after] = us.actor.posts();
    expect(after).toMatchObject({ text: "New words", media: before?.media, createdAt: before?.createdAt });
    const { content: _before, ...rest } = before?.extra ?? {};
    expect(after?.extra).toMatchObject({ ...rest, title: "Rivers & wells" });
    expect(after?.extra.content?.match(/<!-- wp:\w+/g)).toEqual(
      ["paragraph", "image", "video"].map((name) => `<!-- wp:${name}`),
    );
  });

  it("is read as Markdown where it was to be blocks", async () => {
    const options = { format: "blocks" };
    const externalId = await published(article({ options }));
    await edit(externalId, article({ text: "## Wells\n\nand *rivers*", options }), us.call());
    expect(us.actor.posts()[0]?.extra.content).toMatch(/wp:heading[\s\S]*<em>rivers<\/em>/);
  });

  it("is not taken out of the bin, nor is a comment", async () => {
    const externalId = await published();
    const parent = { externalId, rootExternalId: externalId };
    const below = article({ role: "comment" });
    const commentId = await published(below, { parent });
    await world.adapter.delete?.(commentId, us.call() as never);
    await expect(edit(commentId, below, us.call())).rejects.toMatchObject({ detail: { code: "post_gone" } });
    await world.adapter.delete?.(externalId, us.call() as never);
    us.asked.length = 0;
    await expect(edit(externalId, article(), us.call())).rejects.toMatchObject({
      detail: { code: "post_gone" },
    });
    expect(us.asked).toEqual(["GET /posts/:id"]);
  });

  it("loses nothing where the site does not show what it has", async () => {
    const externalId = await published();
    us.instead.set("GET /posts/:id", Response.json({ id: Number(externalId), status: "publish" }));
    await expect(edit(externalId, article({ text: "New words" }), us.call())).rejects.toMatchObject({
      kind: "unavailable",
    });
    expect(us.actor.posts()).toMatchObject([{ text: article().text }]);
  });

  it("may be a comment", async () => {
    const externalId = await published();
    const parent = { externalId, rootExternalId: externalId };
    const commentId = await published(article({ role: "comment" }), { parent });
    const link = "https://example.org/?a=1&b=2";
    await edit(commentId, article({ role: "comment", text: "<New> & words", link }), us.call());
    expect(us.actor.posts()[1]).toMatchObject({ id: commentId, text: `<New> & words\n${link}` });
  });
});

describe("the files of a post that is there", () => {
  const text = "New words";
  const words = "<!-- wp:paragraph -->\n<p>New words</p>\n<!-- /wp:paragraph -->";
  const picture = '<!-- wp:image {"id":7,"sizeSlug":"full"} -->\n<figure>…</figure>\n<!-- /wp:image -->';
  const film = '<!-- wp:video {"id":8} -->\n<figure>…</figure>\n<!-- /wp:video -->';

  it.each([
    ["stand below the words", `<p>Old</p>\n\n${picture}\n\n${film}`, [picture, film]],
    ["come out of a gallery", `<!-- wp:gallery -->${picture}<!-- /wp:gallery -->`, [picture]],
    ["are not those the old text named", "<!-- wp:image -->\n<img/>\n<!-- /wp:image -->", []],
    ["are whole blocks only", `<!-- wp:image {"id":7} --> and ${film}`, []],
    ["may be none", "Words of another editor", []],
  ])("%s", (_what, content, files) => {
    expect(contentKeepingFiles(article({ text }), content)).toBe([words, ...files].join("\n\n"));
  });

  it("are found in time that grows with the text alone", () =>
    expectLinear((blocks) => {
      contentKeepingFiles(article({ text }), '<!-- wp:image {"id":7} -->'.repeat(blocks));
    }, 100_000));
});
