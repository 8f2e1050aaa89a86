import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import type { World } from "../../../test/contract/world.ts";
import { ask, type Fields, redditOnPractice } from "../../../test/support/reddit-on-practice.ts";
import type { PracticeIdentity, PracticeNetwork, PracticeReply } from "../../practice/kit.ts";
import { practice } from "./practice.ts";

let world: World;
let me: PracticeIdentity;
beforeAll(async () => {
  world = await redditOnPractice();
});
afterAll(() => world.close());
beforeEach(() => {
  me = world.actor().identity;
});

const self: Fields = { kind: "self", sr: "Clarion", title: "A title", text: "Words" };
const submit = (changes: Fields, identity = me) =>
  ask(world, identity, "POST", "/api/submit", { ...self, ...changes });

describe("who may speak", () => {
  it("an app that does not say its name is slowed down", async () => {
    const headers = { authorization: `Bearer ${me.credentials.accessToken}` };
    for (const agent of ["node", "undici", "python-requests/2.32", "Mozilla/5.0"]) {
      const answer = await fetch(`${world.wire.url}/reddit/api/v1/me`, {
        headers: { ...headers, "user-agent": agent },
      });
      expect(answer.status).toBe(429);
      await answer.body?.cancel();
    }
  });

  it("nobody and strangers get Reddit's own 401", async () => {
    const stranger = { ...me, credentials: { accessToken: "stranger" } };
    for (const identity of [null, stranger]) {
      const { status, body, headers } = await ask(world, identity, "GET", "/api/v1/me");
      expect([status, body]).toEqual([401, { message: "Unauthorized", error: 401 }]);
      expect(headers.get("www-authenticate")).toContain('error="invalid_token"');
    }
  });

  it("every answer says what the app has left; after a thousand requests nothing is, for anyone", async () => {
    const { headers } = await ask(world, me, "GET", "/api/v1/me");
    expect(headers.get("x-ratelimit-remaining")).toMatch(/^\d+\.0$/);
    const { network, call } = alone();
    const [first, second] = [practice.register(network, "first"), practice.register(network, "second")];
    expect((await call(first)).headers).toMatchObject({
      "x-ratelimit-used": "1",
      "x-ratelimit-remaining": "999.0",
      "x-ratelimit-reset": "600",
    });
    for (let n = 0; n < 998; n++) await call(first);
    expect((await call(second)).status).toBe(200);
    expect(await call(second)).toMatchObject({ status: 429, headers: { "x-ratelimit-remaining": "0.0" } });
    network.pass(600_000);
    expect((await call(second)).status).toBe(200);
  });
});

/** Reddit without a network around it, for what takes a thousand requests. */
function alone() {
  const collections = new Map<string, Map<string, unknown>>();
  let nowMs = Date.now();
  const network = {
    now: () => new Date(nowMs),
    pass: (ms: number) => {
      nowMs += ms;
    },
    collection(name: string) {
      const documents = collections.get(name) ?? new Map<string, unknown>();
      collections.set(name, documents);
      return {
        get: (id: string) => documents.get(id),
        put: (id: string, value: unknown) => documents.set(id, value),
        list: () => [...documents],
      };
    },
  } as unknown as PracticeNetwork & { pass(ms: number): void };
  const route = practice.routes.find(({ path }) => path === "/api/v1/me");
  const call = async ({ credentials }: PracticeIdentity) =>
    (await route?.handle(
      {
        headers: { "user-agent": "web:test:v1" },
        token: credentials.accessToken,
        query: new URLSearchParams(),
      } as never,
      network,
    )) as PracticeReply;
  return { network, call };
}

