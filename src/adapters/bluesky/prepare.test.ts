import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { anyFile, plain, publishFully } from "../../../test/contract/check.ts";
import { type Actor, type AnyCall, prepared } from "../../../test/contract/world.ts";
import { type GraphWorld, graphOnPractice } from "../../../test/support/graph-on-practice.ts";
import type { PracticeReply } from "../../practice/kit.ts";
import type { Prepared } from "../contract/adapter.ts";
import { bluesky } from "./index.ts";
import { practice } from "./practice.ts";

const minuteMs = 60_000;
let on: GraphWorld;
let us: Actor;
beforeAll(async () => {
  on = await graphOnPractice(bluesky, practice);
});
afterAll(() => on.world.close());
beforeEach(() => {
  us = on.world.actor();
  on.asked.length = 0;
  on.instead.length = 0;
});

const count = (method: string) => on.asked.filter(({ path }) => path.endsWith(method)).length;
const answer = (method: "GET" | "POST", path: string, reply: PracticeReply) =>
  on.instead.push({ method, path, reply });
const ready = async (part: Parameters<typeof plain>[1]) =>
  prepared(on.world, await plain(on.world, part), us.call());
/** One call, as the engine makes it. */
const step = async (part: Parameters<typeof plain>[1], soFar?: Prepared): Promise<Prepared> => {
  const call = { ...us.call(), ...(soFar && { soFar }) } as AnyCall;
  const made = await on.world.adapter.prepare?.(await plain(on.world, part), call);
  if (!made) throw new Error("nothing was prepared");
  return made;
};
const expiresInMs = ({ expiresAt }: Prepared) => Date.parse(expiresAt) - on.world.clock.now().getTime();

describe("before the moment", () => {
  it("a text only signs in, and needs that once", async () => {
    const made = await ready({});
    expect(made).toEqual({ values: {}, expiresAt: expect.stringMatching(/^9999/) });
    await ready({});
    expect(on.asked.map(({ path }) => path)).toEqual(["/xrpc/com.atproto.server.createSession"]);
  });

  it("finds who is mentioned; who is not found stays text", async () => {
    const other = on.world.actor().identity;
    const text = `Thanks @${other.handle} and @nobody.bsky.test and @bad..test`;
    await publishFully(on.world, us, await plain(on.world, { text }));
    const put = on.asked.find(({ path }) => path.endsWith("putRecord"))?.given.record as {
      facets: unknown[];
    };
    expect(put.facets).toEqual([
      {
        index: { byteStart: 7, byteEnd: 8 + other.handle.length },
        features: [{ $type: "app.bsky.richtext.facet#mention", did: other.externalId }],
      },
    ]);
    expect(count("resolveHandle")).toBe(2);
  });

  it("a server that fails over a name does not keep the post back, but one that is not there does", async () => {
    answer("GET", "resolveHandle", { status: 500, body: { error: "InternalServerError", message: "" } });
    expect((await ready({ text: "Thanks @water.bsky.test" }))?.values).toEqual({});
    await ready({});
    on.world.wire.cutOthers = true;
    await expect(ready({ text: "Thanks @water.bsky.test" })).rejects.toMatchObject({ kind: "unavailable" });
    on.world.calm();
  });

  it("files stay at the server for less than the hour it promises", async () => {
    const media = [await anyFile(on.world, "image", "A well")];
    const made = await step({ media });
    expect(JSON.parse(made.values.blobs ?? "")).toMatchObject([{ $type: "blob", size: media[0]?.bytes }]);
    expect(expiresInMs(made)).toBeGreaterThan(40 * minuteMs);
    expect(expiresInMs(made)).toBeLessThan(60 * minuteMs);
  });

  it("a file the server has let go of is a refusal with words", async () => {
    const media = [await anyFile(on.world, "image")];
    const made = await ready({ media });
    on.world.clock.advance(2 * 60 * minuteMs);
    const publishing = on.world.adapter.publish(await plain(on.world, { media }), {
      ...us.call(),
      prepared: made as Prepared,
    });
    await expect(publishing).rejects.toMatchObject({ kind: "invalid", detail: { code: "media_gone" } });
  });
});

