import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { stored } from "../../../test/contract/world.ts";
import {
  clip,
  type OnYouTube,
  prepareFully,
  variant,
  youtubeOnPractice,
} from "../../../test/support/youtube-on-practice.ts";
import type { Media, Variant } from "../../domain/post.ts";
import type { Prepared } from "../contract/adapter.ts";
import { prepare } from "./prepare.ts";
import { publish } from "./publish.ts";

const weekMs = 7 * 24 * 60 * 60_000;
const open = "POST /upload/youtube/v3/videos";
const lookUp = "GET /youtube/v3/playlistItems";

let on: OnYouTube;
let film: Media;

beforeAll(async () => {
  on = await youtubeOnPractice();
  film = on.file(clip(1000));
});
afterAll(() => on.world.close());

/** A session on record, and what the worker that died in between made of it. */
async function dead(content: Variant, more: (first: Prepared, channel: Channel) => Promise<unknown>) {
  const channel = on.channel();
  const first = stored(await prepare(content, channel.call()));
  await more(first, channel);
  on.world.clock.advance(weekMs); // YouTube forgets the session
  channel.requests.length = 0;
  return { channel, first };
}
type Channel = ReturnType<OnYouTube["channel"]>;

describe("when YouTube has forgotten the session", () => {
  it("the upload begins anew once it is proven that no video was made", async () => {
    const { channel, first } = await dead(variant([film]), async () => {});
    const next = await prepare(variant([film]), { ...channel.call(), soFar: first });
    expect(channel.requests.slice(1)).toEqual(["GET /youtube/v3/channels", lookUp, open]);
    expect(next).toMatchObject({ values: { restarts: "1" }, pollAfterMs: 1 });
    expect(next.secrets?.session).not.toBe(first.secrets?.session);
    expect(
      (await prepareFully(on.world, variant([film]), channel.call(), next)).values.videoId,
    ).toBeDefined();
  });

  it("the video it made is found and used", async () => {
    const content = variant([film], { text: " Naïve 🐟 text\n", options: { title: "Naïve" } });
    let made: Prepared | undefined;
    const { channel, first } = await dead(content, async (soFar, { call }) => {
      made = await prepareFully(on.world, content, call(), soFar);
    });
    const next = await prepareFully(on.world, content, channel.call(), first);
    expect(next.values.videoId).toBe(made?.values.videoId);
    expect(channel.requests).not.toContain(open);
  });

  it.each([
    ["of another title", { options: { title: "Another" } }],
    ["of another text", { text: "Another" }],
  ])("a private video %s is not ours", async (_what, part) => {
    const { channel, first } = await dead(variant([film]), async (_soFar, { call }) => {
      await prepareFully(on.world, variant([film], part), call());
    });
    await prepare(variant([film]), { ...channel.call(), soFar: first });
    expect(channel.requests).toContain(open);
  });

  it("a video that is public, or was there before, is not ours", async () => {
    const channel = on.channel();
    await prepareFully(on.world, variant([film]), channel.call());
    on.world.clock.advance(weekMs);
    const first = stored(await prepare(variant([film]), channel.call()));
    const prepared = await prepareFully(on.world, variant([film]), channel.call());
    await publish(variant([film]), channel.call({ prepared }));
    on.world.clock.advance(weekMs);
    channel.requests.length = 0;
    await prepare(variant([film]), { ...channel.call(), soFar: first });
    expect(channel.requests).toContain(open);
  });

  it("between two videos of the same words a person decides", async () => {
    const { channel, first } = await dead(variant([film]), async (_soFar, { call }) => {
      await prepareFully(on.world, variant([film]), call());
      await prepareFully(on.world, variant([film]), call());
    });
    await expect(prepare(variant([film]), { ...channel.call(), soFar: first })).rejects.toMatchObject({
      kind: "invalid",
      detail: { code: "upload_unclear" },
    });
    expect(channel.requests).not.toContain(open);
  });

  it("it does not begin anew when it could not look", async () => {
    const forgotten = on.channel((request) => (request === lookUp ? "before" : undefined));
    const first = stored(await prepare(variant([film]), forgotten.call()));
    on.world.clock.advance(weekMs);
    await expect(prepare(variant([film]), { ...forgotten.call(), soFar: first })).rejects.toMatchObject({
      kind: "unavailable",
    });
    expect(forgotten.requests.filter((request) => request === open)).toHaveLength(1);
  });

  it("it gives up in words after three times", async () => {
    const { channel, first } = await dead(variant([film]), async () => {});
    const third = { ...first, values: { ...first.values, restarts: "2" } };
    await expect(prepare(variant([film]), { ...channel.call(), soFar: third })).rejects.toMatchObject({
      kind: "invalid",
      detail: { code: "upload_failed" },
    });
  });
});

it("an upload whose address was lost is one that was forgotten", async () => {
  const channel = on.channel();
  const { secrets: _lost, ...first } = stored(await prepare(variant([film]), channel.call()));
  const next = await prepare(variant([film]), { ...channel.call(), soFar: first });
  expect(next.values.restarts).toBe("1");
});
