import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
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
import { createGuardedFetch } from "../../outbound/guarded-fetch.ts";
import type { Prepared } from "../contract/adapter.ts";
import { prepare } from "./prepare.ts";
import { publish } from "./publish.ts";
import { chunkBytes } from "./session.ts";
import { newestUploads } from "./uploads.ts";

const open = "POST /upload/youtube/v3/videos";
const size = 2 * chunkBytes + 1234;
const asks = `PUT /upload/youtube/v3/videos bytes */${size}`;
const chunk = (n: number) => {
  const from = n * chunkBytes;
  return `PUT /upload/youtube/v3/videos bytes ${from}-${Math.min(from + chunkBytes, size) - 1}/${size}`;
};
const status = "GET /youtube/v3/videos";

let on: OnYouTube;
let film: Media;

beforeAll(async () => {
  on = await youtubeOnPractice();
  film = on.file(clip(size));
});
afterAll(() => on.world.close());

/** How many videos the channel has, seen or not. */
async function videosOf({ call }: ReturnType<OnYouTube["channel"]>): Promise<number> {
  return (await newestUploads(100, call())).length;
}

describe("a video goes up as a private one", () => {
  it("whatever it shall be later, and says so: without a word it would be public", async () => {
    const { call, sent } = on.channel();
    const options = { title: "Water", privacy: "public", tags: ["water", "clean water"], madeForKids: true };
    await prepare(variant([film], { options, link: "https://example.org/water" }), call());
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      request: open,
      body: {
        snippet: {
          title: "Water",
          description: "Clean water is a right.\nhttps://example.org/water",
          tags: ["water", "clean water"],
        },
        status: { privacyStatus: "private", selfDeclaredMadeForKids: true },
      },
    });
    expect(sent[0]?.headers.get("x-upload-content-length")).toBe(String(size));
    expect(sent[0]?.headers.get("x-upload-content-type")).toBe("video/mp4");
  });

  it("hands out the session's address, sealed, before any byte goes", async () => {
    const { call, requests } = on.channel();
    const first = await prepare(variant([film]), call());
    expect(requests).toEqual([open]);
    expect(first.secrets?.session).toContain("upload_id=");
    expect(JSON.stringify(first.values)).not.toContain("upload_id=");
    expect(first.pollAfterMs).toBe(1);
  });

  it("in chunks of a multiple of 256 KiB, byte for byte", async () => {
    const channel = on.channel();
    const ready = await prepareFully(on.world, variant([film]), channel.call());
    expect(chunkBytes % (256 * 1024)).toBe(0);
    expect(channel.requests).toEqual([open, asks, chunk(0), chunk(1), chunk(2), status, status]);
    expect(ready).toEqual({
      values: { videoId: expect.stringMatching(/^[\w-]{11}$/) },
      expiresAt: "9999-12-31T23:59:59.999Z",
    });
    await publish(variant([film]), channel.call({ prepared: ready }));
    const shown = await fetch(channel.actor.posts()[0]?.media[0]?.url ?? "");
    expect(Buffer.from(await shown.arrayBuffer()).equals(Buffer.from(clip(size)))).toBe(true);
  });

  it("a few seconds at a time, and says how far it is", async () => {
    const { call, requests } = on.channel((request) => {
      if (request.includes("/upload/") && request.includes("-")) on.world.clock.advance(11_000); // a slow line
      return undefined;
    });
    const first = await prepare(variant([film]), call());
    const second = await prepare(variant([film]), { ...call(), soFar: stored(first) });
    expect(second).toMatchObject({
      values: { sentBytes: String(chunkBytes), ofBytes: String(size) },
      secrets: first.secrets,
      pollAfterMs: 1,
    });
    expect(requests).toEqual([open, asks, chunk(0)]);
  });
});

describe("whatever breaks, one video is made", () => {
  /** Prepares until it breaks, then goes on from what was stored, as the engine does. */
  async function withBreak(breaks: Breaks) {
    const channel = on.channel(breaks);
    let soFar: Prepared | undefined;
    let failures = 0;
    for (let round = 0; round < 100; round++) {
      try {
        soFar = stored(await prepare(variant([film]), { ...channel.call(), ...(soFar && { soFar }) }));
        if (soFar.pollAfterMs === undefined) break;
        on.world.clock.advance(soFar.pollAfterMs);
      } catch (error) {
        expect(error).toMatchObject({ kind: "unavailable" });
        failures++;
      }
    }
    expect(soFar?.values.videoId).toBeDefined();
    expect(failures).toBe(1);
    return channel;
  }

  it.each([
    ["the answer to opening a session is lost", open, "after", 2],
    ["a chunk is lost", chunk(1), "before", 1],
    ["the answer to a chunk is lost", chunk(1), "after", 1],
    ["the last chunk is lost", chunk(2), "before", 1],
    ["the answer to the last chunk is lost", chunk(2), "after", 1],
    ["the question how far it is is lost", asks, "after", 1],
    ["the answer whether it is processed is lost", status, "after", 1],
  ] as const)("%s", async (_what, broken, how, sessions) => {
    const channel = await withBreak((request, nth) => (request === broken && nth === 1 ? how : undefined));
    expect(channel.requests.filter((request) => request === open)).toHaveLength(sessions);
    expect(await videosOf(channel)).toBe(1);
    const arrived = channel.requests.filter((request) => request === chunk(0));
    expect(arrived).toHaveLength(1);
  });

  it("a worker dies after the last byte, and all it noted is the session", async () => {
    const channel = on.channel();
    const first = stored(await prepare(variant([film]), channel.call()));
    const dead = await prepareFully(on.world, variant([film]), channel.call(), first);
    const next = await prepareFully(on.world, variant([film]), channel.call(), first);
    expect(next.values.videoId).toBe(dead.values.videoId);
    expect(await videosOf(channel)).toBe(1);
  });
});

it("the one client for everything that leaves this machine sends it as well", async () => {
  const { call, actor } = on.channel();
  const guarded = createGuardedFetch({ allowedOrigins: [on.world.wire.url], allowedPrivateHosts: [] });
  const prepared = await prepareFully(on.world, variant([film]), call({ fetch: guarded.call }));
  await publish(variant([film]), call({ fetch: guarded.call, prepared }));
  await guarded.close();
  expect(actor.posts()).toHaveLength(1);
});

it("our token goes to no other host than YouTube's", async () => {
  const elsewhere = "http://localhost:1/upload?upload_id=abc";
  const channel = on.channel(undefined, (request) => {
    if (request === open) return new Response("", { headers: { location: elsewhere } });
    return request.startsWith("PUT") ? new Response(null, { status: 503 }) : undefined;
  });
  const soFar = await prepare(variant([film]), channel.call());
  await expect(prepare(variant([film]), { ...channel.call(), soFar })).rejects.toMatchObject({
    kind: "unavailable",
  });
  const [opened, asked] = channel.sent;
  expect(opened?.headers.has("authorization")).toBe(true);
  expect(asked?.headers.has("authorization")).toBe(false);
});
