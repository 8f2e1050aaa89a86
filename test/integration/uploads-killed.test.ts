import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, readdir, stat } from "node:fs/promises";
import { type ClientRequest, request } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { tendUploads } from "../../src/media/tend-uploads.ts";
import { type BucketServer, startBucketServer } from "../support/bucket-server.ts";
import { type ComposedApi, callerOf, startComposedApi } from "../support/composed-api.ts";
import type { FinishJob } from "../support/finish-upload-process.ts";
import { mediaFiles } from "../support/media-files.ts";
import { resumable } from "../support/resumable.ts";
import { plainImage, video } from "../support/sample-media.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { until } from "../support/until.ts";

const megabyte = 1024 * 1024;

let bucket: BucketServer;
let api: ComposedApi;
let folder: Awaited<ReturnType<typeof tempFolder>>;
beforeAll(async () => {
  folder = await tempFolder();
  bucket = await startBucketServer();
  api = await startComposedApi();
});
afterAll(async () => {
  await api.close();
  await bucket.close();
  await folder.remove();
});

const onDisk = () => readdir(join(api.dataDir, "media/uploads"));
const mediaIds = async () => (await api.call("GET", "/v1/media")).json.data.map(({ id }) => id);

/** An upload with every byte here, and nobody at it: as a process leaves it that dies before it goes on. */
async function complete(file: Buffer): Promise<string> {
  const path = await resumable(api).begin(file.length, "A well");
  await resumable(api).send(path, 0, file.subarray(0, -1));
  await appendFile(join(api.dataDir, "media/uploads", idOf(path)), file.subarray(-1));
  expect((await api.call("GET", path)).json).toMatchObject({ state: "checking", offset: file.length });
  return path;
}

function finishElsewhere(path: string, dieAt: FinishJob["dieAt"]): Promise<string> {
  const { workspaceId, database } = api;
  const env = { DATA_DIR: api.dataDir, SECRET_KEY: secretKey() };
  const job: FinishJob = { env, connection: database.connection, workspaceId, id: idOf(path), dieAt };
  return text(start("finish-upload-process.ts", JSON.stringify(job)).stdout!);
}

describe("an upload with every byte here", () => {
  it.each([["kept"], ["stored"]] as const)(
    "becomes one file, though the process that makes it dies once that is %s",
    async (dieAt) => {
      const before = await mediaIds();
      const film = await video();
      const path = await complete(film);
      expect(await finishElsewhere(path, dieAt)).toBe("");
      expect(await onDisk()).toEqual([idOf(path)]);
      const tend = () => tendUploads(api.world, (error) => expect(error).toBeUndefined());
      await tend();
      const { state, mediaId } = (await api.call("GET", path)).json;
      expect([state, (await mediaIds()).filter((id) => !before.includes(id))]).toEqual(["stored", [mediaId]]);
      const { json } = await api.call("GET", `/v1/media/${mediaId}`);
      expect((await mediaFiles(api).bytesOf(json.url)).equals(film)).toBe(true);
    },
  );

  it("becomes one file when two processes and a client are at it at once, and no other is left over", async () => {
    const [before, kept] = [await mediaIds(), await mediaFiles(api).kept()];
    const path = await complete(await video());
    const size = (await video()).length;
    const [one, two, three] = await Promise.all([
      finishElsewhere(path, null),
      finishElsewhere(path, null),
      resumable(api)
        .send(path, size, new Uint8Array())
        .then(({ headers }) => headers.get("media-id")),
    ]);
    expect([two, three]).toEqual([one, one]);
    expect((await mediaIds()).filter((id) => !before.includes(id))).toEqual([one]);
    expect(await mediaFiles(api).kept()).toBe(kept + 1);
  });

  it("that is given up meanwhile becomes none", async () => {
    const before = await mediaIds();
    const path = await complete(await plainImage("png"));
    expect((await api.call("DELETE", path)).status).toBe(204);
    expect(await finishElsewhere(path, null)).toBe("");
    expect(await mediaIds()).toEqual(before);
  });
});

describe("an upload to a server that is killed", () => {
  it("goes on from what had arrived, also where the bucket was away at its end", async () => {
    const port = await freePort();
    const env = {
      ...bucket.env,
      DATABASE_URL: api.database.url,
      DATA_DIR: folder.path,
      SECRET_KEY: secretKey(),
      PORT: String(port),
      PRACTICE_PORT: String(await freePort()),
    };
    const run = async () => {
      const child = start("api-process.ts", JSON.stringify(env), JSON.stringify(api.database.connection));
      await Promise.race([once(child.stdout!, "data"), once(child, "exit")]);
      return child;
    };
    const url = `http://127.0.0.1:${port}`;
    const call = callerOf(url, api.key);
    const there = resumable({ call });
    let server = await run();
    const file = await video({ frameBytes: 0.4 * megabyte, filledWith: 9 });
    const path = await there.begin(file.length, "A well");
    const sending = sendSlowly(`${url}${path}`, api.key, file);
    const arrivedBytes = async () => (await stat(join(folder.path, "media/uploads", idOf(path)))).size;
    await until("half of it has arrived", async () => (await arrivedBytes()) > 2 * megabyte);
    server.kill("SIGKILL");
    await once(server, "exit");
    sending.destroy();
    const arrived = await arrivedBytes();

    server = await run();
    const offset = await there.offset(path);
    expect([offset, offset > 2 * megabyte, offset < file.length]).toEqual([arrived, true, true]);
    await bucket.stop();
    const last = await there.send(path, offset, file.subarray(offset));
    expect([last.status, last.json.code]).toEqual([503, "storage_unavailable"]);
    expect((await call("GET", path)).json).toMatchObject({ state: "checking", offset: file.length });
    server.kill("SIGKILL");
    await once(server, "exit");

    await bucket.start();
    server = await run();
    const stored = async () => ((await call("GET", path)).json.state === "stored" ? true : undefined);
    await until("it is finished by itself", stored, 30_000);
    const { mediaId } = (await call("GET", path)).json;
    const { json } = await call("GET", `/v1/media/${mediaId}`);
    const bytes = Buffer.from(await (await fetch(`${url}${json.url}`)).arrayBuffer());
    expect([json.altText, bytes.equals(file)]).toEqual(["A well", true]);
    server.kill("SIGKILL");
    await once(server, "exit");
  }, 120_000);
});

function idOf(path: string): string {
  return path.split("/").at(-1) ?? "";
}

function secretKey(): string {
  return api.settings.readSecretKeys()[0]?.toString("hex") ?? "";
}

/** All but the end of it, on a connection that stays open. */
function sendSlowly(url: string, key: string, file: Buffer): ClientRequest {
  const client = request(url, {
    method: "PATCH",
    headers: {
      authorization: `Bearer ${key}`,
      "tus-resumable": "1.0.0",
      "upload-offset": "0",
      "content-type": "application/offset+octet-stream",
      "content-length": file.length,
    },
  });
  client.on("error", () => undefined).write(file.subarray(0, 3 * megabyte));
  return client;
}

function start(program: string, ...args: string[]): ChildProcess {
  const path = fileURLToPath(new URL(`../support/${program}`, import.meta.url));
  return spawn(process.execPath, ["--import", "tsx", path, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env.PATH },
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, "close");
  return port;
}
