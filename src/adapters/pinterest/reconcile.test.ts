import { afterEach, describe, expect, it, test } from "@jest/globals";
import { type Asked, pinterestSaying, variant } from "../../../test/support/pinterest-on-practice.ts";
import type { Question } from "../contract/adapter.ts";
import { reconcile } from "./reconcile.ts";

let server: Awaited<ReturnType<typeof pinterestSaying>>;
afterEach(() => server.close());

const sentAt = new Date("2026-11-20T12:00:00Z");
const link = "https://example.org/petition";
const at = (seconds: number) => new Date(sentAt.getTime() + seconds * 1000).toISOString().slice(0, 19);
const image = { media_type: "image", images: {} };
const ours = {
  id: "1",
  created_at: at(2),
  description: "Clean water is a right.",
  title: null,
  link,
  media: image,
};
const other = { ...ours, id: "2", description: "Something else" };
const old = { ...ours, id: "3", created_at: at(-3600) };

/** @param pages of the board, newest first unless the test says otherwise */
async function look(pages: readonly (readonly object[])[], more: Partial<Question> = {}) {
  server = await pinterestSaying(({ path }: Asked) => {
    const page = Number(new URL(path, "http://x").searchParams.get("bookmark") ?? 0);
    return {
      body: { items: pages[page] ?? [], bookmark: page + 1 < pages.length ? String(page + 1) : null },
    };
  });
  const question: Question = {
    deliveryKey: "dlv_1",
    variant: variant({ link }),
    sentAt,
    prepared: { values: { boardId: "77" }, expiresAt: "9999-12-31T00:00:00.000Z" },
    ...more,
  };
  return reconcile(question, server.call());
}

const found = {
  state: "published",
  externalId: "1",
  externalUrl: "https://www.pinterest.com/pin/1/",
};

describe("a Pin whose answer was lost", () => {
  it("is found on its board, whose times are UTC without saying so", async () => {
    expect(await look([[other, ours, old]])).toEqual(found);
    expect(server.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /v5/boards/77/pins?page_size=250",
    ]);
  });

  it("is absent where only other and older ones are, and no more is read than need be", async () => {
    expect(await look([[other, old], [ours]])).toEqual({ state: "absent" });
    expect(server.asked).toHaveLength(1);
  });

  it("is found on a board that was put in order by hand", async () => {
    expect(await look([[old, other], [old], [ours]])).toEqual(found);
  });

  it("is not called absent on a board too long to be read", async () => {
    expect(await look(Array.from({ length: 11 }, () => [other]))).toEqual({ state: "unknown" });
    expect(server.asked).toHaveLength(10);
  });

  test.each<[string, object]>([
    ["white space", { description: " Clean  water\nis a right. " }],
    ["the spelling of the link", { link: "HTTPS://EXAMPLE.org/petition" }],
    ["what it shows of the files", { media: null }],
    ["the zone of its clock", { created_at: "2026-11-20T14:00:02+02:00" }],
    ["its clock, by half a minute", { created_at: at(-30) }],
  ])("is known whatever Pinterest does to %s", async (_what, change) => {
    expect(await look([[{ ...ours, ...change }]])).toEqual(found);
  });

  test.each<[string, object]>([
    ["another link", { link: "https://example.org/other" }],
    ["other files", { media: { media_type: "video" } }],
  ])("may be the one of the same words with %s: nobody knows", async (_what, change) => {
    expect(await look([[{ ...ours, ...change }]])).toEqual({ state: "unknown" });
  });

  it("may be one without a date", async () => {
    const { created_at: _left, ...undated } = ours;
    expect(await look([[undated]])).toEqual(found);
  });

  it("is told from its neighbour of the same words by its link, and from a twin by nothing", async () => {
    expect(await look([[{ ...ours, id: "9", link: null }, ours]])).toEqual(found);
    server.close();
    expect(await look([[{ ...ours, id: "9" }, ours]])).toEqual({ state: "unknown" });
  });

  it("has its title for a mark too", async () => {
    const titled = variant({ link, options: { board: "Clarion", title: "Water" } });
    expect(await look([[ours]], { variant: titled })).toEqual({ state: "absent" });
    server.close();
    expect(await look([[{ ...ours, title: "Water" }]], { variant: titled })).toEqual(found);
  });
});

describe("nothing is claimed", () => {
  it("where the board was never found", async () => {
    const nothing = { values: {}, expiresAt: "9999-12-31T00:00:00.000Z" };
    expect(await look([[ours]], { prepared: nothing })).toEqual({ state: "unknown" });
    expect(server.asked).toEqual([]);
  });

  it.each([
    [404, { code: 40, message: "Board not found." }, "invalid"],
    [503, {}, "unavailable"],
    [200, { items: "none" }, "unavailable"],
  ])("on an answer like %i %j", async (status, body, kind) => {
    server = await pinterestSaying(() => ({ status, body }));
    const prepared = { values: { boardId: "77" }, expiresAt: "9999-12-31T00:00:00.000Z" };
    const question = { deliveryKey: "dlv_1", variant: variant(), sentAt, prepared };
    await expect(reconcile(question, server.call())).rejects.toMatchObject({ kind });
  });
});
