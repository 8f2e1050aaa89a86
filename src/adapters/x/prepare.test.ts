import { afterAll, beforeAll, describe, expect, it, test } from "@jest/globals";
import { fetch as undiciFetch } from "undici";
import {
  picture,
  prepareFully,
  variant,
  video,
  type XCall,
  type XOnPractice,
  xOnPractice,
} from "../../../test/support/x-on-practice.ts";
import type { Media } from "../../domain/post.ts";
import type { Prepared } from "../contract/adapter.ts";
import { x } from "./index.ts";
import { mediaIdsOf, prepare } from "./prepare.ts";
import { segmentBytes } from "./upload.ts";

const hourMs = 60 * 60_000;
let on: XOnPractice;
let clip: Media;
let handle = 0;

beforeAll(async () => {
  on = await xOnPractice();
  clip = await on.file("video/mp4", video(6 * segmentBytes - 1));
});
afterAll(() => on.close());

/** A call whose requests are written down, and broken when `breaks` says so. */
function recorded(breaks: (request: string) => boolean = () => false): { call: XCall; requests: string[] } {
  const requests: string[] = [];
  const fetching = async (url: string | URL | Request, init?: RequestInit) => {
    const request = `${init?.method ?? "GET"} ${new URL(String(url)).pathname.replace(/\d{5,}/, ":id")}`;
    if (breaks(request)) throw new TypeError("fetch failed");
    requests.push(request);
    if (request === append) on.pass(2500); // a slow line: four segments in ten seconds
    return undiciFetch(String(url), init as never);
  };
  return {
    call: on.call(on.account(`prepare_${++handle}`), { fetch: fetching as unknown as typeof fetch }),
    requests,
  };
}

const initialize = "POST /x/2/media/upload/initialize";
const append = "POST /x/2/media/upload/:id/append";
const count = (requests: readonly string[], request: string) =>
  requests.filter((one) => one === request).length;

describe("a text alone needs no preparation", () => {
  it("asks X nothing and stays good", async () => {
    const { call, requests } = recorded();
    const prepared = await prepare(variant({}), call);
    expect(prepared.values).toEqual({});
    expect(prepared.pollAfterMs).toBeUndefined();
    expect(new Date(prepared.expiresAt).getTime() - Date.now()).toBeGreaterThan(365 * 24 * hourMs);
    expect(requests).toEqual([]);
  });
});

describe("what is prepared does not outlive X's memory of it", () => {
  it("is good for 20 of 24 hours, counted from the first upload", async () => {
    const { call } = recorded();
    const startedAt = on.now().getTime();
    const prepared = await prepareFully(variant({ media: [clip] }), call, on.pass);
    expect(new Date(prepared.expiresAt).getTime()).toBe(startedAt + 20 * hourMs);
  });

  it("is made anew once it is too old", async () => {
    const { call } = recorded();
    const content = variant({ media: [await on.file("image/png", await picture("png"))] });
    const old = await prepareFully(content, call, on.pass);
    on.pass(21 * hourMs);
    const fresh = await prepare(content, { ...call, soFar: old });
    expect(mediaIdsOf(fresh)).toHaveLength(1);
    expect(mediaIdsOf(fresh)).not.toEqual(mediaIdsOf(old));
  });
});

describe("a crash in the middle of a long upload", () => {
  it("costs one piece: the upload goes on where it was noted last", async () => {
    const { call, requests } = recorded();
    const noted = await prepare(variant({ media: [clip] }), call);
    expect(noted).toMatchObject({ values: { nextSegment: "4" }, pollAfterMs: 1 });
    expect((await finish(call, noted))?.media).toHaveLength(1);
    expect([count(requests, initialize), count(requests, append)]).toEqual([1, 6]);
  });

  it("after the last segment begins anew: X takes no more for that one", async () => {
    const { call, requests } = recorded();
    const noted = await prepare(variant({ media: [clip] }), call);
    await prepareFully(variant({ media: [clip] }), { ...call, soFar: noted }, on.pass); // never noted
    expect((await finish(call, noted))?.media).toHaveLength(1);
    expect(count(requests, initialize)).toBe(2);
  });

  it("sends a segment again whose answer was lost", async () => {
    let lost = 0;
    const { call, requests } = recorded(
      (request) => request === append && count(requests, append) === 3 && lost++ === 0,
    );
    await expect(prepare(variant({ media: [clip] }), call)).rejects.toMatchObject({ kind: "unavailable" });
    expect((await finish(call, undefined))?.media).toHaveLength(1);
  });

  it("begins anew, once, when X has forgotten the upload", async () => {
    const { call, requests } = recorded();
    const forgotten: Prepared = {
      values: { mediaIds: "", upload: "999999999999", nextSegment: "4" },
      expiresAt: new Date(on.now().getTime() + hourMs).toISOString(),
    };
    const next = await prepare(variant({ media: [clip] }), { ...call, soFar: forgotten });
    expect(next.values).toMatchObject({ restarted: "true", nextSegment: "3" });
    expect(count(requests, initialize)).toBe(1);
    const again = { ...next, values: { ...next.values, upload: "999999999998" } };
    await expect(prepare(variant({ media: [clip] }), { ...call, soFar: again })).rejects.toMatchObject({
      kind: "invalid",
    });
  });

  async function finish(call: XCall, noted: Prepared | undefined) {
    const content = variant({ text: `Clip ${++handle}`, media: [clip] });
    const resumed = { ...call, ...(noted && { soFar: noted }) };
    const prepared = await prepareFully(content, resumed, on.pass);
    const result = await x.publish(content, { ...call, prepared });
    return on.server.posts("x").find((post) => result.state === "published" && post.id === result.externalId);
  }
});

describe("X works on a video in its own time", () => {
  it("is asked again after the time it names, one request at a time", async () => {
    const { call, requests } = recorded();
    const content = variant({ media: [await on.file("video/mp4", video(1000))] });
    const pending = await prepare(content, call);
    expect(pending.pollAfterMs).toBe(1000);
    expect(requests).toEqual([initialize, append, "POST /x/2/media/upload/:id/finalize"]);
    requests.length = 0;
    expect(await prepare(content, { ...call, soFar: pending })).toMatchObject({ pollAfterMs: 1000 });
    on.pass(2000);
    const ready = await prepare(content, { ...call, soFar: pending });
    expect(ready.pollAfterMs).toBeUndefined();
    expect(mediaIdsOf(ready)).toEqual([pending.values.upload]);
    expect(requests).toEqual(["GET /x/2/media/upload", "GET /x/2/media/upload"]);
  });

  test.each([
    ["a video that is none", "video/mp4", Buffer.from("<html>not a video</html>")],
    ["a GIF that is a video", "image/gif", video(1000)],
  ])("%s fails with words, and is not sent again", async (_name, mimeType, bytes) => {
    const { call, requests } = recorded();
    const content = variant({ media: [await on.file(mimeType, bytes)] });
    await expect(prepareFully(content, call, on.pass)).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringContaining("could not process"),
    });
    expect(count(requests, initialize)).toBe(1);
  });
});
