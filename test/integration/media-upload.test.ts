import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import sharp from "sharp";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { animation, hiddenInPhoto, photoWithPosition, plainImage, video } from "../support/sample-media.ts";
import { until } from "../support/until.ts";

const megabyte = 1024 * 1024;

let api: ComposedApi;
beforeAll(async () => {
  api = await startComposedApi();
});
afterAll(() => api.close());

/** Whatever a test did, nothing waits half-received. */
afterEach(() =>
  until(
    "nothing is left behind",
    async () => (await readdir(join(api.dataDir, "media/incoming"))).length === 0,
  ),
);

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
    const answer = await upload(await make(), {
      name: "report.pdf",
      type: "application/pdf",
      altText: "A square",
    });
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({ ...facts, altText: "A square" });
    const bytes = await bytesOf(answer.json.url);
    expect(bytes.length).toBe(answer.json.bytes);
    expect((await api.call("GET", `/v1/media/${answer.json.id}`)).json).toEqual(answer.json);
  });

  it("of a photograph leaves its position, camera and notes behind, and stands upright", async () => {
    const photo = await photoWithPosition();
    expect(photo.includes(hiddenInPhoto.camera) && photo.includes("GPS") === false).toBe(true);
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    const { json } = await upload(photo);
    expect(json).toMatchObject({ width: 40, height: 60 });
    const kept = await bytesOf(json.url);
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
    const { json } = await upload(hidden);
    expect((await bytesOf(json.url)).includes(hiddenInPhoto.camera)).toBe(false);
  });

  it("with something else appended is cut off after its picture", async () => {
    const polyglot = Buffer.concat([await plainImage("jpeg"), Buffer.from("<script>alert(1)</script>")]);
    const { json } = await upload(polyglot);
    expect((await bytesOf(json.url)).includes("<script>")).toBe(false);
  });

  it("streams to disk: a large one never comes to lie in memory", async () => {
    const large = Buffer.concat([await video(), randomBytes(megabyte), Buffer.alloc(300 * megabyte)]);
    const before = process.memoryUsage().rss;
    const { status, json } = await upload(large);
    expect([status, json.bytes]).toEqual([201, large.length]);
    expect(process.memoryUsage().rss - before).toBeLessThan(2.5 * large.length); // the test's own copies count too
    expect((await api.call("DELETE", `/v1/media/${json.id}`)).status).toBe(204);
  });

  it("repeated with its Idempotency-Key is stored once; another file under the key is refused", async () => {
    const [file, headers] = [await plainImage("png"), { "idempotency-key": "upload-1" }];
    const first = await upload(file, { headers });
    const again = await upload(file, { headers });
    expect([again.status, again.json.id]).toEqual([201, first.json.id]);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    const other = await upload(await plainImage("gif"), { headers });
    expect([other.status, other.json.code]).toEqual([422, "idempotency_key_reused"]);
    const same = await upload(file, { headers, altText: "now described" });
    expect([same.status, same.json.code]).toEqual([422, "idempotency_key_reused"]);
  });
});

