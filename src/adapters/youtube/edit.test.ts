import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { publishFully } from "../../../test/contract/check.ts";
import {
  clip,
  type OnYouTube,
  variant,
  youtubeOnPractice,
} from "../../../test/support/youtube-on-practice.ts";
import { youtube } from "./index.ts";

let on: OnYouTube;
beforeAll(async () => {
  on = await youtubeOnPractice();
});
afterAll(() => on.world.close());

const shown = (snippet: object | undefined) =>
  Response.json({ items: [{ id: "aaaaaaaaaaa", ...(snippet && { snippet }) }] });

describe("an edited video", () => {
  it("has its new title and text, and keeps its tags, its audience and its playlist", async () => {
    const channel = on.channel();
    const options = { tags: ["water", "clean water"], privacy: "unlisted", playlist: "Campaigns" };
    const content = variant([on.file(clip(1000))], { options });
    const { externalId } = await publishFully(on.world, channel.actor, content, channel.call() as never);
    const [before] = channel.actor.posts();
    const words = { text: "New words", link: "https://example.org/", options: { title: "New title" } };
    channel.requests.length = 0;
    await youtube.edit?.(externalId, variant(content.media, words), channel.call());
    expect(channel.actor.posts()).toEqual([
      {
        ...before,
        text: "New words\nhttps://example.org/",
        extra: { ...before?.extra, title: "New title" },
      },
    ]);
    expect(channel.requests).toEqual(["GET /youtube/v3/videos", "PUT /youtube/v3/videos"]);
  });

  it("keeps its title where the new variant has none, and every other word YouTube knows of it", async () => {
    const kept = {
      categoryId: "28",
      tags: ["water"],
      defaultLanguage: "ar",
      defaultAudioLanguage: "ar-EG",
    };
    const read = { ...kept, title: "Old", description: "Old", channelTitle: "Water", thumbnails: {} };
    const channel = on.channel(undefined, (request) =>
      request.startsWith("GET") ? shown(read) : Response.json({ id: "aaaaaaaaaaa" }),
    );
    await youtube.edit?.("aaaaaaaaaaa", { ...variant([]), options: {} }, channel.call());
    expect(channel.sent.at(-1)?.body).toEqual({
      id: "aaaaaaaaaaa",
      snippet: { ...kept, title: "Old", description: variant([]).text },
    });
  });

  it("is not sent where YouTube does not say what would be lost", async () => {
    const channel = on.channel(undefined, () => shown(undefined));
    await expect(youtube.edit?.("aaaaaaaaaaa", variant([]), channel.call())).rejects.toMatchObject({
      kind: "unavailable",
    });
    expect(channel.requests).toEqual(["GET /youtube/v3/videos"]);
  });
});

it("a comment can be edited, and is gone when its video is", async () => {
  const channel = on.channel();
  const content = variant([on.file(clip(1000))]);
  const { externalId } = await publishFully(on.world, channel.actor, content, channel.call() as never);
  const parent = { externalId, rootExternalId: externalId };
  const below = variant([], { role: "comment", text: "More" });
  const call = { ...channel.call(), parent };
  const comment = await publishFully(on.world, channel.actor, below, call as never);
  await youtube.edit?.(comment.externalId, { ...below, text: "Still more" }, channel.call());
  expect(channel.actor.posts().map(({ text }) => text)).toEqual([content.text, "Still more"]);
  const other = youtube.edit?.(comment.externalId, below, on.channel().call());
  await expect(other).rejects.toMatchObject({ kind: "forbidden" });
  await youtube.delete?.(externalId, channel.call());
  await expect(youtube.edit?.(comment.externalId, below, channel.call())).rejects.toMatchObject({
    kind: "invalid",
    detail: { code: "post_gone" },
  });
});
