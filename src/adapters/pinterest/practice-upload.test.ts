import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { tinyVideo } from "../../../test/contract/tiny-video.ts";
import { type Actor, pinterestOnPractice, type World } from "../../../test/support/pinterest-on-practice.ts";

let world: World;
let actor: Actor;
beforeAll(async () => {
  world = await pinterestOnPractice();
  actor = world.actor();
});
afterAll(() => world.close());

async function api(path: string, body?: object, whose: Actor = actor) {
  const response = await fetch(`${world.practice.url}/pinterest/v5${path}`, {
    headers: {
      authorization: `Bearer ${whose.identity.credentials.accessToken}`,
      "content-type": "application/json",
    },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

interface Registered {
  readonly media_id: string;
  readonly upload_url: string;
  readonly upload_parameters: Record<string, string>;
}

const register = async () => (await api("/media", { media_type: "video" })).body as Registered;
const statusOf = async ({ media_id }: Registered) => (await api(`/media/${media_id}`)).body.status;
const video = (seconds: number) => tinyVideo("video/mp4", { width: 320, height: 320, seconds });

/** @returns the storage's status and its code */
async function upload(
  to: Registered,
  file: Uint8Array | null,
  changes: Record<string, string> = {},
  headers = {},
) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...to.upload_parameters, ...changes })) form.set(name, value);
  if (file) form.set("file", new Blob([file as Uint8Array<ArrayBuffer>]), "a.mp4");
  const response = await fetch(to.upload_url, { method: "POST", body: form, headers });
  return [response.status, /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1]];
}

describe("a video's way to Pinterest", () => {
  it("is registered, uploaded, processed and then good for a Pin", async () => {
    const place = await register();
    const source = { source_type: "video_id", media_id: place.media_id, cover_image_key_frame_time: 1 };
    const board_id = (await api("/boards")).body.items[0].id;
    const pin = () => api("/pins", { board_id, media_source: source });
    expect([await statusOf(place), (await pin()).status]).toEqual(["registered", 400]);
    expect(await upload(place, await video(5))).toEqual([204, undefined]);
    expect([await statusOf(place), (await pin()).status]).toEqual(["processing", 400]);
    world.clock.advance(1500);
    expect([await statusOf(place), (await pin()).status]).toEqual(["succeeded", 201]);
    expect((await api("/pins", { board_id, media_source: source }, world.actor())).status).toBe(404);
  });

  it.each([
    ["that is none", async () => Buffer.from("<html>")],
    ["of three seconds", () => video(3)],
    ["of more than a quarter of an hour", () => video(901)],
  ])("ends with a file %s", async (_what, file) => {
    const place = await register();
    expect(await upload(place, await file())).toEqual([204, undefined]);
    world.clock.advance(1500);
    expect(await statusOf(place)).toBe("failed");
  });

  it("is one's own: nobody else is told of it", async () => {
    const { media_id } = await register();
    expect((await api(`/media/${media_id}`, undefined, world.actor())).status).toBe(404);
  });

  it("is for videos", async () => {
    expect((await api("/media", { media_type: "image" })).status).toBe(400);
  });
});

describe("the storage's form", () => {
  it("takes its own signature, and no other", async () => {
    const place = await register();
    expect(await upload(place, await video(5), { "x-amz-signature": "0" })).toEqual([403, "AccessDenied"]);
    expect(await upload(place, await video(5), { key: "uploads/else" })).toEqual([403, "AccessDenied"]);
    expect(await statusOf(place)).toBe("registered");
  });

  it("knows no logins: whoever brings one is sent away", async () => {
    const headers = { authorization: `Bearer ${actor.identity.credentials.accessToken}` };
    expect(await upload(await register(), await video(5), {}, headers)).toEqual([400, "InvalidArgument"]);
  });

  it("wants a file", async () => {
    expect(await upload(await register(), null)).toEqual([400, "InvalidArgument"]);
  });

  it("is open for an hour", async () => {
    const place = await register();
    world.clock.advance(61 * 60_000);
    expect(await upload(place, await video(5))).toEqual([403, "AccessDenied"]);
  });

  it("wants to know the length before", async () => {
    const { upload_url: url } = await register();
    const headers = { "content-type": "multipart/form-data; boundary=b", "transfer-encoding": "chunked" };
    const status = await new Promise((resolve) => {
      const sending = request(url, { method: "POST", headers }, (answer) =>
        resolve(answer.resume().statusCode),
      );
      sending.end('--b\r\ncontent-disposition: form-data; name="key"\r\n\r\nx\r\n--b--\r\n');
    });
    expect(status).toBe(411);
  });
});