describe("an upload is refused, and leaves nothing behind:", () => {
  it.each([
    ["a web page called a picture", "<!doctype html><script>alert(1)</script>"],
    ["an SVG", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ["a PDF", "%PDF-1.7\n%âãÏÓ\n1 0 obj"],
    ["a zip", Buffer.from("504b0304140000000000", "hex")],
    ["an empty file", ""],
    ["plain text", "hello"],
  ])("%s", async (_, content) => {
    const answer = await upload(Buffer.from(content), { name: "photo.jpg", type: "image/jpeg" });
    expect([answer.status, answer.json.code]).toEqual([422, "media_type_refused"]);
  });

  it("a picture of 10,000 × 10,000 pixels, before it is unpacked", async () => {
    const huge = await sharp({ create: { width: 10_000, height: 10_000, channels: 3, background: "#fff" } })
      .png()
      .toBuffer();
    expect(huge.length).toBeLessThan(2 * megabyte);
    const before = process.memoryUsage().rss;
    const answer = await upload(huge);
    expect([answer.status, answer.json.code]).toEqual([422, "image_too_large"]);
    expect(answer.json).toMatchObject({ width: 10_000, height: 10_000, maxPixels: 40_000_000 });
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * megabyte);
  });

  it("a picture that claims a billion pixels in its header", async () => {
    const png = await plainImage("png");
    png.writeUInt32BE(40_000, 16);
    png.writeUInt32BE(40_000, 20);
    expect((await upload(png)).status).toBe(422);
  });

  it("an animation whose frames are too many pixels together", async () => {
    const frames = Buffer.alloc(1500 * 1500 * 3 * 20, 200);
    const raw = { width: 1500, height: 30_000, channels: 3, pageHeight: 1500 } as const;
    const webp = await sharp(frames, { raw, limitInputPixels: false }).webp({ effort: 0 }).toBuffer();
    expect((await upload(webp)).json.code).toBe("image_too_large");
  });

  it.each([
    ["a picture that breaks off", () => plainImage("jpeg", 400, 400).then((file) => file.subarray(0, 500))],
    ["a video that breaks off", () => video().then((file) => file.subarray(0, 200))],
    [
      "a file that only begins like a video",
      async () => Buffer.concat([Buffer.from("00000018667479706d703432", "hex"), Buffer.alloc(9000)]),
    ],
  ])("%s", async (_, make) => {
    const answer = await upload(await make());
    expect([answer.status, answer.json.code]).toEqual([422, "media_unreadable"]);
  });

  it("a picture of more than 32 MB, at the limit and not at its end", async () => {
    const huge = Buffer.concat([await plainImage("jpeg"), Buffer.alloc(40 * megabyte)]);
    const answer = await upload(huge);
    expect([answer.status, answer.json.code]).toEqual([413, "too_large"]);
  });

  it.each([
    ["no file", { altText: "x" }, "/file", "field_missing"],
    ["a file sent as text", { file: "x" }, "/file", "invalid_value"],
    ["an unknown field", { file: new Blob(["x"]), state: "published" }, "/state", "unknown_field"],
    ["__proto__", { file: new Blob(["x"]), ["__proto__x"]: "1" }, "/__proto__x", "unknown_field"],
    ["an alt text sent as a file", { altText: new Blob(["x"]) }, "/altText", "invalid_value"],
  ])("%s", async (_, fields: Record<string, string | Blob>, pointer, code) => {
    const form = new FormData();
    const png = new Blob([await plainImage("png")]);
    for (const [name, value] of Object.entries(fields))
      form.append(name, name === "file" && value instanceof Blob ? png : value);
    const answer = await api.call("POST", "/v1/media", form);
    expect(answer.status).toBe(400);
    expect(answer.json.issues[0]).toMatchObject({ pointer, code });
  });

  it("two files", async () => {
    const form = new FormData();
    for (const name of ["a", "b"]) form.append("file", new Blob([await plainImage("png")]), name);
    const answer = await api.call("POST", "/v1/media", form);
    expect([answer.status, answer.json.issues[0].pointer]).toEqual([400, "/file"]);
  });

  it("an alt text that PostgreSQL could not keep, or that never ends", async () => {
    const png = await plainImage("png");
    expect((await upload(png, { altText: "a\0b" })).json.issues[0].pointer).toBe("/altText");
    expect((await upload(png, { altText: "x".repeat(5001) })).json.issues[0].pointer).toBe("/altText");
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
  const count = await kept();
  const body = rawForm(Buffer.concat([await video(), Buffer.alloc(megabyte)]));
  for (const part of [30, 200, 5000, megabyte / 2]) {
    const client = request(`${api.url}/v1/media`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${api.key}`,
        "content-type": "multipart/form-data; boundary=BOUND",
        "content-length": body.length,
      },
    });
    client.on("error", () => undefined);
    client.write(body.subarray(0, part));
    if (part > 1000)
      await until("it arrives", async () => (await readdir(join(api.dataDir, "media/incoming"))).length > 0);
    else await once(client, "finish").catch(() => undefined).constructor;
    client.destroy();
  }
  await until("all is gone", async () => (await readdir(join(api.dataDir, "media/incoming"))).length === 0);
  expect(await kept()).toBe(count);
  expect((await api.call("GET", "/v1/media")).status).toBe(200);
});

describe("a file", () => {
  it("is described anew, listed, and deleted for good", async () => {
    const { json } = await upload(await plainImage("png"));
    const path = `/v1/media/${json.id}`;
    expect((await api.call("PATCH", path, { altText: "Better words" })).json.altText).toBe("Better words");
    const { json: list } = await api.call("GET", "/v1/media?limit=1");
    expect(list.data[0]).toMatchObject({ id: json.id, altText: "Better words" });
    const next = await api.call("GET", `/v1/media?limit=1&cursor=${list.nextCursor}`);
    expect(next.json.data[0].id < json.id).toBe(true);
    const before = await kept();
    expect((await api.call("DELETE", path)).status).toBe(204);
    expect(await kept()).toBe(before - 1);
    expect((await api.call("GET", path)).status).toBe(404);
    expect((await fetch(`${api.url}${json.url}`)).status).toBe(404);
    expect((await api.call("DELETE", path)).status).toBe(404);
  });

  it("that a post uses is not deleted", async () => {
    const { json } = await upload(await plainImage("png"));
    const post = await api.call("POST", "/v1/posts", {
      text: "With a picture",
      media: [{ id: json.id }],
      accounts: [],
    });
    expect(post.status).toBe(201);
    const answer = await api.call("DELETE", `/v1/media/${json.id}`);
    expect([answer.status, answer.json.code]).toEqual([409, "media_in_use"]);
    expect((await bytesOf(json.url)).length).toBe(json.bytes);
  });

  it("is there for its own workspace alone", async () => {
    const { json } = await upload(await plainImage("png"));
    const stranger = await strangersKey();
    for (const [method, body] of [["GET"], ["PATCH", { altText: "x" }], ["DELETE"]] as const) {
      const answer = await api.call(method, `/v1/media/${json.id}`, body, {
        authorization: `Bearer ${stranger}`,
      });
      expect(answer.status).toBe(404);
    }
    const list = await api.call("GET", "/v1/media", undefined, { authorization: `Bearer ${stranger}` });
    expect(list.json.data).toEqual([]);
  });
});

describe("a signed address", () => {
  it("gives the file, inert, in parts if asked", async () => {
    const { json } = await upload(await plainImage("jpeg"));
    const answer = await fetch(`${api.url}${json.url}`);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/jpeg",
      "x-content-type-options": "nosniff",
      "content-disposition": expect.stringMatching(/^attachment/),
      "content-security-policy": expect.stringContaining("sandbox"),
    });
    const whole = Buffer.from(await answer.arrayBuffer());
    const part = await fetch(`${api.url}${json.url}`, { headers: { range: "bytes=10-19" } });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(10, 20))).toBe(true);
    const beyond = await fetch(`${api.url}${json.url}`, { headers: { range: "bytes=999999-" } });
    expect(beyond.status).toBe(416);
  });

  it("leads nowhere on any doubt", async () => {
    const [{ json }, { json: other }] = [
      await upload(await plainImage("jpeg")),
      await upload(await plainImage("png")),
    ];
    const url = new URL(json.url, api.url);
    const [exp, sig] = [url.searchParams.get("exp") ?? "", url.searchParams.get("sig") ?? ""];
    const doubts = [
      `/media/${json.id}`,
      `/media/${json.id}?exp=${exp}`,
      `/media/${json.id}?exp=${Number(exp) + 3600}&sig=${sig}`,
      `/media/${json.id}?exp=${exp}&sig=${sig.slice(0, -1)}`,
      `/media/${json.id}?exp=${exp}&sig=${sig}&sig=${sig}`,
      `/media/${json.id}?exp=1000000000&sig=${sig}`,
      `/media/${other.id}?exp=${exp}&sig=${sig}`,
      `/media/..%2f..%2fapi-key?exp=${exp}&sig=${sig}`,
      `/media/%252e%252e%2fapi-key?exp=${exp}&sig=${sig}`,
      `/media/${json.id}%00?exp=${exp}&sig=${sig}`,
    ];
    const statuses = await Promise.all(doubts.map(async (path) => (await fetch(`${api.url}${path}`)).status));
    expect(statuses).toEqual(doubts.map(() => 404));
  });
});

interface UploadOptions {
  readonly name?: string;
  readonly type?: string;
  readonly altText?: string;
  readonly headers?: Record<string, string>;
}

function upload(file: Buffer, { name = "file", type = "", altText, headers = {} }: UploadOptions = {}) {
  const form = new FormData();
  if (altText !== undefined) form.append("altText", altText);
  form.append("file", new Blob([new Uint8Array(file)], { type }), name);
  return api.call("POST", "/v1/media", form, headers);
}

function rawForm(file: Buffer): Buffer {
  const head = '--BOUND\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n';
  return Buffer.concat([Buffer.from(head), file, Buffer.from("\r\n--BOUND--\r\n")]);
}

async function bytesOf(path: string): Promise<Buffer> {
  const answer = await fetch(`${api.url}${path}`);
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

async function kept(): Promise<number> {
  const names = await readdir(join(api.dataDir, "media"), { recursive: true });
  return names.filter((name) => /[0-9a-f]{32}$/.test(name)).length;
}

async function strangersKey(): Promise<string> {
  const key = `clr_${randomBytes(32).toString("base64url")}`;
  const id = randomBytes(8).toString("hex");
  await api.db.pool.query("insert into workspaces (id, name) values ($1, 'Others')", [`ws_${id}`]);
  await api.db.pool.query(
    "insert into api_keys (id, workspace_id, name, hash, scopes) values ($1, $2, 'k', $3, '{read,write,publish,admin}')",
    [`key_${id}`, `ws_${id}`, createHash("sha256").update(key).digest()],
  );
  return key;
}
