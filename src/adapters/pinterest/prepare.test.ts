import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { prepared } from "../../../test/contract/world.ts";
import {
  type Actor,
  type Answer,
  type Asked,
  clip,
  film,
  picture,
  pinterestOnPractice,
  pinterestSaying,
  variant,
  type World,
} from "../../../test/support/pinterest-on-practice.ts";
import type { Prepared } from "../contract/adapter.ts";
import { prepare } from "./prepare.ts";

let world: World;
beforeAll(async () => {
  world = await pinterestOnPractice();
});
afterAll(() => world.close());
afterEach(() => world.calm());

const requests = () =>
  world.wire.requests.map(({ method, path }) => `${method} ${path.replace(/\d{5,}/g, ":id")}`);
const boards = "GET /pinterest/v5/boards?page_size=250";
const register = "POST /pinterest/v5/media";
const upload = "POST /pinterest/media-upload/";
const status = "GET /pinterest/v5/media/:id";

describe("a Pin of pictures", () => {
  it("needs its board found, and nothing sent", async () => {
    const actor = world.actor();
    const ready = await prepared(world, variant({ media: [await picture(world)] }), actor.call());
    expect(ready?.values).toEqual({ boardId: expect.stringMatching(/^\d+$/) });
    expect(requests()).toEqual([boards]);
  });

  it("is told that its board is not there while there is time", async () => {
    const options = { board: "No such board" };
    await expect(prepared(world, variant({ options }), world.actor().call())).rejects.toMatchObject({
      kind: "invalid",
      detail: { code: "board_unknown" },
    });
  });
});

describe("a video", () => {
  const video = async () => variant({ media: [await film(world)] });
  const step = (content: Awaited<ReturnType<typeof video>>, actor: Actor, soFar?: Prepared) =>
    prepare(content, { ...actor.call(), ...(soFar && { soFar }) } as never);

  it("is registered, uploaded and asked for until Pinterest is done with it", async () => {
    const [actor, content] = [world.actor(), await video()];
    const begun = await step(content, actor);
    expect(begun).toMatchObject({ pollAfterMs: 5000 });
    expect(requests()).toEqual([boards, register, upload]);
    expect(await step(content, actor, begun)).toEqual(begun); // still at work
    world.clock.advance(5000);
    const ready = await step(content, actor, begun);
    expect(ready).toEqual({ values: begun.values, expiresAt: begun.expiresAt });
    expect(requests().slice(3)).toEqual([status, status]);
    expect(actor.posts()).toEqual([]);
  });

  it("is begun anew after a lost answer, with an upload of its own", async () => {
    const [actor, content] = [world.actor(), await video()];
    const first = await step(content, actor);
    const second = await step(content, actor);
    expect(second.values.mediaId).not.toBe(first.values.mediaId);
    expect(second.values.boardId).toBe(first.values.boardId);
  });

  it("that Pinterest cannot process is handed back with words", async () => {
    const [actor, content] = [world.actor(), variant({ media: [await film(world, 2)] })];
    await expect(prepared(world, content, actor.call())).rejects.toMatchObject({
      kind: "invalid",
      detail: { code: "processing_failed" },
      message: expect.stringContaining("export it as MP4"),
    });
  });

  it("that Pinterest has forgotten is sent once more, and not for ever", async () => {
    const [actor, content] = [world.actor(), await video()];
    const begun = await step(content, actor);
    const lost = { ...begun, values: { ...begun.values, mediaId: "404" } };
    const again = await step(content, actor, lost);
    expect(again.values).toMatchObject({ restarted: "true", boardId: begun.values.boardId });
    expect(again.pollAfterMs).toBe(5000);
    expect(requests().filter((request) => request === upload)).toHaveLength(2);
    const lostAgain = { ...again, values: { ...again.values, mediaId: "404" } };
    await expect(step(content, actor, lostAgain)).rejects.toMatchObject({ kind: "invalid" });
  });
});

describe("the upload", () => {
  const parameters = { "x-amz-date": "20260101T000000Z", key: "uploads/3:video:1:2", policy: "ey==" };
  const saying =
    (uploaded: Answer) =>
    (asked: Asked, url: string): Answer => {
      if (asked.path.startsWith("/v5/boards")) return { body: { items: [{ id: "1", name: "Clarion" }] } };
      if (asked.path !== "/v5/media") return uploaded;
      const upload_url = `${url}/bucket//strange%2Fpath?x=%20y`;
      return {
        status: 201,
        body: { media_id: "7", media_type: "video", upload_url, upload_parameters: parameters },
      };
    };
  let server: Awaited<ReturnType<typeof pinterestSaying>>;
  afterEach(() => server.close());
  const content = variant({ media: [clip] });

  it("goes where it is told to the letter, its fields before the file, without our token", async () => {
    server = await pinterestSaying(saying({ status: 204 }));
    expect(await prepare(content, server.call() as never)).toMatchObject({ values: { mediaId: "7" } });
    const sent = server.asked.at(-1);
    expect([sent?.method, sent?.path]).toEqual(["POST", "/bucket//strange%2Fpath?x=%20y"]);
    expect(sent?.headers.authorization).toBeUndefined();
    expect(sent?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(sent?.headers["content-length"]).toBe(String(sent?.body.length));
    const form = sent?.body.toString("latin1") ?? "";
    const names = [...form.matchAll(/ name="([^"]+)"/g)].map(([, name]) => name);
    expect(names).toEqual([...Object.keys(parameters), "file"]);
    expect(form).toContain("a video");
  });

  it.each([
    ["an address that ran out", 403, "<Code>AccessDenied</Code>", "unavailable"],
    ["trouble", 503, "<Code>SlowDown</Code>", "unavailable"],
    ["a redirect", 307, "", "unavailable"],
    ["a video that is too large", 400, "<Code>EntityTooLarge</Code>", "invalid"],
  ])("that meets %s makes nothing public: %i", async (_what, status, body, kind) => {
    server = await pinterestSaying(saying({ status, body }));
    await expect(prepare(content, server.call() as never)).rejects.toMatchObject({ kind });
  });

  it("is not begun on an answer that does not say where", async () => {
    server = await pinterestSaying(({ path }) =>
      path === "/v5/media"
        ? { status: 201, body: { media_id: "7", media_type: "video" } }
        : { body: { items: [{ id: "1", name: "Clarion" }] } },
    );
    await expect(prepare(content, server.call() as never)).rejects.toMatchObject({ kind: "unavailable" });
  });
});
