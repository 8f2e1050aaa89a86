import { afterAll, beforeAll, describe, expect, it, test } from "@jest/globals";
import {
  picture,
  prepareFully,
  variant,
  type XOnPractice,
  xOnPractice,
} from "../../../test/support/x-on-practice.ts";
import type { PracticeIdentity } from "../../practice/kit.ts";
import { x } from "./index.ts";

let on: XOnPractice;
let me: PracticeIdentity;
let first: string;

beforeAll(async () => {
  on = await xOnPractice();
  me = on.account("reader");
  first = await post({ text: "Q&A <now>: https://example.org/a?b=c&d=e" });
  const parent = { externalId: first, rootExternalId: first };
  await post({ text: "More", role: "reply" }, { parent });
  await post({ text: "Look", media: [await on.file("image/png", await picture("png"))] });
  for (let n = 0; n < 5; n++) await post({ text: `Post ${n}` });
});
afterAll(() => on.close());

async function post(part: Parameters<typeof variant>[0], more = {}): Promise<string> {
  on.pass(1000);
  const [content, call] = [variant(part), on.call(me, more)];
  const result = await x.publish(content, { ...call, prepared: await prepareFully(content, call, on.pass) });
  return result.state === "published" ? result.externalId : "";
}

async function read(path: string) {
  const headers = { authorization: `Bearer ${me.credentials.accessToken}` };
  const response = await fetch(`${on.baseUrl.api}${path}`, { headers });
  return { status: response.status, body: await response.json() };
}

const texts = (body: { data?: { text: string }[] }) => body.data?.map(({ text }) => text);

describe("a post is shown as X shows it", () => {
  it("with its URL shortened and three signs escaped", async () => {
    const { body } = await read(`/2/tweets/${first}`);
    expect(body.data.text).toMatch(/^Q&amp;A &lt;now&gt;: https:\/\/t\.co\/\w{10}$/);
  });

  it("with one more URL for its media", async () => {
    const { body } = await read(`/2/users/${me.externalId}/tweets?max_results=10`);
    expect(texts(body)?.[5]).toMatch(/^Look https:\/\/t\.co\/\w{10}$/);
  });

  it("with its numbers, when asked in either spelling", async () => {
    for (const name of ["tweet.fields", "post.fields"])
      expect(
        (await read(`/2/tweets/${first}?${name}=public_metrics`)).body.data.public_metrics,
      ).toMatchObject({
        reply_count: 1,
        like_count: 0,
      });
    expect((await read(`/2/tweets/${first}`)).body.data.public_metrics).toBeUndefined();
  });

  it("not at all when it is not there: 200 with an error", async () =>
    expect(await read("/2/tweets/1")).toMatchObject({
      status: 200,
      body: { errors: [{ resource_id: "1", title: "Not Found Error" }] },
    }));
});

describe("a timeline", () => {
  const timeline = (query: string) => read(`/2/users/${me.externalId}/tweets?${query}`);

  it("is newest first, page by page", async () => {
    const one = (await timeline("max_results=5")).body;
    const two = (await timeline(`max_results=5&pagination_token=${one.meta.next_token}`)).body;
    expect(texts(one)).toEqual(["Post 4", "Post 3", "Post 2", "Post 1", "Post 0"]);
    expect([texts(two)?.length, two.meta.next_token, two.meta.oldest_id]).toEqual([3, undefined, first]);
  });

  it("leaves out replies, and what lies outside the time asked for", async () => {
    expect(texts((await timeline("exclude=replies,retweets")).body)).not.toContain("More");
    const since = new Date(on.now().getTime() - 1500).toISOString();
    expect(texts((await timeline(`start_time=${since}`)).body)).toEqual(["Post 4", "Post 3"]);
    expect((await timeline(`since_id=${first}&end_time=2020-01-01T00:00:00Z`)).body).toEqual({
      meta: { result_count: 0 },
    });
  });

  it("of nobody is an error in a 200", async () =>
    expect((await read("/2/users/1/tweets")).body).toMatchObject({ errors: [{ resource_type: "user" }] }));

  test.each([
    "max_results=4",
    "max_results=101",
    "max_results=x",
    "start_time=yesterday",
    "end_time=2026-11-20",
    "since_id=abc",
    "pagination_token=abc",
    "fields=text",
  ])("%s is an invalid request", async (query) =>
    expect(await timeline(query)).toMatchObject({ status: 400, body: { title: "Invalid Request" } }),
  );
});
