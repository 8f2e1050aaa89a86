import { createHash, randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import pino from "pino";
import { readSettings } from "../../config/env.ts";
import { adapters } from "../../src/adapters/registry.ts";
import { makeWorld } from "../../src/compose/make-world.ts";
import { type BucketServer, startBucketServer } from "../support/bucket-server.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { type CuttingProxy, startCuttingProxy } from "../support/cutting-proxy.ts";
import { type MediaFiles, mediaFiles } from "../support/media-files.ts";
import { hiddenInPhoto, photoWithPosition, plainImage, video } from "../support/sample-media.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { until } from "../support/until.ts";

const megabyte = 1024 * 1024;

let bucket: BucketServer;
let line: CuttingProxy;
let api: ComposedApi;
let folder: Awaited<ReturnType<typeof tempFolder>>;
let elsewhere: Awaited<ReturnType<typeof makeWorld>>;
let files: MediaFiles;
beforeAll(async () => {
  bucket = await startBucketServer();
  line = await startCuttingProxy(bucket.url);
  api = await startComposedApi({ ...bucket.env, S3_ENDPOINT: line.url });
  files = mediaFiles(api);
  folder = await tempFolder();
  const env = { ...bucket.env, DATA_DIR: folder.path, SECRET_KEY: randomBytes(32).toString("hex") };
  elsewhere = await makeWorld(
    readSettings(env),
    adapters,
    api.database.connection,
    pino({ level: "silent" }),
  );
});
afterAll(async () => {
  await elsewhere?.close();
  await folder?.remove();
  await api.close();
  line.close();
  await bucket.close();
});

beforeEach(() => bucket.start());

/** Whatever a test did, nothing waits half-received, and no secret was logged. */
afterEach(async () => {
  await until("nothing is left behind", async () => (await files.waiting()).length === 0);
  expect(api.logLines.join("")).not.toContain(bucket.env.S3_SECRET_ACCESS_KEY);
});

describe("with a bucket, a file", () => {
  it("lies there, below the prefix, without what was hidden in it, and in no folder of ours but as a copy", async () => {
    const { status, json } = await files.upload(await photoWithPosition());
    expect(status).toBe(201);
    const [key, ...more] = await bucket.keys();
    expect([more, key]).toEqual([[], expect.stringMatching(/^clarion\/media\/[0-9a-f]{2}\/[0-9a-f]{32}$/)]);
    expect(await files.kept()).toBe(0);
    const bytes = await files.bytesOf(json.url);
    expect(bytes.length).toBe(json.bytes);
    expect(bytes.includes(hiddenInPhoto.camera)).toBe(false);
  });

  it("is given at its signed address in parts, as players of videos ask for it", async () => {
    const { json } = await files.upload(await video());
    const whole = await files.bytesOf(json.url);
    const ask = (range: string) => fetch(`${api.url}${json.url}`, { headers: { range } });
    const all = await ask("bytes=0-");
    expect([all.status, all.headers.get("content-range")]).toEqual([
      206,
      `bytes 0-${json.bytes - 1}/${json.bytes}`,
    ]);
    const part = await ask("bytes=10-19");
    expect(part.headers.get("content-length")).toBe("10");
    expect(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(10, 20))).toBe(true);
    const beyond = await ask("bytes=999999-");
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, `bytes */${json.bytes}`]);
    const head = await fetch(`${api.url}${json.url}`, { method: "HEAD" });
    expect(head.headers.get("content-length")).toBe(String(json.bytes));
  });

  it("of any size streams through: it never comes to lie in memory, and arrives as it was sent", async () => {
    const size = 200 * megabyte;
    const before = process.memoryUsage().rss;
    const head = Buffer.concat([await video(), Buffer.from("\0\0\0\0free")]); // what follows is free space
    const { status, text } = await files.stream(size, head);
    expect(status).toBe(201);
    const { id, url } = JSON.parse(text) as { id: string; url: string };
    const sent = createHash("sha256").update(head);
    for (let bytes = 0; bytes < size; bytes += megabyte) sent.update(Buffer.alloc(megabyte));
    const received = createHash("sha256");
    for await (const chunk of (await fetch(`${api.url}${url}`)).body ?? []) received.update(chunk);
    expect(received.digest("hex")).toBe(sent.digest("hex"));
    expect(process.memoryUsage().rss - before).toBeLessThan(size * 0.9); // both servers and the client are in this process
    expect((await api.call("DELETE", `/v1/media/${id}`)).status).toBe(204);
  });

  it("that is deleted is deleted there, and its copy here", async () => {
    const { json } = await files.upload(await plainImage("png"));
    const before = (await bucket.keys()).length;
    const copies = () => readdir(join(api.dataDir, "media/cache"));
    const copiesBefore = (await copies()).length;
    expect((await api.call("DELETE", `/v1/media/${json.id}`)).status).toBe(204);
    expect((await bucket.keys()).length).toBe(before - 1);
    expect((await copies()).length).toBe(copiesBefore - 1);
    expect((await fetch(`${api.url}${json.url}`)).status).toBe(404);
  });

  it("reaches a worker on another machine, and once it is gone it is missed as on a disk", async () => {
    const { json } = await files.upload(await plainImage("jpeg"));
    const access = elsewhere.world.mediaOf(api.workspaceId, "practice");
    const [one, two] = await Promise.all([access.open(json.id), access.open(json.id)]);
    expect([one.type, one.size, two.size]).toEqual(["image/jpeg", json.bytes, json.bytes]);
    const slice = await one.slice(1, 5).arrayBuffer();
    expect(Buffer.from(slice).equals((await files.bytesOf(json.url)).subarray(1, 5))).toBe(true);

    const { json: other } = await files.upload(await plainImage("jpeg"));
    await bucket.stop();
    await expect(access.open(other.id)).rejects.toMatchObject({
      kind: "unavailable",
      detail: { code: "storage_unavailable", notSent: true },
    });
    expect((await access.open(json.id)).size).toBe(json.bytes); // a copy is here
    await bucket.start();
    await bucket.forget();
    await expect(access.open(other.id)).rejects.toMatchObject({ detail: { code: "media_missing" } });
  });
});

