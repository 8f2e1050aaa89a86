import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { anyFile, plain, publishFully } from "../../../test/contract/check.ts";
import { openWorld, type World } from "../../../test/contract/world.ts";
import type { Variant } from "../../domain/post.ts";
import type { OwnPost } from "./api.ts";
import { edit } from "./edit.ts";
import { tumblr } from "./index.ts";
import { practice } from "./practice.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld(tumblr, practice);
});
afterAll(() => world.close());

const link = "https://example.org/petition";

describe("an edited post", () => {
  it("has its new title and paragraphs, and keeps its pictures, its video, its link and its tags", async () => {
    const actor = world.actor();
    const media = [
      await anyFile(world, "image", "A well"),
      await anyFile(world, "image", "A river"),
      await anyFile(world, "video"),
    ];
    const options = { title: "Water", tags: ["water", "clean water"] };
    const { externalId } = await publishFully(world, actor, await plain(world, { media, link, options }));
    const [before] = actor.posts();
    const words = { text: "One\n\nTwo https://example.org/\n\nThree", options: { title: "Rivers" } };
    const variant = await plain(world, { ...words, media, link });
    for (let time = 0; time < 2; time++) await tumblr.edit?.(externalId, variant, actor.call() as never);
    expect(actor.posts()).toEqual([
      { ...before, text: words.text, extra: { title: "Rivers", tags: "water, clean water" } },
    ]);
    const [read] = (await tumblr.recent?.(new Date(0), actor.call() as never)) ?? [];
    expect(read).toMatchObject({ text: `Rivers\n\n${words.text}`, link });
    expect(read?.media.map(({ altText }) => altText)).toEqual(["A well", "A river", ""]);
  });
});

describe("the request that edits", () => {
  const text = (words: string) => ({ type: "text", text: words });
  const title = { ...text("Old title"), subtype: "heading1" };
  const picture = {
    type: "image",
    media: [{ url: "https://64.media.tumblr.com/a.jpg" }],
    alt_text: "A well",
  };
  const card = { type: "link", url: link };

  it.each<[string, OwnPost["content"], Partial<Variant>, object[]]>([
    [
      "puts the text where it stood, between what others put there",
      [picture, text("a"), picture, text("b")],
      {},
      [picture, text("New"), picture],
    ],
    ["puts it above the link where there was none", [picture, card], {}, [picture, text("New"), card]],
    ["puts it below the pictures where there is no link", [picture], {}, [picture, text("New")]],
    ["keeps a title that nobody names", [title, text("a")], {}, [title, text("New")]],
    [
      "changes a title",
      [title, text("a")],
      { options: { title: "New title" } },
      [{ ...title, text: "New title" }, text("New")],
    ],
    ["takes the text away", [picture, text("a"), card], { text: "" }, [picture, text(""), card]],
    ["leaves no empty block at an end", [picture, text("a")], { text: "" }, [picture]],
  ])("%s", async (_what, content, changes, expected) => {
    expect((await sent({ content }, changes)).content).toEqual(expected);
  });

  it("sends back all that Tumblr would take away", async () => {
    const rest = { state: "published", date: "2026-11-30 05:00:00 GMT", slug: "water" };
    const given = { ...rest, tags: ["a", "b c"], source_url: "https://t.umblr.com/x", source_url_raw: link };
    const post = { ...given, interactability_reblog: "noone", content: [picture, picture, text("a")] };
    expect(await sent(post)).toEqual({
      ...rest,
      tags: "a,b c",
      source_url: link,
      interactability_reblog: "noone",
      content: [picture, picture, text("New")],
      layout: [{ type: "rows", display: [{ blocks: [0, 1] }, { blocks: [2] }] }],
    });
  });

  it("is not made where Tumblr does not say what is there", async () => {
    await expect(sent({} as OwnPost)).rejects.toMatchObject({ kind: "unavailable" });
  });
});

/** What is sent for a post that reads like this. */
async function sent(post: OwnPost, changes: Partial<Variant> = {}): Promise<Record<string, unknown>> {
  const bodies: string[] = [];
  const fetching = async (_url: string, init: RequestInit) => {
    if (init.method === "PUT") bodies.push(String(init.body));
    return Response.json({ response: post });
  };
  const variant = await plain(world, { text: "New", ...changes });
  await edit("1", variant, world.actor().call({ fetch: fetching as never }) as never);
  expect(bodies).toHaveLength(1);
  return JSON.parse(bodies[0] ?? "") as Record<string, unknown>;
}
