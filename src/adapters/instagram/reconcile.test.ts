import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import { anyFile, attempt, plain, publishFully } from "../../../test/contract/check.ts";
import { type Actor, type AnyCall, prepared } from "../../../test/contract/world.ts";
import { type GraphWorld, graphOnPractice, variant } from "../../../test/support/graph-on-practice.ts";
import type { Variant } from "../../domain/post.ts";
import type { Prepared } from "../contract/adapter.ts";
import { instagram } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let us: Actor;

beforeAll(async () => {
  on = await graphOnPractice(instagram, practice);
});
afterAll(() => on.world.close());
beforeEach(() => {
  us = on.world.actor();
  on.instead.length = 0;
  on.asked.length = 0;
});

async function published(of: Variant) {
  const sentAt = on.world.clock.now();
  const { answer, ready } = await attempt(on.world, us, of);
  return { result: await answer, ready, sentAt };
}
const ask = (of: Variant, ready: Prepared | undefined, sentAt: Date) =>
  on.world.adapter.reconcile(us.question(of, { sentAt, ...(ready && { prepared: ready }) }), us.call());
const listed = (posts: readonly Record<string, unknown>[]) =>
  on.instead.push({ method: "GET", path: "/media", reply: { status: 200, body: { data: posts } } });

describe("what the container says is what became of the post", () => {
  test.each([
    ["FINISHED", { state: "absent" }],
    ["IN_PROGRESS", { state: "pending", checkAfterMs: 15_000 }],
    ["EXPIRED", { state: "unknown" }],
    ["ERROR", { state: "unknown" }],
    [undefined, { state: "unknown" }],
  ])("%s", async (status_code, expected) => {
    const of = await plain(on.world);
    const ready = await prepared(on.world, of, us.call());
    on.instead.push({ method: "GET", path: "", reply: { status: 200, body: { status_code } } });
    expect(await ask(of, ready, on.world.clock.now())).toMatchObject(expected);
  });

  it("and a container that is gone says nothing", async () => {
    const of = await plain(on.world);
    const missing = { values: { containerId: "4711" }, expiresAt: "2027-01-01T00:00:00Z" };
    expect(await ask(of, missing, on.world.clock.now())).toEqual({ state: "unknown" });
    expect(await ask(of, undefined, on.world.clock.now())).toEqual({ state: "unknown" });
  });
});

describe("a published container's post is found in the list", () => {
  it("by its time and caption, among others", async () => {
    const other = await plain(on.world, { text: "Something else" });
    const sentAt = on.world.clock.now();
    await publishFully(on.world, us, other);
    const of = await plain(on.world);
    const { result, ready } = await published(of);
    await publishFully(on.world, us, other);
    expect(await ask(of, ready, sentAt)).toEqual(result);
  });

  it("as a reel, and as a carousel, where the captions are the same", async () => {
    const sentAt = on.world.clock.now();
    const reel = variant({ media: [await anyFile(on.world, "video")] });
    const carousel = variant({ media: [await anyFile(on.world, "image"), await anyFile(on.world, "image")] });
    const [first, second] = [await published(reel), await published(carousel)];
    expect(await ask(reel, first.ready, sentAt)).toEqual(first.result);
    expect(await ask(carousel, second.ready, sentAt)).toEqual(second.result);
  });

  it("by its time alone where Instagram does not show captions", async () => {
    const of = await plain(on.world);
    const { ready, sentAt } = await published(of);
    const timestamp = sentAt.toISOString().replace(/\.\d+Z/, "+0000");
    listed([{ id: "1", timestamp, permalink: "https://www.instagram.com/p/A/" }]);
    expect(await ask(of, ready, sentAt)).toEqual({
      state: "published",
      externalId: "1",
      externalUrl: "https://www.instagram.com/p/A/",
    });
    on.instead.length = 0;
    listed([
      { id: "1", timestamp },
      { id: "2", timestamp },
    ]);
    expect(await ask(of, ready, sentAt)).toEqual({ state: "unknown" });
  });

  it("not among older ones, nor among two alike, nor where there is none", async () => {
    const of = await plain(on.world);
    await publishFully(on.world, us, of);
    on.world.clock.advance(60 * 60_000);
    const { ready, sentAt, result } = await published(of);
    expect(await ask(of, ready, sentAt)).toEqual(result);
    await publishFully(on.world, us, of);
    expect(await ask(of, ready, sentAt)).toEqual({ state: "unknown" });
    listed([]);
    expect(await ask(of, ready, sentAt)).toEqual({ state: "unknown" });
  });
});

