import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type OnYouTube, variant, youtubeOnPractice } from "../../../test/support/youtube-on-practice.ts";
import { reconcile } from "./reconcile.ts";

let on: OnYouTube;
const videoId = "dQw4w9WgXcQ";
const parent = { externalId: videoId, rootExternalId: videoId };
const text = "More  at\nexample.org";

beforeAll(async () => {
  on = await youtubeOnPractice();
});
afterAll(() => on.world.close());

interface Given {
  readonly by?: string;
  readonly says?: string;
  readonly ageMs?: number;
  readonly original?: false;
}

/** Looks for our comment among these, newest first; `pages` cuts them up. */
async function looking(given: readonly Given[], { pageSize = 100, status = 200, reason = "" } = {}) {
  const requests: URL[] = [];
  const channel = on.channel();
  const now = on.world.clock.now().getTime();
  const threads = given.map(({ by, says = text, ageMs = 0, original }, index) => ({
    id: `Ugx${index}`,
    snippet: {
      topLevelComment: {
        snippet: {
          ...(original === false ? { textDisplay: says } : { textOriginal: says, textDisplay: "<br>" }),
          authorChannelId: { value: by ?? channel.identity.externalId },
          publishedAt: new Date(now - ageMs).toISOString(),
        },
      },
    },
  }));
  const fetching = async (address: string) => {
    const url = new URL(address);
    requests.push(url);
    if (status !== 200) return Response.json({ error: { errors: [{ reason }] } }, { status });
    const from = Number(url.searchParams.get("pageToken") ?? 0);
    const next = from + pageSize < threads.length ? { nextPageToken: String(from + pageSize) } : {};
    return Response.json({ items: threads.slice(from, from + pageSize), ...next });
  };
  const question = channel.actor.question(variant([], { role: "comment", text }), {
    parent,
    sentAt: new Date(now),
  });
  const answer = await reconcile(question, channel.call({ fetch: fetching }));
  return { answer, requests };
}

describe("our comment below a video", () => {
  it("is found by its words, its author and its time", async () => {
    const { answer, requests } = await looking([
      { says: "Others" },
      { says: ` ${text} ` },
      { by: "UCother" },
    ]);
    expect(answer).toEqual({
      state: "published",
      externalId: "Ugx1",
      externalUrl: `${on.world.wire.url}/youtube/watch?v=${videoId}&lc=Ugx1`,
    });
    expect(Object.fromEntries(requests[0]?.searchParams ?? [])).toMatchObject({ videoId, order: "time" });
  });

  it("is found by what is shown where its original is kept from us", async () => {
    expect((await looking([{ original: false }])).answer).toMatchObject({ externalId: "Ugx0" });
  });

  it.each<[string, Given[]]>([
    ["nothing", []],
    ["other words", [{ says: "Other words" }]],
    ["another channel", [{ by: "UCother" }]],
    ["an older one", [{ ageMs: 120_000 }]],
  ])("is not there where there is %s", async (_what, given) => {
    expect((await looking(given)).answer).toEqual({ state: "absent" });
  });

  it("is not chosen between two of the same words", async () => {
    expect((await looking([{}, { ageMs: 1000 }])).answer).toEqual({ state: "unknown" });
  });

  it("is looked for on every page back to its time, and not beyond", async () => {
    const strangers = Array.from({ length: 5 }, () => ({ by: "UCother" }));
    const late = await looking([...strangers, {}], { pageSize: 2 });
    expect([late.answer.state, late.requests.length]).toEqual(["published", 3]);
    const old = Array.from({ length: 5 }, () => ({ by: "UCother", ageMs: 120_000 }));
    const early = await looking(old, { pageSize: 2 });
    expect([early.answer.state, early.requests.length]).toEqual(["absent", 1]);
  });

  it("is unknown below more comments than we are willing to read", async () => {
    const crowd = Array.from({ length: 11 }, () => ({ by: "UCother" }));
    const { answer, requests } = await looking(crowd, { pageSize: 1 });
    expect([answer.state, requests.length]).toEqual(["unknown", 10]);
  });

  it.each([
    [404, "videoNotFound"],
    [403, "commentsDisabled"],
  ])("is unknown after %i %s", async (status, reason) => {
    expect((await looking([], { status, reason })).answer).toEqual({ state: "unknown" });
  });

  it("is not answered for when we could not look", async () => {
    await expect(looking([], { status: 403, reason: "quotaExceeded" })).rejects.toMatchObject({
      kind: "rate_limited",
    });
  });
});