describe("a post Reddit would refuse is refused", () => {
  test.each<[string, Fields, string]>([
    ["a kind it does not have", { kind: "poll" }, "INVALID_OPTION"],
    ["no title", { title: " " }, "NO_TEXT"],
    ["a long title", { title: "a".repeat(301) }, "TOO_LONG"],
    ["a long text", { text: "a".repeat(40_001) }, "TOO_LONG"],
    ["no subreddit", { sr: "" }, "SUBREDDIT_NOEXIST"],
    ["a subreddit that is not there", { sr: "NoSuchPlace" }, "SUBREDDIT_NOEXIST"],
    ["a closed one", { sr: "Closed" }, "SUBREDDIT_NOEXIST"],
    ["one for members", { sr: "MembersOnly" }, "SUBREDDIT_NOTALLOWED"],
    ["one that banned us", { sr: "BannedMe" }, "BANNED_FROM_SUBREDDIT"],
    ["another's profile", { sr: "u_stranger" }, "SUBREDDIT_NOTALLOWED"],
    ["a link without one", { kind: "link" }, "NO_URL"],
    ["a link that is none", { kind: "link", url: "javascript:alert(1)" }, "BAD_URL"],
    ["a text among links", { sr: "LinksOnly" }, "NO_SELFS"],
    ["a link among texts", { sr: "TextOnly", kind: "link", url: "https://example.org" }, "NO_LINKS"],
    ["a picture from elsewhere", { kind: "image", url: "https://example.org/a.png" }, "BAD_URL"],
    ["a video without a picture", { kind: "video", url: "https://example.org/a.mp4" }, "MISSING_VIDEO_URLS"],
    ["a flair of nobody's", { flair_id: "f-1" }, "BAD_FLAIR_TARGET"],
    ["no flair", { sr: "FlairNeeded" }, "SUBMIT_VALIDATION_FLAIR_REQUIRED"],
    ["a short title", { sr: "Strict", title: "[News]" }, "SUBMIT_VALIDATION_TITLE_MIN_LENGTH"],
    ["a word", { sr: "Strict", title: "[News] free money" }, "SUBMIT_VALIDATION_TITLE_BLACKLISTED_STRING"],
    ["no text", { sr: "Strict", title: "[News] It rains", text: "" }, "SUBMIT_VALIDATION_BODY_REQUIRED"],
    ["a text", { sr: "TitlesOnly" }, "SUBMIT_VALIDATION_BODY_NOT_ALLOWED"],
    ["haste", { sr: "TooSoon" }, "RATELIMIT"],
  ])("%s", async (_name, changes, code) => {
    const answer = await submit(changes);
    expect(answer.code).toBe(code);
    expect(answer.status).toBe(code.startsWith("SUBMIT_") ? 400 : 200);
    expect(world.practice.ledger("reddit").data.at(-1)).toMatchObject({ accepted: false });
  });

  it("a link that stands there already, unless it is meant; and in some places for a while", async () => {
    const link = (changes: Fields) =>
      submit({ kind: "link", url: "https://example.org/twice", resubmit: "false", ...changes });
    expect((await link({})).code).toBeUndefined();
    expect((await link({})).code).toBe("ALREADY_SUB");
    expect((await link({ sr: "water" })).code).toBeUndefined();
    expect((await link({ resubmit: "true" })).code).toBeUndefined();
    const strict = { sr: "Strict", title: "[News] It rains", resubmit: "true" };
    expect((await link(strict)).code).toBeUndefined();
    expect((await link(strict)).code).toBe("SUBMIT_VALIDATION_LINK_REPOST");
    world.clock.advance(8 * 24 * 60 * 60_000);
    expect((await link(strict)).code).toBeUndefined();
  });

  it("a comment below nothing, without words, or too long", async () => {
    const comment = (thing_id: string, text: string) =>
      ask(world, me, "POST", "/api/comment", { thing_id, text });
    const { name } = (await submit({})).body.json.data;
    expect((await comment("t3_zzz9", "Hello")).code).toBe("DELETED_LINK");
    expect((await comment(name, " ")).code).toBe("NO_TEXT");
    expect((await comment(name, "a".repeat(10_001))).code).toBe("TOO_LONG");
    expect((await comment(name, "a".repeat(10_000))).code).toBeUndefined();
  });

  it("a gallery of one, of strangers' pictures, with long captions", async () => {
    const gallery = (items: object[]) =>
      ask(world, me, "POST", "/api/submit_gallery_post.json", {
        json: { sr: "Clarion", title: "Pictures", items, api_type: "json" },
      });
    expect((await gallery([{ media_id: "a" }])).code).toBe("BAD_GALLERY");
    expect((await gallery([{ media_id: "a" }, { media_id: "b" }])).code).toBe("BAD_URL");
    expect((await gallery([{ media_id: "a", caption: "c".repeat(181) }, { media_id: "b" }])).code).toBe(
      "TOO_LONG",
    );
  });
});

