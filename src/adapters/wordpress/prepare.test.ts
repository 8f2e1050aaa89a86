import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { anyFile } from "../../../test/contract/check.ts";
import type { World } from "../../../test/contract/world.ts";
import {
  article,
  type Person,
  wordpressOnPractice,
  wordpressPerson,
} from "../../../test/support/wordpress-on-practice.ts";
import { prepare } from "./prepare.ts";

let world: World;
let us: Person;
beforeAll(async () => {
  world = await wordpressOnPractice();
});
afterAll(() => world.close());
beforeEach(() => {
  us = wordpressPerson(world);
});

const drafts = async () => (await us.api("GET", "/posts?status=any&context=edit")).body;
const library = async () => (await us.api("GET", "/media?per_page=100")).headers.get("x-wp-total");

describe("a draft", () => {
  it("holds the title and the text as text, under a name of the delivery's own", async () => {
    const { values } = await prepare(
      article({ text: "a <b>", options: { title: "A & <i>" } }),
      us.call({ deliveryKey: "dlv_01ABC" }),
    );
    expect(await drafts()).toEqual([
      expect.objectContaining({
        id: Number(values.postId),
        status: "draft",
        slug: "clarion-dlv_01abc",
        title: expect.objectContaining({ raw: "A &amp; &lt;i&gt;" }),
        content: expect.objectContaining({
          raw: "<!-- wp:paragraph -->\n<p>a &lt;b&gt;</p>\n<!-- /wp:paragraph -->",
        }),
      }),
    ]);
  });

  it("is Markdown where blocks were asked for, with the link on its own", async () => {
    const options = { title: "A", format: "blocks" };
    await prepare(article({ text: "- one", link: "https://example.org/", options }), us.call());
    const [{ content }] = await drafts();
    expect(content.raw).toMatch(
      /<li>one<\/li>[\s\S]*<!-- wp:paragraph -->\n<p><a href="https:\/\/example.org\/">/,
    );
  });

  it("whose answer was lost is not made twice", async () => {
    us.lost.push("POST /posts");
    await expect(prepare(article(), us.call())).rejects.toMatchObject({ kind: "unavailable" });
    const { values } = await prepare(article({ text: "In other words." }), us.call());
    expect(await drafts()).toEqual([
      expect.objectContaining({
        id: Number(values.postId),
        content: expect.objectContaining({ raw: expect.stringContaining("In other words.") }),
      }),
    ]);
  });

  it("is left alone once it is public", async () => {
    const first = await prepare(article(), us.call());
    await us.api("POST", `/posts/${first.values.postId}`, { status: "publish" }); // keeps its name
    us.asked.length = 0;
    expect(await prepare(article({ text: "In other words." }), us.call())).toEqual(first);
    expect(us.asked).toEqual(["GET /posts"]);
    expect(us.actor.posts().map(({ text }) => text)).toEqual(["Clean water is a right."]);
  });

  it("that is ready is asked nothing more", async () => {
    const soFar = await prepare(article(), us.call());
    us.asked.length = 0;
    expect(await prepare(article(), { ...us.call(), soFar })).toBe(soFar);
    expect(us.asked).toEqual([]);
  });

  it("is not needed for a comment", async () => {
    expect((await prepare({ ...article(), role: "comment" }, us.call())).values).toEqual({});
    expect(us.asked).toEqual([]);
  });
});