describe("a bucket that", () => {
  it("cannot be reached is a clear problem for the upload, which leaves nothing; once it is back all goes on", async () => {
    const { json: kept } = await files.upload(await plainImage("gif"));
    await bucket.stop();
    const refused = await files.upload(await plainImage("png"));
    expect([refused.status, refused.json.code]).toEqual([503, "storage_unavailable"]);
    expect(refused.headers.get("retry-after")).toBe("5");
    expect(refused.text).not.toMatch(/127\.0\.0\.1|clarion\/media|ECONN/);
    expect(api.logLines.join("")).toContain("the bucket does not do as asked");
    expect((await fetch(`${api.url}${kept.url}`)).status).toBe(503);
    expect((await api.call("DELETE", `/v1/media/${kept.id}`)).status).toBe(503);
    await bucket.start();
    expect((await files.upload(await plainImage("png"))).status).toBe(201);
    expect((await files.bytesOf(kept.url)).length).toBe(kept.bytes);
  });

  it("takes a file whose answer is lost is asked again, and holds one file", async () => {
    const before = (await bucket.keys()).length;
    line.cut.push((method) => method === "PUT");
    expect((await files.upload(await plainImage("png"))).status).toBe(201);
    expect([line.cut, (await bucket.keys()).length]).toEqual([[], before + 1]);
  });

  it("fails in the middle of a large file holds none of it afterwards", async () => {
    const before = await bucket.keys();
    // Every answer to the last request of the upload is lost, and the parts are put together only once.
    for (let times = 0; times < 3; times += 1) line.cut.push((method, path) => isEnd(method, path));
    const { status, text } = await files.stream(20 * megabyte, await video());
    expect([status, JSON.parse(text).code]).toEqual([503, "storage_unavailable"]);
    line.cut.length = 0;
    expect(await bucket.keys()).toEqual(before);
    const { json } = await api.call("GET", "/v1/media?limit=1");
    expect(json.data[0]?.kind).not.toBe("video");
  });

  it("does not know our key refuses uploads, not the start; the log says why", async () => {
    const other = await startComposedApi({ ...bucket.env, S3_ACCESS_KEY_ID: "STRANGER" });
    const { status, json } = await mediaFiles(other).upload(await plainImage("png"));
    expect([status, json.code]).toEqual([503, "storage_unavailable"]);
    expect(other.logLines.join("")).toContain("InvalidAccessKeyId");
    await other.close();
  });
});

function isEnd(method: string, path: string): boolean {
  return method === "POST" && /uploadId=/.test(path);
}
