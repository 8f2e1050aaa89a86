import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { mediaFiles } from "../support/media-files.ts";
import { photoWithPosition, plainImage } from "../support/sample-media.ts";
import { until } from "../support/until.ts";

const megabyte = 1024 * 1024;

let api: ComposedApi;
let web: Server;
let origin = "";
let answer: RequestListener = () => undefined;

beforeAll(async () => {
  web = createServer((request, response) => answer(request, response)).listen(0, "127.0.0.1");
  await once(web, "listening");
  const { port } = web.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  api = await startComposedApi({ ALLOWED_PRIVATE_HOSTS: `127.0.0.1:${port}` });
});
afterAll(async () => {
  await api.close();
  web.close();
  web.closeAllConnections();
});
afterEach(() => until("nothing is left behind", async () => (await mediaFiles(api).waiting()).length === 0));

describe("an import", () => {
  it("is stored as an upload is: without what was hidden in it", async () => {
    const photo = await photoWithPosition();
    answer = (_, response) => response.writeHead(200, { "content-type": "text/html" }).end(photo);
    const { status, json } = await api.call("POST", "/v1/media", {
      url: `${origin}/photo`,
      altText: "A well",
    });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      kind: "image",
      mimeType: "image/jpeg",
      altText: "A well",
      width: 40,
      height: 60,
    });
    expect((await mediaFiles(api).bytesOf(json.url)).includes("Exif")).toBe(false);
  });

  it("repeated with its Idempotency-Key fetches and stores once", async () => {
    let fetched = 0;
    const png = await plainImage("png");
    answer = (_, response) => {
      fetched += 1;
      response.end(png);
    };
    const body = { url: `${origin}/once` };
    const headers = { "idempotency-key": "import-1" };
    const [first, again] = [
      await api.call("POST", "/v1/media", body, headers),
      await api.call("POST", "/v1/media", body, headers),
    ];
    expect([again.json.id, fetched]).toEqual([first.json.id, 1]);
  });
});

describe("an import is refused:", () => {
  it.each([
    ["a redirect, which is not followed", 302, "url_refused"],
    ["a file that is not there", 404, "url_refused"],
    ["a platform in trouble", 503, "url_refused"],
    ["no content", 204, "url_refused"],
    ["a web page", 200, "media_type_refused"],
  ])("%s", async (_, status, code) => {
    answer = (_request, response) =>
      response
        .writeHead(status, { location: `${api.url}/healthz` })
        .end(status === 204 ? "" : "<!doctype html>");
    const refusal = await api.call("POST", "/v1/media", { url: `${origin}/x` });
    expect([refusal.status, refusal.json.code]).toEqual([422, code]);
  });

  it("a picture without end, at the limit", async () => {
    const head = await plainImage("jpeg");
    let sent = 0;
    answer = (_, response) => {
      const pieces = function* () {
        yield head;
        for (const piece = Buffer.alloc(megabyte); ; sent += piece.length) yield piece;
      };
      Readable.from(pieces()).pipe(response);
    };
    const refusal = await api.call("POST", "/v1/media", { url: `${origin}/endless` });
    expect([refusal.status, refusal.json.code]).toEqual([413, "too_large"]);
    expect(sent).toBeLessThan(64 * megabyte);
  });

  it("a picture that unpacks without end", async () => {
    const bomb = gzipSync(Buffer.concat([await plainImage("jpeg"), Buffer.alloc(200 * megabyte)]));
    answer = (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    const refusal = await api.call("POST", "/v1/media", { url: `${origin}/bomb` });
    expect([refusal.status, refusal.json.code]).toEqual([413, "too_large"]);
  });

  it("a file that breaks off", async () => {
    const jpeg = await plainImage("jpeg", 900, 900);
    answer = (_, response) => {
      response.writeHead(200, { "content-length": jpeg.length });
      response.write(jpeg.subarray(0, 5000), () => response.destroy());
    };
    const refusal = await api.call("POST", "/v1/media", { url: `${origin}/broken` });
    expect([refusal.status, refusal.json.code]).toEqual([422, "url_refused"]);
  });

  it.each([
    "http://169.254.169.254/latest/meta-data/",
    "http://127.0.0.1:6379/",
    "http://[::ffff:7f00:1]/",
    "http://2130706433/",
    "http://nowhere.invalid/photo.jpg",
  ])("an address that is not for us: %s", async (url) => {
    const refusal = await api.call("POST", "/v1/media", { url });
    expect([refusal.status, refusal.json.code]).toEqual([422, "url_refused"]);
    expect(refusal.json.issues[0]?.pointer).toBe("/url");
  });

  it.each([
    [{}, "/url"],
    [{ url: "file:///etc/passwd" }, "/url"],
    [{ url: "https://example.org/a.jpg", state: "kept" }, "/state"],
    [{ url: "https://example.org/a.jpg", altText: 5 }, "/altText"],
  ])("a body that is not as documented: %j", async (body, pointer) => {
    const refusal = await api.call("POST", "/v1/media", body);
    expect(refusal.status).toBe(400);
    expect(refusal.json.issues[0]?.pointer).toBe(pointer);
  });
});
