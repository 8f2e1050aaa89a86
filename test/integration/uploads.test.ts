import { once } from "node:events";
import { readdir, stat, utimes } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { Upload } from "tus-js-client";
import { tendUploads } from "../../src/media/tend-uploads.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { keptBytes } from "../support/kept-bytes.ts";
import { type MediaFiles, mediaFiles } from "../support/media-files.ts";
import { resumable } from "../support/resumable.ts";
import { hiddenInPhoto, photoWithPosition, plainImage, video } from "../support/sample-media.ts";
import { addStranger } from "../support/stranger.ts";
import { until } from "../support/until.ts";

const megabyte = 1024 * 1024;

let api: ComposedApi;
let files: MediaFiles;
let uploads: ReturnType<typeof resumable>;
beforeAll(async () => {
  api = await startComposedApi();
  [files, uploads] = [mediaFiles(api), resumable(api)];
});
afterAll(() => api.close());
afterEach(() => until("nothing is left behind", async () => (await files.waiting()).length === 0));

const onDisk = () => readdir(join(api.dataDir, "media/uploads"));
const tend = () => tendUploads(api.world, (error) => expect(error).toBeUndefined());
const longVideo = (bytes: number) => video({ frameBytes: bytes / 10, filledWith: 7 });

describe("an upload in parts", () => {
  it("by a tus client that is interrupted goes on where it was, and is the file that was sent", async () => {
    const file = await longVideo(3 * megabyte);
    const options = {
      headers: { authorization: `Bearer ${api.key}` },
      metadata: { filename: "Meeting.mp4", altText: "A well" },
      chunkSize: megabyte,
      retryDelays: null,
    };
    const first = new Upload(file, { ...options, endpoint: `${api.url}/v1/media/uploads` });
    const stopped = new Promise<void>((resolve, reject) => {
      first.options.onError = reject;
      first.options.onChunkComplete = (_size, accepted) => {
        if (accepted >= megabyte) void first.abort().then(resolve);
      };
    });
    first.start();
    await stopped;
    const path = new URL(first.url ?? "").pathname;
    expect(await uploads.offset(path)).toBeGreaterThanOrEqual(megabyte);
    expect((await api.call("GET", path)).json).toMatchObject({
      state: "receiving",
      bytes: file.length,
      mediaId: null,
    });

    const accepted: number[] = [];
    const mediaId = await new Promise<string | undefined>((resolve, reject) => {
      const second = new Upload(file, {
        ...options,
        uploadUrl: first.url,
        onChunkComplete: (_size, total) => accepted.push(total),
        onError: reject,
        onSuccess: ({ lastResponse }) => resolve(lastResponse.getHeader("Media-Id")),
      });
      second.start();
    });
    expect(accepted[0]).toBeGreaterThan(megabyte);
    const { json } = await api.call("GET", `/v1/media/${mediaId}`);
    expect(json).toMatchObject({ kind: "video", altText: "A well", bytes: file.length, width: 320 });
    expect((await files.bytesOf(json.url)).equals(file)).toBe(true);
    const ended = await api.call("GET", path);
    expect(ended.json).toMatchObject({ state: "stored", offset: file.length, mediaId, problem: null });
    expect(ended.text).not.toContain("Meeting");
    expect(await uploads.offset(path)).toBe(file.length); // for a client that lost the last answer
    expect(await onDisk()).toEqual([]);
  });

  it("of a photograph leaves its position, camera and notes behind", async () => {
    const photo = await photoWithPosition();
    const path = await uploads.begin(photo.length);
    const half = Math.floor(photo.length / 2);
    expect((await uploads.send(path, 0, photo.subarray(0, half))).status).toBe(204);
    const last = await uploads.send(path, half, photo.subarray(half));
    const { json } = await api.call("GET", `/v1/media/${last.headers.get("media-id")}`);
    expect(json).toMatchObject({ mimeType: "image/jpeg", width: 40, height: 60 });
    expect((await files.bytesOf(json.url)).includes(hiddenInPhoto.camera)).toBe(false);
  });

  it("never comes to lie in memory", async () => {
    const size = 300 * megabyte;
    const path = await uploads.begin(size);
    const head = await video();
    const [before, held] = [process.memoryUsage().rss, keptBytes()]; // other tests may not have let go yet
    const file = join(api.dataDir, "media/uploads", path.split("/").at(-1) ?? "");
    const kept: number[] = [];
    let inMemory = 0; // the most that was sent and not yet on the disk: it lies somewhere between
    const pieces = async function* () {
      yield head;
      for (let left = size - head.length; left > 0; left -= megabyte) {
        yield Buffer.alloc(Math.min(left, megabyte));
        const sent = size - left;
        inMemory = Math.max(inMemory, sent - ((await stat(file).catch(() => undefined))?.size ?? 0));
        if (left % (50 * megabyte) < megabyte) kept.push(keptBytes() - held);
      }
    };
    // Not with fetch, which keeps all of a streamed body for a redirect that might come.
    const sending = request(`${api.url}${path}`, {
      method: "PATCH",
      headers: {
        authorization: `Bearer ${api.key}`,
        "tus-resumable": "1.0.0",
        "upload-offset": "0",
        "content-type": "application/offset+octet-stream",
      },
    });
    const answered = once(sending, "response") as Promise<[IncomingMessage]>;
    await pipeline(Readable.from(pieces()), sending);
    const [answer] = await answered;
    expect(answer.statusCode).toBe(204);
    expect(inMemory).toBeLessThan(size / 4);
    expect(process.memoryUsage().rss - before).toBeLessThan(size / 2);
    expect(kept.length).toBeGreaterThan(3);
    expect(Math.max(...kept)).toBeLessThan(size / 4);
    expect((await api.call("DELETE", `/v1/media/${answer.headers["media-id"]}`)).status).toBe(204);
  });

  it("takes a part only where the one before ended, and says where that is", async () => {
    const png = await plainImage("png");
    const path = await uploads.begin(png.length);
    await uploads.send(path, 0, png.subarray(0, 20));
    for (const offset of [0, 19, 21]) {
      const answer = await uploads.send(path, offset, png.subarray(20));
      expect([answer.status, answer.json.code]).toEqual([409, "wrong_state"]);
    }
    expect(await uploads.offset(path)).toBe(20);
    const over = await uploads.send(path, 20, Buffer.concat([png.subarray(20), Buffer.alloc(1)]));
    expect([over.status, over.json.code]).toEqual([413, "too_large"]);
    expect((await uploads.send(path, 20, png.subarray(20))).headers.get("media-id")).toMatch(/^med_/);
  });

  it("is there for its own workspace alone, and for keys that may write", async () => {
    const png = await plainImage("png");
    const path = await uploads.begin(png.length);
    const { headers } = await addStranger(api);
    const theirs = resumable(api, headers);
    expect([await theirs.offset(path), (await theirs.send(path, 0, png)).status]).toEqual([-1, 404]);
    for (const method of ["GET", "HEAD", "DELETE"])
      expect((await api.call(method, path, undefined, { ...headers, "tus-resumable": "1.0.0" })).status).toBe(
        404,
      );
    const nobody = { authorization: "Bearer clr_no" };
    expect((await resumable(api, nobody).tryBegin(10)).status).toBe(401);
    expect(await uploads.offset(path)).toBe(0);
    expect((await api.call("DELETE", path)).status).toBe(204);
    expect((await api.call("GET", path)).status).toBe(404);
    expect(await onDisk()).toEqual([]);
  });

  it("that does not end in time is forgotten, and its bytes are", async () => {
    const png = await plainImage("png");
    const path = await uploads.begin(png.length);
    await uploads.send(path, 0, png.subarray(0, 20));
    await tend();
    expect(await uploads.offset(path)).toBe(20);
    await api.world.db.pool.query("update uploads set expires_at = now() where state = 'receiving'");
    expect(await uploads.offset(path)).toBe(-1);
    expect((await uploads.send(path, 20, png.subarray(20))).status).toBe(404);
    const [name] = await onDisk();
    const anHourAgo = new Date(Date.now() - 3_600_000);
    await utimes(join(api.dataDir, "media/uploads", name ?? ""), anHourAgo, anHourAgo);
    await tend();
    expect(await onDisk()).toEqual([]);
    const { rows } = await api.world.db.pool.query("select 1 from uploads where state = 'receiving'");
    expect(rows).toEqual([]);
  });
});