describe("publishing", () => {
  it("uses a container up: a second request makes no second post, and is no no", async () => {
    const of = await plain(on.world);
    const { ready, sentAt, result } = await published(of);
    const call: AnyCall = { ...us.call(), ...(ready && { prepared: ready }) };
    await expect(on.world.adapter.publish(of, call)).rejects.toMatchObject({
      kind: "indeterminate",
      detail: { code: "24/2207008" },
    });
    expect(us.posts()).toHaveLength(1);
    expect(await ask(of, ready, sentAt)).toEqual(result);
  });

  it("too early waits, and costs nothing", async () => {
    const of = await plain(on.world);
    const soFar = await on.world.adapter.prepare?.(of, us.call());
    const early = on.world.adapter.publish(of, { ...us.call(), ...(soFar && { prepared: soFar }) });
    await expect(early).rejects.toMatchObject({ kind: "rate_limited", detail: { retryAfterMs: 30_000 } });
  });

  it("sends nothing when nothing is prepared", async () => {
    const answer = on.world.adapter.publish(await plain(on.world), us.call());
    await expect(answer).rejects.toMatchObject({ kind: "unavailable", detail: { notSent: true } });
    expect([on.asked, us.commits()]).toEqual([[], 0]);
  });
});

describe("a first comment", () => {
  const comment = variant({ role: "comment", text: "Sign here", link: "https://example.org/water" });

  it("is found below its post, not mistaken for another's, not chosen from two", async () => {
    const { externalId, externalUrl } = await publishFully(on.world, us, await plain(on.world));
    const parent = { externalId, rootExternalId: externalId };
    const sentAt = on.world.clock.now();
    const look = () => on.world.adapter.reconcile(us.question(comment, { sentAt, parent }), us.call());
    await publishFully(on.world, on.world.actor(), comment, { parent });
    expect(await look()).toEqual({ state: "absent" });
    const result = await publishFully(on.world, us, comment, { parent });
    expect(us.posts()[1]).toMatchObject({
      text: "Sign here\nhttps://example.org/water",
      replyTo: externalId,
    });
    expect(result.externalUrl).toBe(externalUrl);
    expect(await look()).toEqual(result);
    await publishFully(on.world, us, comment, { parent });
    expect(await look()).toEqual({ state: "unknown" });
  });

  it("cannot be told where its post is not there", async () => {
    const parent = { externalId: "4711", rootExternalId: "4711" };
    expect(await on.world.adapter.reconcile(us.question(comment, { parent }), us.call())).toEqual({
      state: "unknown",
    });
    expect(await on.world.adapter.reconcile(us.question(comment), us.call())).toEqual({ state: "unknown" });
  });
});

describe("numbers", () => {
  it("come under our names", async () => {
    const { externalId } = await publishFully(on.world, us, await plain(on.world));
    const parent = { externalId, rootExternalId: externalId };
    await publishFully(on.world, us, variant({ role: "comment" }), { parent });
    expect(await on.world.adapter.metrics?.(externalId, us.call())).toEqual({
      views: 0,
      likes: 0,
      replies: 1,
      reposts: 0,
      saves: 0,
    });
  });

  it("are none while few have seen the post", async () => {
    const message = "(#10) Not enough viewers for the media to show insights";
    const error = { message, type: "OAuthException", code: 10 };
    on.instead.push({ method: "GET", path: "/insights", reply: { status: 400, body: { error } } });
    const { externalId } = await publishFully(on.world, us, await plain(on.world));
    expect(await on.world.adapter.metrics?.(externalId, us.call())).toEqual({});
  });
});

it("a token must be of the account that was named, if one was", async () => {
  const identify = (userId: string) =>
    on.world.adapter.auth.identify(us.call({ credentials: { ...us.identity.credentials, userId } as never }));
  expect(await identify("")).toMatchObject({ externalId: us.identity.externalId });
  await expect(identify("4711")).rejects.toMatchObject({
    kind: "forbidden",
    message: expect.stringContaining("4711"),
  });
});
