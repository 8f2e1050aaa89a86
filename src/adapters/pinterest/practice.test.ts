import { afterAll, beforeAll, describe, expect, it, test } from "@jest/globals";
import sharp from "sharp";
import { type Actor, pinterestOnPractice, type World } from "../../../test/support/pinterest-on-practice.ts";

let world: World;
let actor: Actor;
let board: string;
let picture: string;

beforeAll(async () => {
  world = await pinterestOnPractice();
  actor = world.actor();
  board = await boardOf(actor);
  picture = (await image(40, 60)).toString("base64");
});
afterAll(() => world.close());

function image(width: number, height: number, format: "jpeg" | "png" | "webp" = "jpeg"): Promise<Buffer> {
  const create = { width, height, channels: 3, background: "#2a6b99" } as const;
  return sharp({ create }).toFormat(format).toBuffer();
}

async function boardOf(whose: Actor): Promise<string> {
  return (await ask("GET", "/v5/boards", undefined, whose)).body.items[0].id;
}

async function ask(method: string, path: string, body?: unknown, whose: Actor | null = actor) {
  const response = await fetch(`${world.practice.url}/pinterest${path}`, {
    method,
    redirect: "manual",
    headers: {
      ...(whose && { authorization: `Bearer ${whose.identity.credentials.accessToken}` }),
      "content-type": "application/json",
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

const one = () => ({ source_type: "image_base64", content_type: "image/jpeg", data: picture });
const several = (count: number) => ({
  source_type: "multiple_image_base64",
  items: Array.from({ length: count }, () => ({ content_type: "image/jpeg", data: picture })),
});
const pin = (changes: object = {}) => ({ board_id: board, media_source: one(), ...changes });

describe("a Pin is refused", () => {
  test.each<[string, () => object | Promise<object>, number, RegExp]>([
    ["that is no object", () => [], 400, /not a JSON object/],
    ["without a board, whatever the specification says", () => pin({ board_id: undefined }), 400, /board_id/],
    ["without anything to show", () => pin({ media_source: undefined }), 400, /media_source/],
    ["on a board by its name", () => pin({ board_id: "Clarion" }), 400, /does not match '\^\\d\+\$'/],
    ["on no board", () => pin({ board_id: "404" }), 404, /Board not found/],
    [
      "on another's board",
      async () => pin({ board_id: await boardOf(world.actor()) }),
      404,
      /Board not found/,
    ],
    ["with a title of 101", () => pin({ title: "a".repeat(101) }), 400, /too long/],
    ["with a text of 801", () => pin({ description: "🐟".repeat(801) }), 400, /too long/],
    ["with an alt text of 501", () => pin({ alt_text: "a".repeat(501) }), 400, /too long/],
    ["with a link of 2049", () => pin({ link: `https://e.org/${"a".repeat(2035)}` }), 400, /too long/],
    ["with a link that is none", () => pin({ link: "example.org" }), 400, /Invalid URL/],
    ["with a text that is none", () => pin({ description: 7 }), 400, /not of type 'string'/],
    [
      "with a source of another kind",
      () => pin({ media_source: { source_type: "gif" } }),
      400,
      /source_type/,
    ],
    [
      "with a type of file it does not take",
      () => pin({ media_source: { ...one(), content_type: "image/webp" } }),
      400,
      /is not one of/,
    ],
    [
      "with data that is no base64",
      () => pin({ media_source: { ...one(), data: "data:image/jpeg," } }),
      400,
      /does not match/,
    ],
    [
      "with a WebP called a JPEG",
      async () => pin({ media_source: { ...one(), data: (await image(40, 60, "webp")).toString("base64") } }),
      400,
      /format of the image/,
    ],
    [
      "with a picture above 20 MB",
      async () =>
        pin({
          media_source: {
            ...one(),
            data: Buffer.concat([await image(40, 60), Buffer.alloc(20_000_000)]).toString("base64"),
          },
        }),
      400,
      /20MB/,
    ],
    ["with one picture where several are meant", () => pin({ media_source: several(1) }), 400, /minItems=2/],
    ["with six pictures", () => pin({ media_source: several(6) }), 400, /maxItems=5/],
    [
      "with pictures of different shapes",
      async () =>
        pin({
          media_source: {
            ...several(0),
            items: [
              ...several(1).items,
              { content_type: "image/png", data: (await image(60, 60, "png")).toString("base64") },
            ],
          },
        }),
      400,
      /same aspect ratio/,
    ],
    [
      "with a video nobody uploaded",
      () => pin({ media_source: { source_type: "video_id", media_id: "1", cover_image_key_frame_time: 1 } }),
      404,
      /Media not found/,
    ],
    [
      "with a video without a cover",
      () => pin({ media_source: { source_type: "video_id", media_id: "1" } }),
      400,
      /cover_image/,
    ],
  ])("%s", async (_what, body, status, words) => {
    const { status: got, body: said } = await ask("POST", "/v5/pins", await body());
    expect([got, said.message]).toEqual([status, expect.stringMatching(words)]);
    expect(actor.posts()).toEqual([]);
    expect(world.practice.ledger("pinterest").data.at(-1)).toMatchObject({ accepted: false });
  });
});

describe("a Pin is taken", () => {
  it("at the very limits, and counts as Pinterest counts", async () => {
    const whose = world.actor();
    const link = `https://e.org/${"a".repeat(2034)}`;
    const texts = {
      title: "🐟".repeat(100),
      description: "🐟".repeat(800),
      alt_text: "🐟".repeat(500),
      link,
    };
    const body = { ...texts, board_id: await boardOf(whose), media_source: several(5) };
    const { status, body: answer } = await ask("POST", "/v5/pins", body, whose);
    expect([status, answer.media.items.length, answer.creative_type]).toEqual([201, 5, "CAROUSEL"]);
    expect(answer).toMatchObject(texts);
  });

  it("and found again under the address of the live site", async () => {
    const whose = world.actor();
    const body = { board_id: await boardOf(whose), media_source: one() };
    const { id } = (await ask("POST", "/v5/pins", body, whose)).body;
    const { status, headers } = await ask("GET", `/pin/${id}/`);
    expect([status, headers.get("location")]).toEqual([302, `${world.wire.url}/pinterest/posts/${id}`]);
  });

  it("and deleted once, by its owner", async () => {
    const whose = world.actor();
    const body = { board_id: await boardOf(whose), media_source: one() };
    const { id } = (await ask("POST", "/v5/pins", body, whose)).body;
    expect(await ask("DELETE", `/v5/pins/${id}`)).toMatchObject({ status: 403, body: { code: 29 } });
    expect((await ask("DELETE", `/v5/pins/${id}`, undefined, whose)).status).toBe(204);
    expect(await ask("DELETE", `/v5/pins/${id}`, undefined, whose)).toMatchObject({ status: 404 });
    expect(await ask("GET", `/v5/pins/${id}`, undefined, whose)).toMatchObject({ status: 404 });
  });
});

describe("lists", () => {
  it("come newest first and in pages", async () => {
    const whose = world.actor();
    const boardId = await boardOf(whose);
    const ids: string[] = [];
    for (let count = 0; count < 3; count++)
      ids.unshift((await ask("POST", "/v5/pins", { board_id: boardId, media_source: one() }, whose)).body.id);
    for (const list of ["/v5/pins", `/v5/boards/${boardId}/pins`]) {
      const first = await ask("GET", `${list}?page_size=2`, undefined, whose);
      const second = await ask(
        "GET",
        `${list}?page_size=2&bookmark=${first.body.bookmark}`,
        undefined,
        whose,
      );
      const all = [...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id);
      expect([all, second.body.bookmark]).toEqual([ids, null]);
    }
    expect((await ask("GET", "/v5/pins")).body.items).toEqual([]);
  });

  it.each(["0", "251", "ten"])("do not come in pages of %s", async (size) => {
    expect((await ask("GET", `/v5/boards?page_size=${size}`)).status).toBe(400);
  });

  it("of boards start with a few, the same after a new login", async () => {
    const names = async (whose: Actor) =>
      (await ask("GET", "/v5/boards", undefined, whose)).body.items.map(({ name }: { name: string }) => name);
    const whose = world.actor();
    world.practice.register("pinterest", whose.identity.handle);
    expect(await names(whose)).toEqual(["Clarion", "Our campaigns", "Good news"]);
  });
});

describe("the door", () => {
  it.each(["/v5/user_account", "/v5/boards", "/v5/pins", "/v5/media/1"])(
    "of %s needs a login",
    async (path) => {
      const { status, body } = await ask("GET", path, undefined, null);
      expect([status, body]).toEqual([401, { code: 2, message: "Authentication failed." }]);
    },
  );

  it("shuts after a hundred writes in a minute, and says until when", async () => {
    const whose = world.actor();
    for (let left = 99; left >= 0; left--) {
      const { status, headers } = await ask("DELETE", "/v5/pins/1", undefined, whose);
      expect([status, headers.get("x-ratelimit-remaining")]).toEqual([404, String(left)]);
    }
    const { status, headers, body } = await ask("DELETE", "/v5/pins/1", undefined, whose);
    expect([status, body.code]).toEqual([429, 8]);
    expect(headers.get("x-ratelimit-limit")).toMatch(/^100, 100;w=1;name=/);
    expect(Number(headers.get("x-ratelimit-reset"))).toBeGreaterThan(0);
    expect((await ask("GET", "/v5/boards", undefined, whose)).status).toBe(200); // reading counts by itself
    world.clock.advance(60_000);
    expect((await ask("DELETE", "/v5/pins/1", undefined, whose)).status).toBe(404);
  });
});
