import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import sharp from "sharp";
import { openWorld, type World } from "../../../test/contract/world.ts";
import { mastodon } from "./index.ts";
import { practice } from "./practice.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld(mastodon, practice);
});
afterAll(() => world.close());

describe("the pretend Mastodon", () => {
  it("answers a repeated key with the first status, for an hour, and per account", async () => {
    const [me, other] = [person(), person()];
    const first = await me.post({ status: "hello" }, "key");
    const again = await me.post({ status: "other words" }, "key");
    expect([again.status, again.body.id]).toEqual([200, first.body.id]);
    expect((await other.post({ status: "hello" }, "key")).body.id).not.toBe(first.body.id);
    world.clock.advance(61 * 60_000);
    expect((await me.post({ status: "hello" }, "key")).body.id).not.toBe(first.body.id);
  });

  it.each<[string, object, number, string]>([
    ["nothing", {}, 422, "Validation failed: Text can't be blank"],
    ["white space", { status: " \n" }, 422, "Validation failed: Text can't be blank"],
    [
      "a long text",
      { status: "a".repeat(501) },
      422,
      "Validation failed: Text character limit of 500 exceeded",
    ],
    [
      "a long text with its warning",
      { status: "a".repeat(499), spoiler_text: "bb" },
      422,
      "Validation failed: Text character limit of 500 exceeded",
    ],
    [
      "a wrong visibility",
      { status: "a", visibility: "secret" },
      422,
      "Validation failed: Visibility is not included in the list",
    ],
    ["five files", { media_ids: ["1", "2", "3", "4", "5"] }, 422, "Cannot attach more than 4 files"],
    ["an unknown file", { media_ids: ["7"] }, 422, "Media 7 not found or already attached to another post"],
    [
      "an answer to nothing",
      { status: "a", in_reply_to_id: "7" },
      404,
      "The post you are trying to reply to does not appear to exist.",
    ],
  ])("refuses %s", async (_what, body, status, error) => {
    const me = person();
    expect(await me.post(body)).toEqual({ status, body: { error } });
    expect(me.actor.posts()).toEqual([]);
  });

  it("refuses a file that is another's, used, or not ready", async () => {
    const [me, other] = [person(), person()];
    const { id } = (await me.upload(await jpeg())).body;
    const notFound = `Media ${id} not found or already attached to another post`;
    expect((await other.post({ media_ids: [id] })).body.error).toBe(notFound);
    expect((await me.post({ media_ids: [id] })).status).toBe(200);
    expect((await me.post({ media_ids: [id] })).body.error).toBe(notFound);
    const limit = mastodon.capabilities.media.types.video ?? { mimeTypes: [], maxBytes: 0 };
    const video = await world.shelf.make("video", "video/mp4", limit, "");
    const slow = await me.upload(await world.shelf.access.open(video?.id ?? ""));
    expect([slow.status, slow.body.url]).toEqual([202, null]);
    expect((await me.post({ media_ids: [slow.body.id] })).body.error).toMatch(/not finished processing/);
    expect((await me.get(`/v1/media/${slow.body.id}`)).status).toBe(206);
    expect((await other.get(`/v1/media/${slow.body.id}`)).status).toBe(404);
    world.clock.advance(5000);
    expect((await me.get(`/v1/media/${slow.body.id}`)).status).toBe(200);
    const picture = (await me.upload(await jpeg())).body.id;
    expect((await me.post({ media_ids: [slow.body.id, picture] })).body.error).toMatch(
      /Cannot attach a video/,
    );
  });

  it.each<[string, Blob, string, string]>([
    [
      "a text file",
      new Blob(["hello"], { type: "image/png" }),
      "",
      "Validation failed: File content type is invalid, File is invalid",
    ],
    [
      "random bytes",
      new Blob([randomBytes(500)]),
      "",
      "Validation failed: File content type is invalid, File is invalid",
    ],
  ])("refuses %s as a file, whatever it says it is", async (_what, file, description, error) => {
    expect(await person().upload(file, description)).toEqual({ status: 422, body: { error } });
  });

  it("refuses a description of more than 1500 characters", async () => {
    const me = person();
    expect((await me.upload(await jpeg(), "d".repeat(1500))).status).toBe(200);
    expect((await me.upload(await jpeg(), "d".repeat(1501))).body.error).toMatch(/Description is too long/);
  });

  it("knows nobody without a token, and nothing of others' private posts", async () => {
    const [me, other] = [person(), person()];
    const bare = await fetch(`${world.practice.url}/mastodon/api/v1/accounts/verify_credentials`);
    expect([bare.status, await bare.json()]).toEqual([401, { error: "The access token is invalid" }]);
    await me.post({ status: "for followers", visibility: "private" });
    await me.post({ status: "for all" });
    const path = `/v1/accounts/${me.actor.identity.externalId}/statuses`;
    expect((await me.get(path)).body).toHaveLength(2);
    expect((await other.get(path)).body).toHaveLength(1);
  });

  it("takes away from an edited post what is not sent again, and marks it only when something changed", async () => {
    const me = person();
    const file = (await me.upload(await jpeg(), "a well")).body.id;
    const { id } = (await me.post({ status: "hello", spoiler_text: "greeting", media_ids: [file] })).body;
    const edit = async (body: object) =>
      (
        await me.send("PUT", `/v1/statuses/${id}`, JSON.stringify(body), {
          "content-type": "application/json",
        })
      ).body;
    expect(await edit({ status: "hello", spoiler_text: "greeting", media_ids: [file] })).toMatchObject({
      edited_at: null,
      media_attachments: [{ id: file, description: "a well" }],
    });
    expect(await edit({ status: "hello" })).toMatchObject({
      edited_at: expect.any(String),
      spoiler_text: "",
      media_attachments: [],
    });
    expect((await edit({ status: " " })).error).toBe("Validation failed: Text can't be blank");
    expect((await edit({ status: "a", media_ids: ["7"] })).error).toMatch(/^Media 7 not found/);
  });

  it("lets nobody delete another's post", async () => {
    const [me, other] = [person(), person()];
    const { id } = (await me.post({ status: "hello" })).body;
    expect((await other.send("DELETE", `/v1/statuses/${id}`)).status).toBe(404);
    expect((await me.send("DELETE", `/v1/statuses/${id}`)).body.text).toBe("hello");
    expect((await me.get(`/v1/statuses/${id}`)).status).toBe(404);
  });
});

interface Answer {
  readonly status: number;
  readonly body: { id: string; error?: string; url?: string | null; text?: string };
}

function person() {
  const actor = world.actor();
  const authorization = `Bearer ${actor.identity.credentials.accessToken}`;
  const send = async (method: string, path: string, body?: BodyInit, headers = {}): Promise<Answer> => {
    const response = await fetch(`${world.practice.url}/mastodon/api${path}`, {
      method,
      headers: { authorization, ...headers },
      ...(body !== undefined && { body }),
    });
    return { status: response.status, body: (await response.json()) as Answer["body"] };
  };
  return {
    actor,
    send,
    get: (path: string) => send("GET", path),
    post: (body: object, key?: string) =>
      send("POST", "/v1/statuses", JSON.stringify(body), {
        "content-type": "application/json",
        ...(key !== undefined && { "idempotency-key": key }),
      }),
    upload(file: Blob, description = "") {
      const form = new FormData();
      form.set("file", file, "file");
      form.set("description", description);
      return send("POST", "/v2/media", form);
    },
  };
}

async function jpeg(): Promise<Blob> {
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: "#2a6b99" } });
  return new Blob([new Uint8Array(await picture.jpeg().toBuffer())], { type: "image/jpeg" });
}
