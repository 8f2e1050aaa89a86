import { afterEach, describe, expect, it, test } from "@jest/globals";
import { type Answer, type Asked, pinterestSaying } from "../../../test/support/pinterest-on-practice.ts";
import { boardIdOf, choices } from "./boards.ts";

type Server = Awaited<ReturnType<typeof pinterestSaying>>;

const pages: Readonly<Record<string, object>> = {
  "": {
    items: [
      { id: "11", name: "Water", owner: { username: "water" } },
      { id: "12", name: "Été", owner: { username: "water" } },
      { id: "13", name: "2026" },
    ],
    bookmark: "two",
  },
  two: {
    items: [
      { id: "14", name: "Rivers" },
      { id: "2026", name: "Odd" },
    ],
    bookmark: "three",
  },
  three: {
    items: [
      { id: "15", name: "Twins", owner: { username: "water" } },
      { id: "16", name: "twins", owner: { username: "friends" } },
      { id: "17", name: "Same", owner: { username: "water" } },
      { id: "18", name: "Same", owner: { username: "friends" } },
    ],
    bookmark: null,
  },
};

let server: Server;
afterEach(() => server.close());

const inPages = ({ path }: Asked): Answer => ({
  body: pages[new URL(path, "http://x").searchParams.get("bookmark") ?? ""],
});

describe("the board a person named", () => {
  test.each([
    ["its name", "Water", "11"],
    ["its name in other letters", " water ", "11"],
    ["its name, put together otherwise", "E\u0301te\u0301", "12"],
    ["a name on the second page", "rivers", "14"],
    ["its id", "15", "15"],
    ["an id that is another's name", "2026", "2026"],
    ["of two the one spelled so", "twins", "16"],
  ])("is found by %s", async (_how, wanted, id) => {
    server = await pinterestSaying(inPages);
    expect(await boardIdOf(wanted, server.call())).toBe(id);
  });

  test.each([
    ["there is none of that name", "Deserts", "board_unknown"],
    ["nothing was named", "", "board_unknown"],
    ["two are called so", "Same", "board_ambiguous"],
    ["two are spelled almost so", "TWINS", "board_ambiguous"],
  ])("is asked for again where %s", async (_why, wanted, code) => {
    server = await pinterestSaying(inPages);
    await expect(boardIdOf(wanted, server.call())).rejects.toMatchObject({
      kind: "invalid",
      detail: { code },
      message: expect.stringMatching(/choose one/),
    });
  });

  it("is not looked for without end", async () => {
    server = await pinterestSaying(() => ({
      body: { items: [{ id: "1", name: "Again" }], bookmark: "again" },
    }));
    await expect(boardIdOf("Water", server.call())).rejects.toMatchObject({ kind: "invalid" });
    expect(server.asked).toHaveLength(20);
  });

  test.each([{}, { items: null }, { items: [{ name: "No id" }] }, [], null])(
    "is not there or away by an answer like %j",
    async (body) => {
      server = await pinterestSaying(() => ({ body }));
      await expect(boardIdOf("Water", server.call())).rejects.toMatchObject({ kind: "unavailable" });
    },
  );
});

describe("the boards to choose from", () => {
  it("are all of them, and say whose they are where they are somebody else's", async () => {
    server = await pinterestSaying(inPages);
    const found = await choices("board", {}, server.call());
    expect(found).toHaveLength(9);
    expect(found.slice(0, 1)).toEqual([{ value: "11", label: "Water" }]);
    expect(found.slice(-2)).toEqual([
      { value: "17", label: "Same" },
      { value: "18", label: "Same (friends)" },
    ]);
    expect(server.asked[0]).toMatchObject({ method: "GET", path: "/v5/boards?page_size=250" });
  });

  it("are for the board alone", async () => {
    server = await pinterestSaying(inPages);
    expect(await choices("title", {}, server.call())).toEqual([]);
    expect(server.asked).toEqual([]);
  });
});
