import { randomBytes } from "node:crypto";
import { request } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import sharp from "sharp";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { type MediaFiles, mediaFiles, rawForm } from "../support/media-files.ts";
import { plainImage, video } from "../support/sample-media.ts";
import { until } from "../support/until.ts";

const megabyte = 1024 * 1024;

let api: ComposedApi;
let files: MediaFiles;
beforeAll(async () => {
  api = await startComposedApi();
  files = mediaFiles(api);
});
afterAll(() => api.close());

/** Whatever a test did, nothing waits half-received. */
afterEach(() => until("nothing is left behind", async () => (await files.waiting()).length === 0));

describe("an upload is refused, and leaves nothing behind:", () => {
  it.each([
    ["a web page called a picture", "<!doctype html><script>alert(1)</script>"],
    ["an SVG", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ["a PDF", "%PDF-1.7\n%âãÏÓ\n1 0 obj"],
    ["a zip", Buffer.from("504b0304140000000000", "hex")],
    ["an empty file", ""],
    ["plain text", "hello"],
  ])("%s", async (_, content) => {
    const answer = await files.upload(Buffer.from(content), { name: "photo.jpg", type: "image/jpeg" });
    expect([answer.status, answer.json.code]).toEqual([422, "media_type_refused"]);
  });

  it("a picture of 10,000 × 10,000 pixels, before it is unpacked", async () => {
    const huge = await sharp({ create: { width: 10_000, height: 10_000, channels: 3, background: "#fff" } })
      .png()
      .toBuffer();
    expect(huge.length).toBeLessThan(2 * megabyte);
    const before = process.memoryUsage().rss;
    const answer = await files.upload(huge);
    expect([answer.status, answer.json.code]).toEqual([422, "image_too_large"]);
    expect(answer.json).toMatchObject({ width: 10_000, height: 10_000, maxPixels: 40_000_000 });
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * megabyte);
  });

  it("a picture that claims a billion pixels in its header", async () => {
    const png = await plainImage("png");
    png.writeUInt32BE(40_000, 16);
    png.writeUInt32BE(40_000, 20);
    expect((await files.upload(png)).status).toBe(422);
  });

  it("an animation whose frames are too many pixels together", async () => {
    const frames = Buffer.concat(Array.from({ length: 20 }, (_, i) => Buffer.alloc(1500 * 1500 * 3, i * 12)));
    const raw = { width: 1500, height: 30_000, channels: 3, pageHeight: 1500 } as const;
    const webp = await sharp(frames, { raw, limitInputPixels: false }).webp({ effort: 0 }).toBuffer();
    expect((await files.upload(webp)).json.code).toBe("image_too_large");
  });

  it.each([
    ["a picture that breaks off", () => plainImage("jpeg", 400, 400).then((file) => file.subarray(0, 500))],
    ["a video that breaks off", () => video().then((file) => file.subarray(0, 200))],
    [
      "a file that only begins like a video",
      async () => Buffer.concat([Buffer.from("00000018667479706d703432", "hex"), Buffer.alloc(9000)]),
    ],
  ])("%s", async (_, make) => {
    const answer = await files.upload(await make());
    expect([answer.status, answer.json.code]).toEqual([422, "media_unreadable"]);
  });

  it("a picture of more than 32 MB, at the limit and not at its end", async () => {
    const huge = Buffer.concat([await plainImage("jpeg"), Buffer.alloc(40 * megabyte)]);
    const answer = await files.upload(huge);
    expect([answer.status, answer.json.code]).toEqual([413, "too_large"]);
  });

  it.each([
    ["no file", { altText: "x" }, "/file", "field_missing"],
    ["a file sent as text", { file: "x" }, "/file", "invalid_value"],
    ["an unknown field", { file: new Blob(["x"]), state: "published" }, "/state", "unknown_field"],
    ["a field called __proto__", Object.fromEntries([["__proto__", "x"]]), "/__proto__", "unknown_field"],
    ["an alt text sent as a file", { altText: new Blob(["x"]) }, "/altText", "invalid_value"],
  ])("%s", async (_, fields: Record<string, string | Blob>, pointer, code) => {
    const form = new FormData();
    const png = await pngBlob();
    for (const [name, value] of Object.entries(fields))
      form.append(name, name === "file" && value instanceof Blob ? png : value);
    const answer = await api.call("POST", "/v1/media", form);
    expect(answer.status).toBe(400);
    expect(answer.json.issues[0]).toMatchObject({ pointer, code });
  });

  it("two files", async () => {
    const form = new FormData();
    for (const name of ["a", "b"]) form.append("file", await pngBlob(), name);
    const answer = await api.call("POST", "/v1/media", form);
    expect([answer.status, answer.json.issues[0]?.pointer]).toEqual([400, "/file"]);
  });

  it("an alt text that PostgreSQL could not keep, or that never ends", async () => {
    const png = await plainImage("png");
    expect((await files.upload(png, { altText: "a\0b" })).json.issues[0]?.pointer).toBe("/altText");
    expect((await files.upload(png, { altText: "x".repeat(5001) })).json.issues[0]?.pointer).toBe("/altText");
  });

  it.each([
    ["a form cut off in the file", (body: Buffer) => body.subarray(0, -60)],
    ["a form cut off in a header", (body: Buffer) => body.subarray(0, 40)],
    ["an empty body", () => Buffer.alloc(0)],
    [
      "a form of another boundary",
      (body: Buffer) => Buffer.from(body.toString("latin1").replaceAll("BOUND", "bound"), "latin1"),
    ],
    [
      "a part without a name",
      () => Buffer.from("--BOUND\r\ncontent-disposition: form-data\r\n\r\nx\r\n--BOUND--\r\n"),
    ],
    ["a part without headers", () => Buffer.from("--BOUND\r\n\r\nx\r\n--BOUND--\r\n")],
    ["noise", () => randomBytes(20_000)],
  ])("%s", async (_, damage) => {
    const body = damage(rawForm(await plainImage("jpeg", 300, 300)));
    const type = { "content-type": "multipart/form-data; boundary=BOUND" };
    expect((await api.call("POST", "/v1/media", body, type)).status).toBe(400);
  });

  it.each([
    ["no boundary", "multipart/form-data", 400],
    ["another type", "image/png", 415],
    ["no type", "", 415],
  ])("%s", async (_, type, status) => {
    const answer = await api.call("POST", "/v1/media", new Uint8Array(await plainImage("png")), {
      "content-type": type,
    });
    expect(answer.status).toBe(status);
  });

  it("without a key, before a byte of it is read", async () => {
    const answer = await api.call("POST", "/v1/media", new FormData(), { authorization: "Bearer clr_no" });
    expect(answer.status).toBe(401);
  });
});

it("a client that goes away in the middle leaves no file, and the server stands", async () => {
  const count = await files.kept();
  const body = rawForm(Buffer.concat([await video(), Buffer.alloc(megabyte)]));
  for (const part of [30, 200, 5000, megabyte / 2]) {
    const client = request(`${api.url}/v1/media`, {
      method: "POST",
      headers: { ...files.formHeaders(), "content-length": body.length },
    });
    client.on("error", () => undefined);
    await new Promise((resolve) => client.write(body.subarray(0, part), resolve));
    if (part > 4100) await until("it arrives", async () => (await files.waiting()).length > 0);
    client.destroy();
  }
  await until("all is gone", async () => (await files.waiting()).length === 0);
  expect(await files.kept()).toBe(count);
  expect((await api.call("GET", "/v1/media")).status).toBe(200);
});

async function pngBlob(): Promise<Blob> {
  return new Blob([new Uint8Array(await plainImage("png"))]);
}