describe("a video", () => {
  const video = async () => ({ media: [await anyFile(on.world, "video", "Water runs")] });

  it("is made ready by the video service, asked with a token of its own, and then posted", async () => {
    const part = await video();
    const made = await step(part);
    expect(made).toMatchObject({ values: { job: expect.any(String) }, pollAfterMs: 3000 });
    const tokens = on.asked
      .filter(({ path }) => path.endsWith("getServiceAuth"))
      .map(({ given }) => given.lxm);
    expect(tokens).toEqual(["app.bsky.video.getUploadLimits", "com.atproto.repo.uploadBlob"]);
    await publishFully(on.world, us, await plain(on.world, part));
    const [post] = us.posts();
    expect(post?.media).toMatchObject([{ kind: "video", altText: "Water runs" }]);
  });

  it("is asked for until it is ready, and uploaded once", async () => {
    const part = await video();
    const first = await step(part);
    const second = await step(part, first);
    expect(second).toMatchObject({ values: first.values, pollAfterMs: 3000 });
    on.world.clock.advance(5000);
    const done = await step(part, second);
    expect(done.pollAfterMs).toBeUndefined();
    expect(JSON.parse(done.values.blobs ?? "")).toHaveLength(1);
    expect([count("uploadVideo"), count("uploadBlob")]).toEqual([1, 0]);
  });

  it("that was uploaded before is taken from there", async () => {
    const part = await video();
    await step(part);
    on.world.clock.advance(5000);
    const again = await step(part); // the first answer was lost
    expect(again.pollAfterMs).toBeUndefined();
    expect(on.asked.findLast(({ path }) => path.endsWith("uploadVideo"))?.reply.status).toBe(409);
  });

  it.each([
    ["has no such method", 501],
    ["cannot pass it on", 502],
    ["does not know the token", 401],
  ])("goes the way of the pictures where the server %s", async (_what, status) => {
    answer("GET", "getUploadLimits", { status, body: { error: "Something", message: "" } });
    const made = await step(await video());
    expect(made.pollAfterMs).toBeUndefined();
    expect([count("uploadVideo"), count("uploadBlob")]).toEqual([0, 1]);
  });

  it.each([
    ["User has exceeded daily upload videos limit", "rate_limited", "daily_videos"],
    ["Uploading is disabled at the moment", "unavailable", "videos_off"],
    ["Confirm your email address to upload videos", "forbidden", "video_not_allowed"],
  ])("is not sent where the service says: %s", async (message, kind, code) => {
    answer("GET", "getUploadLimits", { status: 200, body: { canUpload: false, message } });
    await expect(step(await video())).rejects.toMatchObject({ kind, detail: { code } });
    expect(count("uploadVideo") + count("uploadBlob")).toBe(0);
  });

  it.each(["validation_failure", "encoding_failure"])(
    "that cannot be used is a no to its author: %s",
    async (failureCode) => {
      const part = await video();
      const first = await step(part);
      failed(failureCode);
      await expect(step(part, first)).rejects.toMatchObject({
        kind: "invalid",
        detail: { code: "media_refused" },
      });
    },
  );

  it("is sent once more where the service failed by itself, and not for ever", async () => {
    const part = await video();
    const first = await step(part);
    failed("generic_failure");
    const second = await step(part, first);
    expect(second).toMatchObject({ values: { again: "true" }, pollAfterMs: 30_000 });
    const third = await step(part, second);
    expect(third.values).toMatchObject({ again: "true", job: expect.any(String) });
    expect(count("uploadVideo")).toBe(2);
    await expect(step(part, third)).rejects.toMatchObject({ kind: "invalid" });
  });

  function failed(failureCode: string): void {
    const jobStatus = { jobId: "1", did: us.identity.externalId, state: "JOB_STATE_FAILED", failureCode };
    answer("GET", "getJobStatus", { status: 200, body: { jobStatus } });
  }
});
