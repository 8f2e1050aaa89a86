import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import sharp from "sharp";
import { audit } from "../faults/audit.ts";
import { openStage, type Stage } from "../faults/stage.ts";
import type { Worker } from "../faults/worker.ts";
import { type BucketServer, startBucketServer } from "../support/bucket-server.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { until } from "../support/until.ts";

let bucket: BucketServer;
let stage: Stage;
let elsewhere: Awaited<ReturnType<typeof tempFolder>>;
let worker: Worker;
beforeAll(async () => {
  [bucket, elsewhere] = [await startBucketServer(), await tempFolder()];
  stage = await openStage("postgres", { env: bucket.env });
  worker = await stage.worker(["x", "instagram"], undefined, { DATA_DIR: elsewhere.path });
  worker.begin();
});
afterAll(async () => {
  await worker?.end();
  await stage?.close();
  await bucket?.close();
  await elsewhere?.remove();
});

it("a picture goes from upload through the bucket and a worker on another machine to Instagram, which fetches it fitted, and to X", async () => {
  const before = (await bucket.keys()).length;
  const png = await sharp({ create: { width: 1600, height: 400, channels: 4, background: "#2a6b9980" } })
    .png()
    .toBuffer();
  const media = await stage.upload(png, "image/png");
  const { data } = await stage.call<{ data: { id: string; platform: string }[] }>("GET", "/v1/accounts");
  const accounts = data.filter(({ platform }) => ["x", "instagram"].includes(platform)).map(({ id }) => id);
  const body = { text: "A river", media: [{ id: media }], accounts, dueAt: "now" };
  const { id } = await stage.call<{ id: string }>("POST", "/v1/posts", body);
  const published = async () => (await stage.call("GET", `/v1/posts/${id}`)).state === "published";
  await until("it is published on both", published, 60_000);
  expect(await audit(stage)).toEqual([]);
  expect((await bucket.keys()).length).toBe(before + 2); // as it came, and as Instagram takes it
  const folders = await readdir(join(elsewhere.path, "media"));
  expect(folders.toSorted()).toEqual(["cache", "incoming", "uploads"]);
}, 120_000);
