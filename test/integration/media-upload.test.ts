import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import sharp from "sharp";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { filmThatTells, hiddenInFilm } from "../support/hidden-film.ts";
import { type MediaFiles, mediaFiles } from "../support/media-files.ts";
import { animation, hiddenInPhoto, photoWithPosition, plainImage, video } from "../support/sample-media.ts";
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

describe("an upload", () => {
  it.each([
    [
      "jpeg",
      () => plainImage("jpeg"),
      { kind: "image", mimeType: "image/jpeg", width: 30, height: 20, durationMs: null },
    ],
    [
      "png",
      () => plainImage("png"),
      { kind: "image", mimeType: "image/png", width: 30, height: 20, durationMs: null },
    ],
    [
      "webp",
      () => plainImage("webp"),
      { kind: "image", mimeType: "image/webp", width: 30, height: 20, durationMs: null },
    ],
    [
      "gif",
      () => plainImage("gif"),
      { kind: "image", mimeType: "image/gif", width: 30, height: 20, durationMs: null },
    ],
    [
      "animated gif",
      () => animation("gif"),
      { kind: "image", mimeType: "image/gif", width: 20, height: 10, durationMs: 300 },
    ],
    [
      "animated webp",
      () => animation("webp"),
      { kind: "image", mimeType: "image/webp", width: 20, height: 10, durationMs: 300 },
    ],
    [
      "mp4",
      () => video(),
      { kind: "video", mimeType: "video/mp4", width: 320, height: 180, durationMs: 1000 },
    ],
  ])("of a %s is stored with what it is, whatever it is called", async (_, make, facts) => {
    const answer = await files.upload(await make(), {
      name: "report.pdf",
      type: "application/pdf",
      altText: "A square",
    });
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({ ...facts, altText: "A square" });
    const bytes = await files.bytesOf(answer.json.url);
    expect(bytes.length).toBe(answer.json.bytes);
    expect((await api.call("GET", `/v1/media/${answer.json.id}`)).json).toEqual(answer.json);
  });

  it("of a photograph leaves its position, camera and notes behind, and stands upright", async () => {
    const photo = await photoWithPosition();
    expect(photo.includes(hiddenInPhoto.camera) && photo.includes("GPS") === false).toBe(true);
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    const { json } = await files.upload(photo);
    expect(json).toMatchObject({ width: 40, height: 60 });
    const kept = await files.bytesOf(json.url);
    const { exif, xmp, iptc, orientation, comments } = await sharp(kept).metadata();
    expect([exif, xmp, iptc, orientation, comments]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(kept.includes(hiddenInPhoto.camera) || kept.includes(hiddenInPhoto.note)).toBe(false);
    expect(kept.includes("Exif")).toBe(false);
  });

  it.each(["png", "webp"] as const)("of a %s leaves its hidden data behind", async (format) => {
    const hidden = await sharp(await plainImage(format))
      .withExif({ IFD0: { Make: hiddenInPhoto.camera } })
      .toFormat(format)
      .toBuffer();
    expect(hidden.includes(hiddenInPhoto.camera)).toBe(true);
    const { json } = await files.upload(hidden);
    expect((await files.bytesOf(json.url)).includes(hiddenInPhoto.camera)).toBe(false);
  });

  it("of a film leaves its position, camera, telemetry and notes behind", async () => {
    const { json } = await files.upload(await filmThatTells("video/mp4"));
    expect(json).toMatchObject({ width: 192, height: 320, durationMs: 2000 });
    const kept = await files.bytesOf(json.url);
    expect(kept.length).toBe(json.bytes);
    expect(Object.values(hiddenInFilm).filter((text) => kept.includes(text))).toEqual([]);
  });

  it("with something else appended is cut off after its picture", async () => {
    const polyglot = Buffer.concat([await plainImage("jpeg"), Buffer.from("<script>alert(1)</script>")]);
    const { json } = await files.upload(polyglot);
    expect((await files.bytesOf(json.url)).includes("<script>")).toBe(false);
  });

  it("streams to disk: a large one never comes to lie in memory", async () => {
    const size = 400 * megabyte;
    const before = process.memoryUsage().rss;
    const { status, text } = await files.stream(size, await video());
    expect(status).toBe(201);
    const { id, bytes } = JSON.parse(text) as { id: string; bytes: number };
    expect(bytes).toBeGreaterThan(size);
    expect(process.memoryUsage().rss - before).toBeLessThan(size / 2);
    expect((await api.call("DELETE", `/v1/media/${id}`)).status).toBe(204);
  });

  it("repeated with its Idempotency-Key is stored once; another file under the key is refused", async () => {
    const [file, headers] = [await plainImage("png"), { "idempotency-key": "upload-1" }];
    const first = await files.upload(file, { headers });
    const again = await files.upload(file, { headers });
    expect([again.status, again.json.id]).toEqual([201, first.json.id]);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    const other = await files.upload(await plainImage("gif"), { headers });
    expect([other.status, other.json.code]).toEqual([422, "idempotency_key_reused"]);
    const same = await files.upload(file, { headers, altText: "now described" });
    expect([same.status, same.json.code]).toEqual([422, "idempotency_key_reused"]);
  });
});
