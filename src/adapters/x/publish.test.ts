import { afterAll, beforeAll, describe, expect, it, test } from "@jest/globals";
import {
  picture,
  prepareFully,
  variant,
  video,
  type XOnPractice,
  xOnPractice,
} from "../../../test/support/x-on-practice.ts";
import type { Variant } from "../../domain/post.ts";
import type { PublishError } from "../contract/publish-error.ts";
import { x } from "./index.ts";
import { segmentBytes } from "./upload.ts";

let on: XOnPractice;
let handle = 0;
const account = () => on.account(`account_${++handle}`);

beforeAll(async () => {
  on = await xOnPractice();
});
afterAll(() => on.close());

async function publish(part: Partial<Variant>, identity = account(), more = {}) {
  const content = variant(part);
  const call = on.call(identity, more);
  const prepared = await prepareFully(content, call, on.pass);
  const result = await x.publish(content, { ...call, prepared });
  if (result.state !== "published") throw new Error("X does not leave posts pending");
  return { result, post: on.server.posts("x").find(({ id }) => id === result.externalId), call, content };
}

describe("a post goes out whole", () => {
  it("says who it speaks as", async () => {
    const identity = on.account("clean_water");
    expect(await x.auth.identify(on.call(identity))).toEqual({
      externalId: identity.externalId,
      handle: "clean_water",
      name: "Clean Water",
    });
  });

  it("with its link below the text, and the people who may answer", async () => {
    const { post } = await publish({
      text: "Water is a right",
      link: "https://example.org/water",
      options: { replySettings: "following" },
    });
    expect(post).toMatchObject({
      text: "Water is a right\nhttps://example.org/water",
      extra: { replySettings: "following" },
    });
  });

  it("with four pictures in their order, each with its description", async () => {
    const media = [];
    for (const [index, format] of (["jpeg", "png", "webp", "jpeg"] as const).entries())
      media.push(await on.file(`image/${format}`, await picture(format), `Picture ${index}`));
    const { post } = await publish({ text: "", media });
    expect(post?.media.map(({ kind, altText }) => [kind, altText])).toEqual(
      [0, 1, 2, 3].map((index) => ["image", `Picture ${index}`]),
    );
  });

  it("with a GIF", async () => {
    const media = [await on.file("image/gif", await picture("gif"), "It moves")];
    expect((await publish({ text: "Look", media })).post?.media).toMatchObject([{ altText: "It moves" }]);
  });

  it("with a video of several segments, byte for byte", async () => {
    const bytes = video(2 * segmentBytes + 12_345);
    const { post } = await publish({ text: "Watch", media: [await on.file("video/mp4", bytes)] });
    const shown = await fetch(post?.media[0]?.url ?? "");
    expect(Buffer.from(await shown.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it("as a thread with a first comment, and their addresses open", async () => {
    const identity = account();
    const first = await publish({ text: "One" }, identity);
    const parent = { externalId: first.result.externalId, rootExternalId: first.result.externalId };
    const second = await publish({ text: "Two", role: "reply" }, identity, { parent });
    const comment = await publish(
      { text: "More at example.org", role: "comment", options: { replySettings: "verified" } },
      identity,
      { parent },
    );
    expect([second.post?.replyTo, comment.post?.replyTo]).toEqual([parent.externalId, parent.externalId]);
    expect(comment.post?.extra.replySettings).toBe(""); // only the first post has a say
    const page = await fetch(first.result.externalUrl);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("One")]);
  });

  it("not without the pictures that belong to it", async () => {
    const content = variant({ media: [await on.file("image/jpeg", await picture("jpeg"))] });
    await expect(x.publish(content, on.call(account()))).rejects.toMatchObject({ kind: "unavailable" });
  });
});

it("an identity without an id is none", async () => {
  const call = on.call(account(), { fetch: async () => Response.json({ data: { username: "me" } }) });
  await expect(x.auth.identify(call)).rejects.toMatchObject({ name: "PublishError", kind: "unavailable" });
});

describe("what X says no to is a no with words", () => {
  test.each<[string, Partial<Variant>, string, string]>([
    ["too long", { text: "a".repeat(281) }, "invalid", "not-permitted"],
    ["two cashtags", { text: "$AAPL $TSLA" }, "invalid", "too-many-cashtags"],
    ["nothing", { text: "" }, "invalid", "invalid-request"],
    ["people X does not know", { options: { replySettings: "nobody" } }, "invalid", "invalid-request"],
  ])("%s", async (_name, part, kind, code) => {
    await expect(publish(part)).rejects.toMatchObject({ kind, detail: { code } });
  });

  it("the same words again", async () => {
    const identity = account();
    await publish({ text: "Again" }, identity);
    await expect(publish({ text: "Again" }, identity)).rejects.toMatchObject({
      kind: "invalid",
      detail: { status: 403, code: "duplicate" },
    });
  });

  it("an answer to a post that is gone", async () => {
    const identity = account();
    const { result, call } = await publish({ text: "Soon gone" }, identity);
    await x.delete?.(result.externalId, call);
    const parent = { externalId: result.externalId, rootExternalId: result.externalId };
    await expect(publish({ text: "Two", role: "reply" }, identity, { parent })).rejects.toMatchObject({
      detail: { code: "reply-target-gone" },
    });
  });

  it("a hundred posts in a quarter of an hour, and when it goes on", async () => {
    const identity = account();
    for (let n = 0; n < 100; n++) await publish({ text: `Post ${n}` }, identity);
    on.pass(60_000);
    const error = (await publish({ text: "One more" }, identity).catch((e: unknown) => e)) as PublishError;
    expect(error).toMatchObject({ kind: "rate_limited", detail: { status: 429 } });
    expect(Math.round((error.detail.retryAfterMs ?? 0) / 60_000)).toBe(14);
    on.pass(error.detail.retryAfterMs ?? 0);
    await publish({ text: "One more" }, identity);
  });
});

describe("an accepted post without an id is not called a success", () => {
  test.each([
    ["another shape", "{}"],
    ["no object", "null"],
    ["an id that is none", '{"data":{"id":"abc","text":"Hello"}}'],
    ["an id that is a number", '{"data":{"id":5}}'],
    ["half a body", '{"data":{"id":"1'],
  ])("%s", async (_name, body) => {
    const answering = async () => new Response(body, { status: 201 });
    const call = on.call(account(), { fetch: answering });
    await expect(x.publish(variant({}), call)).rejects.toMatchObject({ kind: "indeterminate" });
  });
});

describe("afterwards", () => {
  it("a post can be deleted, and deleted again", async () => {
    const { result, call } = await publish({ text: "Delete me" });
    await x.delete?.(result.externalId, call);
    await x.delete?.(result.externalId, call);
    expect(on.server.posts("x").some(({ id }) => id === result.externalId)).toBe(false);
  });

  it("nobody else's post can be deleted", async () => {
    const { result } = await publish({ text: "Mine" });
    await expect(x.delete?.(result.externalId, on.call(account()))).rejects.toMatchObject({
      kind: "forbidden",
    });
  });

  const counts = { impression_count: 7, like_count: 6, reply_count: 4, bookmark_count: 3, quote_count: 2 };
  test.each([
    ["tweet.fields", { ...counts, retweet_count: 5 }],
    ["post.fields", { ...counts, repost_count: 5 }],
  ])("metrics are read as %s too", async (spelling, metrics) => {
    const answering = async (url: string | URL | Request) =>
      String(url).includes(`?${spelling}=public_metrics`)
        ? Response.json({ data: { id: "1", text: "Hello", public_metrics: metrics } })
        : Response.json({ title: "Invalid Request" }, { status: 400 });
    expect(await x.metrics?.("1", on.call(account(), { fetch: answering }))).toEqual({
      views: 7,
      likes: 6,
      reposts: 5,
      replies: 4,
      saves: 3,
    });
  });
});
