import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import { picture, video, type XOnPractice, xOnPractice } from "../../../test/support/x-on-practice.ts";
import type { PracticeIdentity } from "../../practice/kit.ts";

let on: XOnPractice;
let me: PracticeIdentity;
let handle = 0;

beforeAll(async () => {
  on = await xOnPractice();
});
afterAll(() => on.close());
beforeEach(() => {
  me = on.account(`practice_${++handle}`);
});

async function ask(method: string, path: string, body?: unknown, identity: PracticeIdentity | null = me) {
  const response = await fetch(`${on.baseUrl.api}${path}`, {
    method,
    redirect: "manual",
    headers: {
      ...(identity && { authorization: `Bearer ${identity.credentials.accessToken}` }),
      ...(body !== undefined && !(body instanceof FormData) && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: body instanceof FormData ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

const create = (body: unknown, identity = me) => ask("POST", "/2/tweets", body, identity);

function form(fields: Record<string, string>, file?: Buffer): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  if (file) data.set("media", new Blob([new Uint8Array(file)]), "media");
  return data;
}

async function uploaded(identity = me): Promise<string> {
  const body = form({ media_category: "tweet_image" }, await picture("png"));
  return (await ask("POST", "/2/media/upload", body, identity)).body.data.id;
}

async function uploadedInSegments(category: string, type: string, bytes: Buffer): Promise<string> {
  const start = { media_type: type, media_category: category, total_bytes: bytes.length };
  const { id } = (await ask("POST", "/2/media/upload/initialize", start)).body.data;
  await ask("POST", `/2/media/upload/${id}/append`, form({ segment_index: "0" }, bytes));
  await ask("POST", `/2/media/upload/${id}/finalize`);
  return id;
}

describe("who may speak", () => {
  test.each([
    ["nobody", null],
    ["a stranger's token", { credentials: { accessToken: "stranger" } } as unknown as PracticeIdentity],
  ])("%s gets X's own 401", async (_name, identity) => {
    const answer = await ask("POST", "/2/tweets", { text: "Hello" }, identity);
    expect([answer.status, answer.body]).toEqual([
      401,
      { title: "Unauthorized", type: "about:blank", status: 401, detail: "Unauthorized" },
    ]);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  });

  it("an account is found again, with a fresh token", () => {
    const again = on.account(me.handle.toUpperCase());
    expect(again.externalId).toBe(me.externalId);
    expect(again.credentials).not.toEqual(me.credentials);
  });

  it("every answer says how many requests are left", async () => {
    const { headers } = await create({ text: "Hello" });
    expect(headers.get("x-rate-limit-limit")).toBe("100");
    expect(headers.get("x-rate-limit-remaining")).toBe("99");
    expect(Number(headers.get("x-rate-limit-reset")) * 1000 - on.now().getTime()).toBeGreaterThan(
      14 * 60_000,
    );
    expect(headers.get("x-app-limit-24hour-limit")).toBe("10000");
  });
});

describe("a post X would refuse is refused", () => {
  test.each<[string, unknown, string]>([
    ["no JSON", new FormData(), "Request body is not valid JSON."],
    ["a field X does not have", { text: "Hi", txt: "Hi" }, "$.txt: is not defined in the schema"],
    [
      "a field within another",
      { text: "Hi", media: { media_ids: ["1"], ids: [] } },
      "$.media.ids: is not defined",
    ],
    ["a text that is none", { text: 7 }, "$.text: string expected"],
    ["nothing", {}, "$.text"],
    ["white space", { text: " \n" }, "$.text"],
    ["no media ids", { text: "Hi", media: { media_ids: [] } }, "$.media.media_ids"],
    ["media ids that are none", { text: "Hi", media: { media_ids: ["a"] } }, "$.media.media_ids"],
    ["five media ids", { text: "Hi", media: { media_ids: ["1", "2", "3", "4", "5"] } }, "maximum of 4 items"],
    ["media that is not there", { text: "Hi", media: { media_ids: ["1"] } }, "Your media IDs are invalid."],
    ["an answer to no id", { text: "Hi", reply: {} }, "$.reply.in_reply_to_tweet_id"],
    ["strange people", { text: "Hi", reply_settings: "nobody" }, "$.reply_settings"],
  ])("%s: 400", async (_name, body, message) => {
    const answer = await create(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      title: "Invalid Request",
      errors: [{ message: expect.stringContaining(message) }],
    });
  });

  test.each([
    ["a long text", "水".repeat(141), "You are not permitted to perform this action."],
    ["two cashtags", "$AAPL and $TSLA", "Posts are limited to a maximum of one cashtag"],
  ])("%s: 403", async (_name, text, detail) => {
    const answer = await create({ text });
    expect(answer.body).toEqual({ title: "Forbidden", detail, type: "about:blank", status: 403 });
    expect(on.server.ledger("x").data.at(-1)).toMatchObject({ text, accepted: false });
  });

  it("the same text twice, until the first is deleted or a day has passed", async () => {
    const { id } = (await create({ text: "Once" })).body.data;
    expect((await create({ text: " Once " })).body.detail).toContain("duplicate content");
    expect((await create({ text: "Once" }, on.account("someone_else"))).status).toBe(201);
    await ask("DELETE", `/2/tweets/${id}`);
    expect((await create({ text: "Once" })).status).toBe(201);
    on.pass(25 * 60 * 60_000);
    expect((await create({ text: "Once" })).status).toBe(201);
  });

  it("an answer to a stranger, but not to who mentions you", async () => {
    const stranger = on.account("stranger");
    const reply = (id: string) => ({ text: `To ${id}`, reply: { in_reply_to_tweet_id: id } });
    const alone = (await create({ text: `No names ${handle}` }, stranger)).body.data.id;
    const summoning = (await create({ text: `What says @${me.handle}?` }, stranger)).body.data.id;
    expect((await create(reply(alone))).body.detail).toContain("Reply to this conversation is not allowed");
    expect((await create(reply(summoning))).status).toBe(201);
    expect((await create(reply("123"))).body.detail).toContain("deleted or not visible");
  });
});

describe("media X would refuse is refused", () => {
  it("another account's, and the same twice", async () => {
    const id = await uploaded();
    const post = (ids: string[], identity = me) =>
      create({ text: "Look", media: { media_ids: ids } }, identity);
    expect((await post([id], on.account("thief"))).body.errors[0].parameters).toEqual({
      "media.media_ids": [`["${id}"]`],
    });
    expect((await post([id, id])).status).toBe(400);
    expect((await post([id])).status).toBe(201);
  });

  it("a video before it is processed, and beside a picture", async () => {
    const clip = await uploadedInSegments("tweet_video", "video/mp4", video(100));
    const post = (ids: string[]) => create({ text: "Watch", media: { media_ids: ids } });
    expect((await post([clip])).status).toBe(400);
    on.pass(2000);
    expect((await post([clip, await uploaded()])).status).toBe(400);
    expect((await post([clip])).status).toBe(201);
  });

  it("what is older than a day", async () => {
    const id = await uploaded();
    on.pass(24 * 60 * 60_000);
    expect((await create({ text: "Late", media: { media_ids: [id] } })).status).toBe(400);
  });

  it("works through a video step by step, and gives up on a file that is none", async () => {
    const state = async (id: string) =>
      (await ask("GET", `/2/media/upload?command=STATUS&media_id=${id}`)).body.data.processing_info;
    const clip = await uploadedInSegments("tweet_video", "video/mp4", video(100));
    const text = await uploadedInSegments("tweet_video", "video/mp4", Buffer.from("not a video"));
    expect(await state(clip)).toEqual({ state: "pending", check_after_secs: 1 });
    on.pass(1000);
    expect(await state(clip)).toMatchObject({ state: "in_progress" });
    on.pass(1000);
    expect(await state(clip)).toMatchObject({ state: "succeeded" });
    expect(await state(text)).toMatchObject({ state: "failed", error: { name: "InvalidMedia" } });
  });

  const file = Buffer.from("just text");
  test.each<[string, string, unknown, string]>([
    ["no file", "", form({ media_category: "tweet_image" }), "media parameter is missing."],
    [
      "a file that is no picture",
      "",
      form({ media_category: "tweet_image" }, file),
      "media type unrecognized.",
    ],
    ["a video in one piece", "", form({ media_category: "tweet_video" }, file), "media_category"],
    ["a field X does not have", "", form({ media_category: "tweet_image", alt: "x" }, file), "alt"],
    [
      "a strange type",
      "/initialize",
      { media_type: "text/html", media_category: "tweet_video", total_bytes: 1 },
      "media type",
    ],
    [
      "a strange category",
      "/initialize",
      { media_type: "video/mp4", media_category: "toString", total_bytes: 1 },
      "$.media_category",
    ],
    [
      "too many bytes",
      "/initialize",
      { media_type: "image/gif", media_category: "tweet_gif", total_bytes: 16e6 },
      "$.total_bytes",
    ],
    ["a field of its own", "/initialize", { media_type: "image/gif", bytes: 1 }, "$.bytes"],
    ["an unknown upload", "/123/append", form({ segment_index: "0" }, file), "BadRequest: Not found"],
    ["an unknown end", "/123/finalize", undefined, "BadRequest: Not found"],
  ])("%s: 400", async (_name, path, body, message) => {
    const answer = await ask("POST", `/2/media/upload${path}`, body);
    expect([answer.status, answer.body.errors[0].message]).toEqual([400, expect.stringContaining(message)]);
  });

  it("a picture above 5 MB, an alt text above 1,000 letters, segments that are not all there", async () => {
    const big = Buffer.concat([await picture("png"), Buffer.alloc(5 * 1024 * 1024)]);
    const category = { media_category: "tweet_image" };
    expect((await ask("POST", "/2/media/upload", form(category, big))).status).toBe(400);
    const alt = (id: string, length: number) => ({
      id,
      metadata: { alt_text: { text: "a".repeat(length) } },
    });
    const id = await uploaded();
    expect((await ask("POST", "/2/media/metadata", alt(id, 1001))).status).toBe(400);
    expect((await ask("POST", "/2/media/metadata", alt("123", 5))).status).toBe(400);
    expect((await ask("POST", "/2/media/metadata", alt(id, 1000))).status).toBe(200);
    const start = { media_type: "video/mp4", media_category: "tweet_video", total_bytes: 10 };
    const upload = (await ask("POST", "/2/media/upload/initialize", start)).body.data.id;
    await ask("POST", `/2/media/upload/${upload}/append`, form({ segment_index: "0" }, Buffer.alloc(9)));
    const end = await ask("POST", `/2/media/upload/${upload}/finalize`);
    expect(end.body.errors[0].message).toContain("Segments do not add up");
  });
});
