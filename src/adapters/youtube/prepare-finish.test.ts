import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import sharp from "sharp";
import { stored } from "../../../test/contract/world.ts";
import {
  type Breaks,
  clip,
  type OnYouTube,
  prepareFully,
  variant,
  youtubeOnPractice,
} from "../../../test/support/youtube-on-practice.ts";
import type { Media } from "../../domain/post.ts";
import type { Prepared } from "../contract/adapter.ts";
import { list } from "./api.ts";
import { choices } from "./playlists.ts";
import { prepare } from "./prepare.ts";
import { publish } from "./publish.ts";

const open = "POST /upload/youtube/v3/videos";
const add = "POST /youtube/v3/playlistItems";
const cover = "POST /upload/youtube/v3/thumbnails/set";

let on: OnYouTube;
let film: Media;
let picture: Media;

beforeAll(async () => {
  on = await youtubeOnPractice();
  film = on.file(clip(1000));
  const image = sharp({ create: { width: 1280, height: 720, channels: 3, background: "#1d6fa5" } });
  picture = on.file(new Uint8Array(await image.jpeg().toBuffer()), "image/jpeg");
});
afterAll(() => on.world.close());

const withPlaylist = (playlist: string) => variant([film], { options: { title: "Water", playlist } });

describe("the playlist", () => {
  it.each([
    ["by its name, however it is written", (_id: string) => " campaigns "],
    ["by its id", (id: string) => id],
  ])("is found %s, and holds the video once", async (_how, named) => {
    const channel = on.channel();
    const [first] = await choices("playlist", {}, channel.call());
    expect(first?.label).toBe("Campaigns");
    const content = withPlaylist(named(first?.value ?? ""));
    const { values } = await prepareFully(on.world, content, channel.call());
    expect(await itemsOf(first?.value ?? "", channel.call())).toEqual([values.videoId]);
  });

  it("is not given the video again when its answer was lost", async () => {
    const breaks: Breaks = (request, nth) => (request === add && nth === 1 ? "after" : undefined);
    const channel = on.channel(breaks);
    const [first] = await choices("playlist", {}, channel.call());
    let soFar: Prepared | undefined;
    const content = withPlaylist("Campaigns");
    for (let round = 0; round < 20 && !(soFar && soFar.pollAfterMs === undefined); round++) {
      on.world.clock.advance(5000);
      const step: Promise<Prepared> = prepare(content, { ...channel.call(), ...(soFar && { soFar }) });
      soFar = stored((await step.catch(() => soFar)) as Prepared);
    }
    expect(channel.requests.filter((request) => request === add)).toHaveLength(1);
    expect(await itemsOf(first?.value ?? "", channel.call())).toEqual([soFar?.values.videoId]);
  });

  it("that is not there is told before an upload is used up", async () => {
    const channel = on.channel();
    await expect(prepare(withPlaylist("Holidays"), channel.call())).rejects.toMatchObject({
      kind: "invalid",
      detail: { code: "playlist_unknown" },
    });
    expect(channel.requests).not.toContain(open);
  });

  it("of a name that two have is not guessed", async () => {
    const twins = ["PL1", "PL2"].map((id) => ({ id, snippet: { title: "Campaigns" } }));
    const channel = on.channel(undefined, (request) =>
      request.endsWith("/playlists") ? Response.json({ items: twins }) : undefined,
    );
    await expect(prepare(withPlaylist("Campaigns"), channel.call())).rejects.toMatchObject({
      kind: "invalid",
      detail: { code: "playlist_ambiguous" },
    });
  });

  it("has its choices over all pages; no other option has any", async () => {
    const pages = [
      { items: [{ id: "PL1", snippet: { title: "One" } }], nextPageToken: "CAUQ" },
      { items: [{ id: "PL2" }] },
    ];
    const channel = on.channel(undefined, () => Response.json(pages.shift()));
    expect(await choices("playlist", {}, channel.call())).toEqual([
      { value: "PL1", label: "One" },
      { value: "PL2", label: "PL2" },
    ]);
    expect(await choices("privacy", {}, channel.call())).toEqual([]);
  });

  async function itemsOf(playlistId: string, call: Parameters<typeof list>[0]) {
    const items = await list<{ contentDetails: { videoId: string } }>(call, "playlistItems", {
      part: "contentDetails",
      playlistId,
    });
    return items.map(({ contentDetails }) => contentDetails.videoId);
  }
});

describe("the cover", () => {
  it("is the picture beside the video, wherever it stands", async () => {
    const channel = on.channel();
    const content = variant([picture, film]);
    const prepared = await prepareFully(on.world, content, channel.call());
    await publish(content, channel.call({ prepared }));
    expect(channel.actor.posts()[0]?.media.map(({ kind }) => kind)).toEqual(["video", "image"]);
  });

  it("that YouTube cannot use is told in words, and the video stays unseen", async () => {
    const channel = on.channel();
    const broken = on.file(new Uint8Array(Buffer.from("<html>no picture</html>")), "image/png");
    await expect(prepareFully(on.world, variant([film, broken]), channel.call())).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringContaining("cover"),
    });
    expect(channel.actor.posts()).toEqual([]);
  });
});

describe("YouTube's work on the video", () => {
  it("is waited for, so that a video that cannot be converted is told in time", async () => {
    const channel = on.channel();
    const none = on.file(new Uint8Array(Buffer.from("<html>no video</html>")));
    await expect(prepareFully(on.world, variant([none]), channel.call())).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringContaining("MP4"),
      detail: { code: "media_refused" },
    });
  });

  it("is waited for two minutes, no longer: the moment counts more", async () => {
    const working = { items: [{ id: "dQw4w9WgXcQ", status: { uploadStatus: "uploaded" } }] };
    const channel = on.channel(undefined, (request) =>
      request === "GET /youtube/v3/videos" ? Response.json(working) : undefined,
    );
    const startedAt = on.world.clock.now().getTime();
    const content = variant([film, picture]);
    expect((await prepareFully(on.world, content, channel.call())).pollAfterMs).toBeUndefined();
    const tookMs = on.world.clock.now().getTime() - startedAt;
    expect(tookMs).toBeGreaterThanOrEqual(120_000);
    expect(tookMs).toBeLessThan(150_000);
    expect(channel.requests.length).toBeLessThan(25); // every look costs
    expect(channel.requests.at(-1)).toBe(cover);
  });

  it("on a video that somebody deleted meanwhile is over", async () => {
    const channel = on.channel(undefined, (request) =>
      request === "GET /youtube/v3/videos" ? Response.json({ items: [] }) : undefined,
    );
    await expect(prepareFully(on.world, variant([film]), channel.call())).rejects.toMatchObject({
      detail: { code: "media_gone" },
    });
  });
});
