import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import type { Actor } from "../../../test/contract/world.ts";
import { type GraphWorld, graphOnPractice, variant } from "../../../test/support/graph-on-practice.ts";
import { threads } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let us: Actor;

beforeAll(async () => {
  on = await graphOnPractice(threads, practice, "v1.0");
});
afterAll(() => on.world.close());
beforeEach(() => {
  us = on.world.actor();
  on.instead.length = 0;
  on.asked.length = 0;
});

const parentOf = (externalId: string) => ({ parent: { externalId, rootExternalId: externalId } });
const recent = (since: Date) => on.world.adapter.recent?.(since, us.call());

describe("what the account posted", () => {
  it("comes with its link, its files and their alt texts", async () => {
    const [photo, film] = [
      await anyFile(on.world, "image", "A well"),
      await anyFile(on.world, "video", "A pump"),
    ];
    const since = on.world.clock.now();
    const link = "https://example.org/water";
    const of = [variant({ link }), variant({ media: [film] }), variant({ media: [photo, film] })];
    for (const each of of) await publishFully(on.world, us, each);
    const [carousel, single, plain] = (await recent(since)) ?? [];
    expect(plain).toMatchObject({ text: of[0]?.text, link, media: [], isReply: false, isRepost: false });
    expect(single?.media).toMatchObject([{ kind: "video", altText: "A pump" }]);
    expect(carousel?.media).toMatchObject([
      { kind: "image", altText: "A well" },
      { kind: "video", altText: "A pump" },
    ]);
    for (const { url } of carousel?.media ?? []) expect((await fetch(url ?? "")).status).toBe(200);
  });

  it("tells a repost, passes over sound, and names a file that it does not give", async () => {
    const timestamp = "2026-11-20T10:00:00+0000";
    const data = [
      { id: "1", timestamp, media_type: "REPOST_FACADE", permalink: "https://www.threads.net/@a/post/1" },
      { id: "2", timestamp, media_type: "AUDIO", media_url: "https://cdn.example/a.mp3" },
      { id: "3", timestamp, media_type: "IMAGE" },
    ];
    on.instead.push({ method: "GET", path: "/threads", reply: { status: 200, body: { data } } });
    expect(await recent(new Date("2026-11-20T09:00:00Z"))).toMatchObject([
      { isRepost: true, text: "", media: [], externalUrl: "https://www.threads.net/@a/post/1" },
      { isRepost: false, media: [] },
      { isRepost: false, media: [{ url: null, kind: "image" }] },
    ]);
  });

  it("is asked for from no earlier than Threads allows", async () => {
    expect(await recent(new Date(0))).toEqual([]);
    expect(on.asked[0]?.given.since).toBe("1688540400");
  });
});

it("counts quotes among the reposts, and replies", async () => {
  const { externalId } = await publishFully(on.world, us, variant());
  await publishFully(on.world, us, variant({ role: "comment" }), parentOf(externalId));
  const counted = { views: 0, likes: 0, replies: 1, reposts: 0 };
  expect(await on.world.adapter.metrics?.(externalId, us.call())).toEqual(counted);
  const numbers = { views: 9, likes: 3, replies: 1, reposts: 2, quotes: 4 };
  const data = Object.entries(numbers).map(([name, value]) => ({ name, values: [{ value }] }));
  on.instead.push({ method: "GET", path: "/insights", reply: { status: 200, body: { data } } });
  expect(await on.world.adapter.metrics?.(externalId, us.call())).toMatchObject({ reposts: 6, views: 9 });
});

it("does not call a post deleted that is somebody else's", async () => {
  const { externalId } = await publishFully(on.world, on.world.actor(), variant());
  const answer = on.world.adapter.delete?.(externalId, us.call());
  await expect(answer).rejects.toMatchObject({ kind: "forbidden" });
});

describe("a token", () => {
  const identify = (userId: string) =>
    on.world.adapter.auth.identify(us.call({ credentials: { ...us.identity.credentials, userId } as never }));

  it("must be of the account that was named, if one was", async () => {
    expect(await identify("")).toMatchObject({ externalId: us.identity.externalId });
    await expect(identify("4711")).rejects.toMatchObject({
      kind: "forbidden",
      message: expect.stringContaining("4711"),
    });
  });

  it("speaks for a name where there is one", async () => {
    const body = { id: us.identity.externalId, username: "water" };
    on.instead.push({ method: "GET", path: "/me", reply: { status: 200, body } });
    expect(await identify("")).toEqual({ externalId: body.id, handle: "water", name: "water" });
  });
});
