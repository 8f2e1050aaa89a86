import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  clip,
  type OnYouTube,
  prepareFully,
  variant,
  youtubeOnPractice,
} from "../../../test/support/youtube-on-practice.ts";
import type { Options } from "../../domain/post.ts";
import { publish } from "./publish.ts";
import { recent } from "./recent.ts";

let on: OnYouTube;
const long = new Date(0);

beforeAll(async () => {
  on = await youtubeOnPractice();
});
afterAll(() => on.world.close());

async function post({ call }: ReturnType<OnYouTube["channel"]>, text: string, options: Options) {
  const content = variant([on.file(clip(500))], { text, options });
  const prepared = await prepareFully(on.world, content, call());
  await publish(content, call({ prepared }));
  on.world.clock.advance(60_000);
  return prepared.values.videoId ?? "";
}

describe("what a channel posted itself", () => {
  it("is what everyone may see, newest first, in full, with the video as a link", async () => {
    const channel = on.channel();
    const first = await post(channel, "Water & more ماء", { title: "One" });
    await post(channel, "Hidden", { title: "Two", privacy: "unlisted" });
    await post(channel, "Hidden", { title: "Three", privacy: "private" });
    const last = await post(channel, "", { title: "Four" });
    const found = await recent(long, channel.call());
    expect(found.map(({ externalId, text }) => [externalId, text])).toEqual([
      [last, "Four"],
      [first, "One\n\nWater & more ماء"],
    ]);
    expect(found[0]).toMatchObject({
      externalUrl: `${on.world.wire.url}/youtube/watch?v=${last}`,
      link: `${on.world.wire.url}/youtube/watch?v=${last}`,
      media: [],
      language: null,
      isReply: false,
      isRepost: false,
    });
    const after = new Date((found[1]?.createdAt.getTime() ?? 0) + 1);
    expect((await recent(after, channel.call())).map(({ externalId }) => externalId)).toEqual([last]);
  });

  it("counts from when it became public, not from its upload", async () => {
    const channel = on.channel();
    const content = variant([on.file(clip(500))]);
    const prepared = await prepareFully(on.world, content, channel.call());
    on.world.clock.advance(60 * 60_000);
    const publishedAt = on.world.clock.now();
    await publish(content, channel.call({ prepared }));
    expect(await recent(publishedAt, channel.call())).toHaveLength(1);
  });

  it("is nothing on a channel without a video", async () => {
    expect(await recent(long, on.channel().call())).toEqual([]);
  });

  it("is a hundred at most, read in pages", async () => {
    const at = on.world.clock.now().toISOString();
    const item = (n: number) => ({
      snippet: { title: `Video ${n}`, description: "", publishedAt: at },
      contentDetails: { videoId: `video${n}`, videoPublishedAt: at },
      status: { privacyStatus: "public" },
    });
    const uploads = { contentDetails: { relatedPlaylists: { uploads: "UU1" } } };
    const channel = on.channel(undefined, (request) => {
      if (request.endsWith("/channels")) return Response.json({ items: [uploads] });
      const items = Array.from({ length: 50 }, (_, n) => item(n));
      return Response.json({ items, nextPageToken: "CDIQ" });
    });
    expect(await recent(long, channel.call())).toHaveLength(100);
    expect(channel.requests).toHaveLength(3);
  });
});