describe("files", () => {
  it("the first picture is featured, the others stand below the text", async () => {
    const [film, first, second] = [
      await anyFile(world, "video", "A film"),
      await anyFile(world, "image", "50%ab <i> & &gt;"),
      await anyFile(world, "image", "100%25 <b> & &lt;"),
    ];
    const { values } = await prepare(article({ media: [film, first, second] }), us.call());
    const [{ content, featured_media: featured }] = await drafts();
    expect((await us.api("GET", `/media/${featured}`)).body).toMatchObject({
      media_type: "image",
      alt_text: "50&#037;ab &lt;i> & &amp;gt;",
    });
    expect(content.raw).toMatch(
      /<!-- wp:video \{"id":\d+\} -->\n<figure class="wp-block-video"><video controls src="http[^"]+"><\/video><\/figure>\n<!-- \/wp:video -->\n\n<!-- wp:image \{"id":(\d+)\} -->\n<figure class="wp-block-image"><img src="http[^"]+" alt="100%25 &lt;b&gt; &amp; &amp;lt;" class="wp-image-\1"\/><\/figure>/,
    );
    await us.api("POST", `/posts/${values.postId}`, { status: "publish" });
    const shown = us.actor.posts()[0]?.media.map(({ kind, altText }) => [kind, altText]);
    expect(shown).toEqual([
      ["image", "50%ab <i> & &gt;"],
      ["video", "A film"],
      ["image", "100%25 <b> & &lt;"],
    ]);
  });

  it.each(["POST /media", "POST /media/:id", "GET /media"])(
    "are not uploaded again when the answer to %s was lost",
    async (request) => {
      const media = [await anyFile(world, "image", "One"), await anyFile(world, "image", "Two")];
      const before = Number(await library());
      us.lost.push(request);
      await expect(prepare(article({ media }), us.call())).rejects.toMatchObject({ kind: "unavailable" });
      const { values } = await prepare(article({ media }), us.call());
      expect(Number(await library())).toBe(before + 2);
      await us.api("POST", `/posts/${values.postId}`, { status: "publish" });
      expect(us.actor.posts()[0]?.media.map(({ altText }) => altText)).toEqual(["One", "Two"]);
    },
  );

  it("have the description of the latest edit, even if that is none", async () => {
    const file = await anyFile(world, "image", "Before");
    for (const altText of ["Before", ""])
      await prepare(article({ media: [{ ...file, altText }] }), us.call());
    const [{ featured_media: featured }] = await drafts();
    expect((await us.api("GET", `/media/${featured}`)).body.alt_text).toBe("");
  });

  it("of a type the site does not allow are refused for good, though it answers 500", async () => {
    const file = { ...(await anyFile(world, "image")), mimeType: "image/heic" };
    await expect(prepare(article({ media: [file] }), us.call())).rejects.toMatchObject({
      kind: "invalid",
      detail: { status: 500, code: "media_type" },
    });
  });
});

describe("categories and tags", () => {
  const ids = async (options: Record<string, readonly string[]>) => {
    await prepare(article({ options: { title: "A", ...options } }), us.call());
    const [{ categories, tags }] = await drafts();
    return { categories, tags };
  };

  it("categories are found by number, name or address", async () => {
    expect(await ids({ categories: ["3", "events & CAMPAIGNS", "uncategorized"] })).toMatchObject({
      categories: [3, 4, 1],
    });
  });

  it("one the site does not have is refused in words, and not made", async () => {
    await expect(ids({ categories: ["News", "Nwes"] })).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringContaining("“Nwes”"),
      detail: { code: "category_unknown" },
    });
    expect(us.asked).toEqual(["GET /categories"]);
  });

  it("one of two with the same name is not guessed", async () => {
    const twins = [7, 8].map((id) => ({ id, slug: `wells-${id}`, name: "Wells" }));
    const answer = () => us.instead.set("GET /categories", Response.json(twins));
    answer();
    await expect(ids({ categories: ["wells"] })).rejects.toMatchObject({
      detail: { code: "category_ambiguous" },
    });
    answer();
    expect(await ids({ categories: ["8"] })).toMatchObject({ categories: [8] });
  });

  it("tags are made where they are missing, and used where they are there", async () => {
    const first = await ids({ tags: ["Rain & shine", "ماء", "rain & SHINE"] });
    expect(first.tags).toHaveLength(2);
    expect(await ids({ tags: ["ماء", "Rain & shine"] })).toMatchObject({ tags: first.tags.toReversed() });
    expect(
      (await us.api("GET", "/tags?per_page=100")).body.map(({ name }: { name: string }) => name),
    ).toEqual(expect.arrayContaining(["Rain &amp; shine", "ماء"]));
  });

  it("are taken away again by an edit", async () => {
    await ids({ categories: ["News"], tags: ["gone"] });
    expect(await ids({})).toEqual({ categories: [], tags: [] });
  });
});
