import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { publishFully } from "../../../test/contract/check.ts";
import {
  film,
  picture,
  pinterestOnPractice,
  variant,
  type World,
} from "../../../test/support/pinterest-on-practice.ts";
import type { Variant } from "../../domain/post.ts";
import { PublishError } from "../contract/publish-error.ts";
import { pinterest } from "./index.ts";

let world: World;
beforeAll(async () => {
  world = await pinterestOnPractice();
});
afterAll(() => world.close());

async function published(part: Partial<Variant>) {
  const actor = world.actor();
  const content = variant(part);
  const { externalUrl } = await publishFully(world, actor, content);
  const [post] = actor.posts();
  return { post, externalUrl };
}

describe("what stands on the Pin", () => {
  it("is the text, the title, the link, the alt text and the board", async () => {
    const { post, externalUrl } = await published({
      text: "Clean water & a <b>right</b>",
      link: "https://example.org/petition?a=1&b=2",
      media: [await picture(world, "A well")],
      options: { board: "our CAMPAIGNS", title: "Water for all" },
    });
    expect(post).toMatchObject({
      text: "Clean water & a <b>right</b>",
      link: "https://example.org/petition?a=1&b=2",
      media: [{ kind: "image", altText: "A well" }],
      extra: { board: "Our campaigns", title: "Water for all", altText: "A well" },
    });
    expect(new URL(externalUrl).pathname).toBe(`/pinterest/pin/${post?.id}/`);
    expect((await fetch(externalUrl)).status).toBe(200);
  });

  it("may be a picture alone", async () => {
    const { post } = await published({ text: "", media: [await picture(world)] });
    expect(post).toMatchObject({ text: "", link: null });
    expect(Object.keys(post?.extra ?? {})).toEqual(["boardId", "board"]);
  });

  it("takes the option's link where the post has none, and the post's own where it has", async () => {
    const options = { board: "Clarion", link: "https://example.org/option" };
    const media = [await picture(world)];
    expect((await published({ media, options })).post?.link).toBe("https://example.org/option");
    const link = "https://example.org/own";
    expect((await published({ media, options, link })).post?.link).toBe(link);
  });

  it("is up to five pictures with one alt text for them all", async () => {
    const media = await Promise.all(
      ["A well", "", "A girl"].map((text) => picture(world, text, 1, "image/png")),
    );
    const { post } = await published({ media });
    expect(post?.media.map(({ altText }) => altText)).toEqual(["1. A well\n3. A girl", "", ""]);
  });

  it("is a video that was uploaded before", async () => {
    const { post } = await published({ media: [{ ...(await film(world)), altText: "A river" }] });
    expect(post?.media).toMatchObject([{ kind: "video", altText: "A river" }]);
  });
});

describe("nothing is sent", () => {
  it("while the Pin is not prepared", async () => {
    const actor = world.actor();
    const ready = { values: { boardId: "1" }, expiresAt: "9999-12-31T00:00:00.000Z" };
    const video = variant({ media: [await film(world)] });
    for (const call of [actor.call(), actor.call({ prepared: ready })])
      await expect(pinterest.publish(video, call)).rejects.toMatchObject({
        kind: "unavailable",
        detail: { notSent: true },
      });
    expect(actor.commits()).toBe(0);
  });

  it("where a file is gone", async () => {
    const actor = world.actor();
    const gone = new PublishError("invalid", "The file is not there any more");
    const media = { open: () => Promise.reject(gone), publicUrl: () => "" };
    const prepared = { values: { boardId: "1" }, expiresAt: "9999-12-31T00:00:00.000Z" };
    await expect(pinterest.publish(variant(), actor.call({ media, prepared }))).rejects.toBe(gone);
    expect(actor.commits()).toBe(0);
  });
});

describe("a file that breaks off while it is sent", () => {
  it("leaves the fate of the Pin open, though nothing was published", async () => {
    const actor = world.actor();
    const broken = {
      size: 1_000_000,
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error("disk")) }),
    } as unknown as Blob;
    const media = { open: async () => broken, publicUrl: () => "" };
    const prepared = { values: { boardId: "1" }, expiresAt: "9999-12-31T00:00:00.000Z" };
    await expect(pinterest.publish(variant(), actor.call({ media, prepared }))).rejects.toMatchObject({
      kind: "indeterminate",
    });
    expect(actor.posts()).toEqual([]);
  });
});
