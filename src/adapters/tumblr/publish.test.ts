import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { anyFile, attempt, plain, publishFully } from "../../../test/contract/check.ts";
import { type Actor, openWorld, type World } from "../../../test/contract/world.ts";
import type { Variant } from "../../domain/post.ts";
import { tumblr } from "./index.ts";
import { practice } from "./practice.ts";
import { published } from "./publish.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld(tumblr, practice);
});
afterAll(() => world.close());

describe("the request that publishes", () => {
  it("is JSON where there are no files", async () => {
    const variant = await plain(world, { options: { title: "Water", tags: ["#water", "clean water"] } });
    const { headers, body } = await sent(world.actor(), variant);
    expect(headers["content-type"]).toBe("application/json");
    expect(JSON.parse(body)).toEqual({
      content: [
        { type: "text", subtype: "heading1", text: "Water" },
        { type: "text", text: variant.text },
      ],
      state: "published",
      tags: "water,clean water",
    });
  });

  it("is a form where there are some: the JSON first, then each file under its name and with its type", async () => {
    const media = [await anyFile(world, "image", "A well"), await anyFile(world, "video")];
    const { headers, body } = await sent(world.actor(), await plain(world, { media }));
    expect(headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(Number(headers["content-length"])).toBe(Buffer.byteLength(body, "latin1"));
    expect(partsOf(body)).toEqual([
      ['form-data; name="json"', "application/json"],
      ['form-data; name="file0"; filename="file0.jpeg"', "image/jpeg"],
      ['form-data; name="file1"; filename="file1.mp4"', "video/mp4"],
    ]);
    const json = body.slice(body.indexOf("{"), body.indexOf("\r\n", body.indexOf("{")));
    expect(JSON.parse(json).content.map(({ type }: { type: string }) => type)).toEqual([
      "image",
      "video",
      "text",
    ]);
  });

  it("goes to the blog the account stands for, whoever logged in", async () => {
    const [us, others] = [world.actor(), world.actor()];
    const account = { externalId: others.identity.externalId, handle: others.identity.handle };
    const { path } = await sent(us, await plain(world), { account });
    expect(path).toBe(`/v2/blog/${account.externalId}/posts`);
    const { answer } = await attempt(world, us, await plain(world), { account });
    await expect(answer).rejects.toMatchObject({ kind: "forbidden", detail: { status: 403 } });
    expect(others.posts()).toEqual([]);
  });
});

it("every request names the same client", async () => {
  const actor = world.actor();
  const agents: unknown[] = [];
  const { fetch } = actor.call();
  const call = actor.call({
    fetch: (url, init) => {
      agents.push(new Headers(init.headers).get("user-agent"));
      return fetch(url, init);
    },
  });
  const { externalId } = await publishFully(world, actor, await plain(world), { fetch: call.fetch });
  await world.adapter.auth.identify(call);
  await world.adapter.reconcile(actor.question(await plain(world)), call);
  await world.adapter.recent?.(new Date(0), call);
  await world.adapter.metrics?.(externalId, call);
  await world.adapter.delete?.(externalId, call);
  expect(agents.length).toBeGreaterThanOrEqual(6);
  expect(new Set(agents)).toEqual(new Set(["Clarion (self-hosted post scheduler)"]));
});

describe("a video", () => {
  it("is pending until Tumblr has processed it, and then has another id", async () => {
    const actor = world.actor();
    const variant = await plain(world, { media: [await anyFile(world, "video")] });
    const first = await (await attempt(world, actor, variant)).answer;
    if (first.state !== "pending") throw new Error("It is not public yet");
    const question = actor.question(variant, { handle: first.handle });
    expect(await world.adapter.reconcile(question, actor.call())).toEqual(first);
    world.clock.advance(first.checkAfterMs);
    const found = await world.adapter.reconcile(question, actor.call());
    expect(found).toMatchObject({ state: "published", externalId: actor.posts()[0]?.id });
    expect(first.handle).not.toBe(actor.posts()[0]?.id);
  });

  it.each([
    [{ id: "1" }, "pending"],
    [{ id: "1", state: "transcoding" }, "pending"],
    [{ id: "1", state: "published" }, "published"],
  ])("is, after %j, %s", async (response, state) => {
    const variant = await plain(world, { media: [await anyFile(world, "video")] });
    const { answer } = await attempt(world, world.actor(), variant, {}, () => {
      world.wire.refusal = { status: 201, body: { meta: { status: 201, msg: "Created" }, response } };
    });
    expect(await answer).toMatchObject({ state });
    world.calm();
  });
});

it.each([{ id: Number("780043827714179072") }, { id: "" }, { id: "a" }, {}])(
  "an answer that names no exact id is no answer: %j",
  async (response) => {
    const { answer } = await attempt(world, world.actor(), await plain(world), {}, () => {
      world.wire.refusal = { status: 201, body: { meta: { status: 201, msg: "Created" }, response } };
    });
    await expect(answer).rejects.toMatchObject({ kind: "indeterminate" });
    world.calm();
  },
);

it.each([undefined, "", "javascript:alert(1)"])("the address opens when Tumblr gives %s", (url) => {
  const post = { id_string: "7", ...(url !== undefined && { post_url: url }) };
  const call = { account: { externalId: "t:1", handle: "water" }, baseUrl: tumblr.hosts };
  expect(published(post, call).externalUrl).toBe("https://www.tumblr.com/water/7");
});

/** What arrives at a server that takes everything. */
async function sent(actor: Actor, variant: Variant, changes = {}) {
  const seen = { path: "", headers: {} as Record<string, unknown>, body: "" };
  const server = createServer((request, response) => {
    Object.assign(seen, { path: request.url, headers: request.headers });
    request.setEncoding("latin1").on("data", (chunk: string) => {
      seen.body += chunk;
    });
    request.on("end", () => response.writeHead(201).end('{"meta":{"status":201},"response":{"id":"1"}}'));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await world.adapter.publish(variant, actor.call({ baseUrl: { api, web: api }, ...changes }));
  server.close();
  server.closeAllConnections();
  return seen;
}

function partsOf(body: string) {
  return body
    .split(/--.*\r\n(?=Content-Disposition)/)
    .slice(1)
    .map((part) => [
      /^Content-Disposition: (.*)\r/.exec(part)?.[1],
      /\r\nContent-Type: (.*)\r/.exec(part)?.[1],
    ]);
}
