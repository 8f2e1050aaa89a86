import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import type { Actor } from "../../../test/contract/world.ts";
import { type GraphWorld, graphOnPractice, variant } from "../../../test/support/graph-on-practice.ts";
import { facebook } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let page: Actor;

beforeAll(async () => {
  on = await graphOnPractice(facebook, practice);
});
afterAll(() => on.world.close());
beforeEach(() => {
  page = on.world.actor();
  on.instead.length = 0;
  on.asked.length = 0;
});

const film = () => anyFile(on.world, "video");

describe("afterwards", () => {
  it("counts comments on posts, videos and comments alike", async () => {
    const post = await publishFully(on.world, page, variant());
    const parent = { externalId: post.externalId, rootExternalId: post.externalId };
    const comment = await publishFully(on.world, page, variant({ role: "comment" }), { parent });
    const video = await publishFully(on.world, page, variant({ media: [await film()] }));
    const metrics = (id: string) => on.world.adapter.metrics?.(id, page.call());
    expect(await metrics(post.externalId)).toEqual({ likes: 0, replies: 1, reposts: 0 });
    expect(await metrics(comment.externalId)).toEqual({ likes: 0, replies: 0 });
    expect(await metrics(video.externalId)).toEqual({ likes: 0, replies: 0 });
  });

  it("has other words beside its photos and videos, and in its comments, with the link below them", async () => {
    const link = "https://example.org/water";
    const photo = [await anyFile(on.world, "image", "A well")];
    const post = await publishFully(on.world, page, variant({ media: photo }));
    const parent = { externalId: post.externalId, rootExternalId: post.externalId };
    const comment = variant({ role: "comment" });
    const video = variant({ media: [await film()] });
    for (const [{ externalId }, of] of [
      [post, variant({ media: photo })],
      [await publishFully(on.world, page, video), video],
      [await publishFully(on.world, page, comment, { parent }), comment],
    ] as const) {
      await on.world.adapter.edit?.(externalId, { ...of, text: "New words", link }, page.call());
      expect(page.posts().find(({ id }) => id === externalId)).toMatchObject({
        text: `New words\n${link}`,
        media: of.media.map(({ altText }) => ({ altText })),
      });
    }
  });

  it("keeps the card of a link when its words change", async () => {
    const link = "https://example.org/water";
    const { externalId } = await publishFully(on.world, page, variant({ link }));
    await on.world.adapter.edit?.(externalId, variant({ text: "New words", link }), page.call());
    expect(page.posts()).toMatchObject([{ text: "New words", link }]);
  });

  it("is not taken for edited when Facebook does not say so", async () => {
    const { externalId } = await publishFully(on.world, page, variant());
    on.instead.push({ method: "POST", path: externalId, reply: { status: 200, body: {} } });
    const answer = on.world.adapter.edit?.(externalId, variant({ text: "New words" }), page.call());
    await expect(answer).rejects.toMatchObject({ kind: "unavailable" });
  });

  it("does not call a post deleted that is somebody else's", async () => {
    const { externalId } = await publishFully(on.world, on.world.actor(), variant());
    const answer = on.world.adapter.delete?.(externalId, page.call());
    await expect(answer).rejects.toMatchObject({ kind: "forbidden" });
  });
});
