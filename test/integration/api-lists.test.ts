import { beforeAll, describe, expect, it } from "@jest/globals";
import { useApi } from "../support/api.ts";

const api = useApi();
const day = 86_400_000;
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

interface Page {
  data: { id: string; text: string; dueAt: string; state: string }[];
  nextCursor: string | null;
}

let x: string;
let mastodon: string;
beforeAll(async () => {
  x = await api.addAccount("x");
  mastodon = await api.addAccount("mastodon");
  const due = (n: number) => inMs((n + 1) * day);
  const items = Array.from({ length: 25 }, (_, n) => ({
    text: n % 5 === 0 ? `100% water_${n}` : `Post ${n}`,
    accounts: [n % 2 === 0 ? x : mastodon],
    dueAt: n < 20 ? due(n) : null,
  }));
  // One after the other: the ids of one bulk may be made in the same millisecond.
  for (const body of items) await api.call("POST", "/v1/posts", { body });
});
const list = async (query: string, what = "posts") =>
  (await api.call<Page>("GET", `/v1/${what}?${query}`)).body;

async function walk(query: string, what = "posts"): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await list(`${query}${cursor ? `&cursor=${cursor}` : ""}`, what);
    ids.push(...page.data.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  return ids;
}

describe("posts", () => {
  it("come newest first, page by page, none twice and none left out", async () => {
    const ids = await walk("limit=7");
    expect(ids).toHaveLength(25);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    expect((await list("limit=25")).nextCursor).toBeNull();
  });
  it("that are written while somebody reads do not shift the pages", async () => {
    const first = await list("limit=10");
    const { body } = await api.call<{ id: string }>("POST", "/v1/posts", { body: { text: "Between" } });
    const second = await list(`limit=100&cursor=${first.nextCursor}`);
    expect([...first.data, ...second.data].map(({ id }) => id)).not.toContain(body.id);
    expect(first.data.length + second.data.length).toBe(25);
    await api.call("DELETE", `/v1/posts/${body.id}`);
  });
  it.each([
    ["state=draft", 5],
    ["state=scheduled", 20],
    ["state=failed", 0],
    ["q=water", 5],
    ["q=100%25", 5],
    ["q=r_1", 2], // an underscore is no wildcard
    ["q=WATER_20", 1],
  ])("with %s", async (query, count) => expect((await list(query)).data).toHaveLength(count));
  it("of one account, of one platform, of a time", async () => {
    expect((await list(`accountId=${x}`)).data).toHaveLength(13);
    expect((await list("platform=mastodon")).data).toHaveLength(10);
    const span = `from=${encodeURIComponent(inMs(0))}&to=${encodeURIComponent(inMs(3.5 * day))}`;
    expect((await list(span)).data).toHaveLength(3);
  });
});

describe("deliveries", () => {
  it("come by due time, latest first, also where many share a moment", async () => {
    const dueAt = inMs(2 * day);
    const body = Array.from({ length: 12 }, (_, n) => ({
      text: `Same ${n}`,
      accounts: [x, mastodon],
      dueAt,
    }));
    await api.call("POST", "/v1/posts/bulk", { body });
    const ids = await walk("limit=5", "deliveries");
    expect(ids).toHaveLength(44);
    expect(new Set(ids).size).toBe(44);
    const { data } = await list("limit=200", "deliveries");
    expect(data.map((row) => row.dueAt)).toEqual(
      data
        .map((row) => row.dueAt)
        .sort()
        .reverse(),
    );
    expect(data.map((row) => row.id)).toEqual(ids);
  });
  it.each([
    ["state=scheduled", 44],
    ["state=published", 0],
    ["platform=x", 22],
  ])("with %s", async (query, count) =>
    expect((await list(`limit=200&${query}`, "deliveries")).data).toHaveLength(count),
  );
  it("one with its content, tries and history", async () => {
    const { data } = await list("limit=1", "deliveries");
    const { body } = await api.call("GET", `/v1/deliveries/${data[0]?.id}`);
    expect(body).toMatchObject({
      id: data[0]?.id,
      variant: { role: "post", text: expect.any(String) },
      attemptCount: 0,
      attempts: [],
      events: [{ type: "delivery.scheduled", from: null, reasonCode: null, at: expect.any(String) }],
    });
  });
});