describe("an upload in parts is refused, and says why also later:", () => {
  it.each([
    [
      "a file of a kind we do not take, with its first bytes",
      100 * megabyte,
      "%PDF-1.7\n",
      422,
      "media_type_refused",
    ],
    [
      "a picture of more than 32 MB, with its first bytes",
      40 * megabyte,
      "\xff\xd8\xff\xe0",
      413,
      "too_large",
    ],
  ])("%s", async (_, size, beginning, status, code) => {
    const path = await uploads.begin(size);
    const start = Buffer.concat([Buffer.from(beginning, "latin1"), Buffer.alloc(megabyte)]);
    const answer = await uploads.send(path, 0, start);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    const later = await api.call("GET", path);
    expect(later.json).toMatchObject({ state: "refused", mediaId: null, problem: { code, status } });
    expect((await uploads.send(path, start.length, start)).json.code).toBe(code);
    expect(await onDisk()).toEqual([]);
  });

  it("a video that is damaged, at its end", async () => {
    const broken = (await video()).subarray(0, 200);
    const path = await uploads.begin(broken.length);
    const answer = await uploads.send(path, 0, broken);
    expect([answer.status, answer.json.code]).toEqual([422, "media_unreadable"]);
    expect((await api.call("GET", path)).json).toMatchObject({
      state: "refused",
      problem: { code: "media_unreadable", type: "/docs/errors#media_unreadable" },
    });
    expect(await onDisk()).toEqual([]);
  });

  it.each([
    ["more than a gigabyte", { "upload-length": String(1024 ** 3 + 1) }, 413],
    ["nothing", { "upload-length": "0" }, 400],
    ["no length", {}, 400],
    ["a length that is none", { "upload-length": "many" }, 400],
    ["a length to come", { "upload-defer-length": "1" }, 400],
    ["words that are no base64", { "upload-length": "9", "upload-metadata": "altText ***" }, 400],
    [
      "an endless alt text",
      { "upload-length": "9", "upload-metadata": `altText ${btoa("x".repeat(5001))}` },
      400,
    ],
    [
      "an alt text that is no text",
      { "upload-length": "9", "upload-metadata": `altText ${btoa("a\0b")}` },
      400,
    ],
    ["another version of tus", { "upload-length": "9", "tus-resumable": "0.2.2" }, 400],
  ])("at its beginning: %s", async (_, headers: Record<string, string>, status) => {
    const all = { "tus-resumable": "1.0.0", ...headers };
    const answer = await api.call("POST", "/v1/media/uploads", undefined, all);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
    expect(await onDisk()).toEqual([]);
  });
});
