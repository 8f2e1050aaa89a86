import { readdir, readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { tempFolder } from "../../test/support/temp-folder.ts";
import { tinyPlatform } from "../../test/support/tiny-platform.ts";
import { until } from "../../test/support/until.ts";
import { type PracticeServer, startPracticeNetwork } from "./server.ts";

let folder: Awaited<ReturnType<typeof tempFolder>>;
let network: PracticeServer;

beforeAll(async () => {
  folder = await tempFolder();
  network = await startPracticeNetwork({
    host: "127.0.0.1",
    port: 0,
    dataDir: folder.path,
    platforms: [tinyPlatform],
  });
});
afterAll(async () => {
  await network.close();
  await folder.remove();
});

describe("a request's body", () => {
  const tokens: readonly (readonly [string, RequestInit])[] = [
    ["a Bearer header", { headers: { authorization: "Bearer secret" }, body: "{}" }],
    ["an OAuth header", { headers: { authorization: "OAuth secret" }, body: "{}" }],
    ["a form", { body: new URLSearchParams({ access_token: "secret" }) }],
    ["a JSON body", { headers: { "content-type": "application/json" }, body: '{"access_token":"secret"}' }],
  ];
  it.each(tokens)("gives the token from %s", async (_where, init) => {
    expect(await (await echo(init)).json()).toMatchObject({ token: "secret" });
  });

  it("is streamed to disk where it is a file, in a form or by itself", async () => {
    const form = new FormData();
    form.set("description", "a well");
    form.set("file", new Blob(["bytes"], { type: "image/png" }), "a.png");
    const echoed = (await (await echo({ body: form })).json()) as Echo;
    expect(echoed.fields).toEqual({ description: "a well" });
    expect(echoed.files.file).toMatchObject({ bytes: 5, mimeType: "image/png", filename: "a.png" });
    expect(await readFile(echoed.files.file?.path ?? "", "utf8")).toBe("bytes");
    const raw = (await (await echo({ headers: { "content-type": "video/mp4" }, body: "v" })).json()) as Echo;
    expect(raw.raw).toMatchObject({ bytes: 1, mimeType: "video/mp4" });
  });

  it("may be JSON that is none", async () => {
    const headers = { "content-type": "application/json" };
    expect(await (await echo({ headers, body: "{oops" })).json()).toMatchObject({ json: null, raw: null });
  });

  it("is refused above a megabyte where it is read into memory", async () => {
    const headers = { "content-type": "application/json" };
    const response = await echo({ headers, body: JSON.stringify("a".repeat(1024 * 1024)) });
    expect(response.status).toBe(413);
  });

  it("leaves nothing behind when it breaks off", async () => {
    const uploads = join(folder.path, "practice", "uploads");
    const before = await readdir(uploads);
    const socket = connect(network.port, "127.0.0.1");
    socket.write(
      "POST /x/files HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 9999\r\n\r\n" +
        '--b\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\nthe beginning',
    );
    await until("the upload's beginning", async () => (await readdir(uploads)).length > before.length);
    socket.destroy();
    await until("a tidy folder", async () => (await readdir(uploads)).length === before.length);
  });
});

describe("a kept file", () => {
  it("is shown as what it is, whole or in part, and never as a page", async () => {
    const form = new FormData();
    form.set("file", new Blob(["0123456789"], { type: "video/mp4" }), "a.mp4");
    const { url } = (await (await post("/x/files", { body: form })).json()) as { url: string };
    const whole = await fetch(url);
    expect([whole.status, whole.headers.get("content-type"), await whole.text()]).toEqual([
      200,
      "video/mp4",
      "0123456789",
    ]);
    expect(whole.headers.get("x-content-type-options")).toBe("nosniff");
    const part = await fetch(url, { headers: { range: "bytes=2-4" } });
    expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([
      206,
      "bytes 2-4/10",
      "234",
    ]);
  });

  it.each(["/media/..%2fjournal.ndjson", "/media/%2e%2e/journal.ndjson", "/media/no-such.jpg", "/media/"])(
    "is nothing else: %s",
    async (path) => {
      expect((await fetch(`${network.url}${path}`)).status).toBe(404);
    },
  );
});

interface Echo {
  fields: Record<string, string>;
  files: Record<string, { path: string }>;
  raw: unknown;
}

function echo(init: RequestInit): Promise<Response> {
  return post("/x/echo", init);
}

function post(path: string, init: RequestInit): Promise<Response> {
  return fetch(`${network.url}${path}`, { method: "POST", ...init });
}