describe("the storage takes only what it was promised", () => {
  const lease = (mimetype: string, identity = me) =>
    ask(world, identity, "POST", "/api/media/asset.json", { filepath: "a.png", mimetype });
  async function store(
    fields: readonly { name: string; value: string }[],
    bucket = "reddit-uploaded-media",
    bytes?: Buffer,
  ) {
    const form = new FormData();
    for (const { name, value } of fields) form.set(name, value);
    if (bytes) form.set("file", new Blob([new Uint8Array(bytes)]), "a.png");
    const answer = await fetch(`${world.wire.url}/reddit/storage/${bucket}`, { method: "POST", body: form });
    return { status: answer.status, text: await answer.text() };
  }

  it("no strange types", async () => {
    expect((await lease("text/html")).code).toBe("BAD_IMAGE_TYPE");
  });

  it("in Reddit's own shape, and nothing else", async () => {
    const { args, asset } = (await lease("image/png")).body;
    expect(args.action).toMatch(/^\/\/127\.0\.0\.1:\d+\/reddit\/storage\/reddit-uploaded-media$/);
    expect(asset).toMatchObject({ asset_id: expect.any(String), processing_state: "incomplete" });
    const changed = args.fields.map((field: { name: string }) =>
      field.name === "policy" ? { ...field, value: "another" } : field,
    );
    const bytes = Buffer.from("bytes");
    expect(await store(changed, undefined, bytes)).toMatchObject({ status: 403 });
    expect(await store(args.fields, "reddit-uploaded-video", bytes)).toMatchObject({ status: 403 });
    expect(await store(args.fields)).toMatchObject({
      status: 400,
      text: expect.stringContaining("InvalidArgument"),
    });
    const big = await store(args.fields, undefined, Buffer.alloc(20 * 1024 * 1024 + 1));
    expect(big).toMatchObject({ status: 400, text: expect.stringContaining("<MaxSizeAllowed>20971520<") });
    expect(await store(args.fields, undefined, bytes)).toMatchObject({
      status: 201,
      text: expect.stringContaining(`<Key>${asset.asset_id}</Key>`),
    });
    const thief = await submit(
      { kind: "image", url: `http:${args.action}/${asset.asset_id}` },
      world.actor().identity,
    );
    expect(thief.code).toBe("BAD_URL");
    world.clock.advance(61 * 60_000);
    expect(await store(args.fields, undefined, bytes)).toMatchObject({ status: 403 });
  });
});

describe("what is read", () => {
  it("comes escaped to those who do not ask for it raw", async () => {
    await submit({ text: "Q&A <b>" });
    const path = `/user/${me.handle}/submitted`;
    const text = async (query: string) =>
      (await ask(world, me, "GET", `${path}${query}`)).body.data.children[0].data.selftext;
    expect([await text(""), await text("?raw_json=1")]).toEqual(["Q&amp;A &lt;b&gt;", "Q&A <b>"]);
  });

  it("of others does not show what was removed", async () => {
    await submit({ sr: "Filtered" });
    const list = async (identity: PracticeIdentity) =>
      (await ask(world, identity, "GET", `/user/${me.handle}/submitted`)).body.data.children;
    expect((await list(me))[0].data.removed_by_category).toBe("automod_filtered");
    expect(await list(world.actor().identity)).toEqual([]);
  });

  it("a subreddit that is not there is searched for", async () => {
    const answer = await ask(world, me, "GET", "/r/NoSuchPlace/about");
    expect([answer.status, answer.headers.get("location")]).toEqual([
      302,
      expect.stringMatching(/\/subreddits\/search\?q=NoSuchPlace$/),
    ]);
  });

  it("a result is told to whoever has its address", async () => {
    const heard = await world.guarded
      .firstMessage(
        `${world.wire.url.replace("http", "ws")}/reddit/results/none`,
        100,
        new AbortController().signal,
      )
      .catch((error: Error) => error.message);
    expect(heard).toBe("Nothing was said in time");
  });
});
