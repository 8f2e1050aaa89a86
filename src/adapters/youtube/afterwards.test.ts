import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  clip,
  type OnYouTube,
  prepareFully,
  variant,
  youtubeOnPractice,
} from "../../../test/support/youtube-on-practice.ts";
import { deletePost } from "./delete-post.ts";
import { identify } from "./identify.ts";
import { metrics } from "./metrics.ts";
import { publish } from "./publish.ts";

let on: OnYouTube;
beforeAll(async () => {
  on = await youtubeOnPractice();
});
afterAll(() => on.world.close());

async function withComment() {
  const channel = on.channel();
  const content = variant([on.file(clip(500))]);
  const prepared = await prepareFully(on.world, content, channel.call());
  await publish(content, channel.call({ prepared }));
  const externalId = prepared.values.videoId ?? "";
  const parent = { externalId, rootExternalId: externalId };
  const comment = await publish(variant([], { role: "comment" }), channel.call({ parent }));
  return { channel, video: externalId, comment: "externalId" in comment ? comment.externalId : "" };
}

const answering = (body: unknown, status = 200) =>
  on.channel(undefined, () => Response.json(body, { status }));

describe("deleting", () => {
  it("takes a comment by itself, a video with all below it, and either twice", async () => {
    const { channel, video, comment } = await withComment();
    await deletePost(comment, channel.call());
    expect(channel.actor.posts().map(({ id }) => id)).toEqual([video]);
    await deletePost(comment, channel.call());
    await deletePost(video, channel.call());
    expect(channel.actor.posts()).toEqual([]);
    await deletePost(video, channel.call());
    const other = await withComment();
    await deletePost(other.video, other.channel.call());
    expect(other.channel.actor.posts()).toEqual([]);
  });

  it("does not take what belongs to another channel", async () => {
    const { video, comment, channel } = await withComment();
    const stranger = on.channel();
    await expect(deletePost(video, stranger.call())).rejects.toMatchObject({ kind: "forbidden" });
    await expect(deletePost(comment, stranger.call())).rejects.toMatchObject({ kind: "forbidden" });
    expect(channel.actor.posts()).toHaveLength(2);
  });
});

describe("counts", () => {
  it("come as strings and are numbers here; what is hidden is left out", async () => {
    const statistics = { viewCount: "1234", commentCount: "5", favoriteCount: "0" };
    const { call } = answering({ items: [{ id: "dQw4w9WgXcQ", statistics }] });
    expect(await metrics("dQw4w9WgXcQ", call())).toEqual({ views: 1234, replies: 5 });
  });

  it("of a real video count its comments, of a comment its likes", async () => {
    const { channel, video, comment } = await withComment();
    expect(await metrics(video, channel.call())).toEqual({ views: 0, likes: 0, replies: 1 });
    expect(await metrics(comment, channel.call())).toEqual({ likes: 0 });
  });

  it.each(["dQw4w9WgXcQ", "UgxNobodyWroteThisComment0"])(
    "of %s, which is gone, there are none",
    async (id) => {
      await expect(metrics(id, on.channel().call())).rejects.toMatchObject({ kind: "invalid" });
    },
  );
});

describe("who a token speaks for", () => {
  it("has a handle without the @", async () => {
    const channel = { id: "UC1", snippet: { title: "Water for all", customUrl: "@waterforall" } };
    expect(await identify(answering({ items: [channel] }).call())).toEqual({
      externalId: "UC1",
      handle: "waterforall",
      name: "Water for all",
    });
  });

  it("has its id for a handle where it chose none", async () => {
    const { call } = answering({ items: [{ id: "UC1", snippet: { title: "Water" } }] });
    expect(await identify(call())).toEqual({ externalId: "UC1", handle: "UC1", name: "Water" });
  });

  it.each<[string, unknown, number]>([
    ["says so", { error: { code: 401, errors: [{ reason: "youtubeSignupRequired" }] } }, 401],
    ["lists none", { kind: "youtube#channelListResponse", pageInfo: { totalResults: 0 } }, 200],
  ])("has to have a channel: YouTube %s", async (_how, body, status) => {
    await expect(identify(answering(body, status).call())).rejects.toMatchObject({
      kind: "unauthorized",
      message: expect.stringContaining("no YouTube channel yet"),
    });
  });

  it("is nobody without an id", async () => {
    const { call } = answering({ items: [{ snippet: { title: "Water" } }] });
    await expect(identify(call())).rejects.toMatchObject({ kind: "unavailable" });
  });
});
