import { beforeAll, describe, expect, it } from "@jest/globals";
import { useApi } from "../support/api.ts";

const api = useApi();
let x: string;
let mastodon: string;
beforeAll(async () => {
  x = await api.addAccount("x");
  mastodon = await api.addAccount("mastodon");
});

interface Bulk {
  data: {
    index: number;
    status: number;
    id?: string;
    problem?: { code: string; issues?: { pointer: string }[] };
  }[];
  created: number;
  refused: number;
  code?: string;
}

const dueAt = new Date(Date.now() + 86_400_000).toISOString();
const post = (text: string) => ({ text, accounts: [x, mastodon], dueAt });
const bulk = (body: unknown, query = "", headers = {}) =>
  api.call<Bulk>("POST", `/v1/posts/bulk${query}`, { body, headers });
const ndjson = (lines: string, type = "application/x-ndjson") =>
  api.call<Bulk>("POST", "/v1/posts/bulk", { raw: { type, text: lines } });
const countPosts = async () =>
  (await api.sql<{ count: number }>("select count(*) from posts"))[0]?.count ?? 0;

describe("many posts in one request", () => {
  it("are stored, each with an answer in its place", async () => {
    const { status, body } = await bulk([post("One"), { text: "A draft" }, post("Three")]);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      created: 3,
      refused: 0,
      data: [0, 1, 2].map((index) => ({ index, status: 201 })),
    });
    const read = await api.call("GET", `/v1/posts/${body.data[2]?.id}`);
    expect(read.body).toMatchObject({ text: "Three", state: "scheduled", deliveries: [{}, {}] });
  });

  it("a refused one stops no other, and points into itself", async () => {
    const { body } = await bulk([
      post("Good"),
      post("a".repeat(281)),
      { text: 5 },
      { ...post("Late"), dueAt: "2020-01-01T00:00:00Z" },
      post("Good too"),
    ]);
    expect(body.data.map(({ status, problem }) => [status, problem?.code])).toEqual([
      [201, undefined],
      [422, "validation_failed"],
      [400, "invalid_request"],
      [422, "due_in_the_past"],
      [201, undefined],
    ]);
    expect(body.data[2]?.problem?.issues?.[0]?.pointer).toBe("/text");
    expect([body.created, body.refused]).toEqual([2, 3]);
  });

  it("with dryRun nothing is stored", async () => {
    const before = await countPosts();
    const { body } = await bulk([post("Dry"), post("a".repeat(281))], "?dryRun=true");
    expect(body.data.map(({ status, id }) => [status, id])).toEqual([
      [200, undefined],
      [422, undefined],
    ]);
    expect(await countPosts()).toBe(before);
  });

  it("sent again under its Idempotency-Key it stores nothing more", async () => {
    const headers = { "idempotency-key": "bulk-1" };
    const first = await bulk([post("Once"), post("Once")], "", headers);
    const before = await countPosts();
    const second = await bulk([post("Once"), post("Once")], "", headers);
    expect([second.body, second.headers.get("idempotency-replayed")]).toEqual([first.body, "true"]);
    expect(await countPosts()).toBe(before);
  });

  it("a thousand with two accounts each are one request", async () => {
    const before = await countPosts();
    const { body } = await bulk(Array.from({ length: 1000 }, (_, n) => post(`Number ${n}`)));
    expect(body.created).toBe(1000);
    expect(await countPosts()).toBe(before + 1000);
    const [rows] = await api.sql(
      "select count(*) from deliveries d join posts p on p.id = d.post_id where p.text like 'Number %' and d.state = 'scheduled'",
    );
    expect(rows).toEqual({ count: 2000 });
  });

  it.each([
    ["more than a thousand", Array(1001).fill({ text: "a" }), 413, "too_large"],
    ["no array", { text: "a" }, 400, "invalid_request"],
    ["more than ten megabytes", [{ text: "a".repeat(11 * 1024 * 1024) }], 413, "too_large"],
  ])("%s is refused whole", async (_name, body, status, code) => {
    expect(await bulk(body)).toMatchObject({ status, body: { code } });
  });
});

describe("one post per line", () => {
  it("is read as it arrives; empty lines and a missing last line break do not matter", async () => {
    const { body } = await ndjson(
      `${JSON.stringify(post("Line one"))}\r\n\n${JSON.stringify(post("Zeile zwölf 🌊"))}`,
    );
    expect(body).toMatchObject({ created: 2, refused: 0 });
    expect((await api.call("GET", `/v1/posts/${body.data[1]?.id}`)).body.text).toBe("Zeile zwölf 🌊");
  });
  it("a line that is no JSON stops no other", async () => {
    const { body } = await ndjson(`{"text": "unfinished\n${JSON.stringify({ text: "fine" })}\n`);
    expect(body.data.map(({ status, problem }) => [status, problem?.code])).toEqual([
      [400, "malformed_json"],
      [201, undefined],
    ]);
  });
  it("a line too many is refused before it is read", async () => {
    expect(await ndjson('{"text":"a"}\n'.repeat(1001))).toMatchObject({
      status: 413,
      body: { code: "too_large" },
    });
  });
  it("another type is refused", async () => {
    expect(await ndjson("a,b\n", "text/csv")).toMatchObject({ status: 415 });
  });
});
