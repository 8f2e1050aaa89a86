import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { tempFolder } from "../../test/support/temp-folder.ts";
import { tinyPlatform } from "../../test/support/tiny-platform.ts";
import { until } from "../../test/support/until.ts";
import type { FaultSetting } from "./kit.ts";
import { type PracticeServer, startPracticeNetwork } from "./server.ts";

let folder: Awaited<ReturnType<typeof tempFolder>>;
let network: PracticeServer;

beforeEach(async () => {
  folder = await tempFolder();
  network = await start();
  network.register("x", "water_now");
});
afterEach(async () => {
  await network.close();
  await folder.remove();
});

describe("a fault hits publish calls", () => {
  const outcomes: readonly (readonly [FaultSetting, answer: number | "cut", accepted: number])[] = [
    [{ fault: "reset_before" }, "cut", 0],
    [{ fault: "reset_after_accept" }, "cut", 1],
    [{ fault: "slow", delayMs: 20 }, 201, 1],
    [{ fault: "5xx_after_accept" }, 502, 1],
    [{ fault: "garbled_after_accept" }, 200, 1],
    [{ fault: "429" }, 429, 0],
    [{ fault: "revoked" }, 401, 0],
  ];
  it.each(outcomes)("%j is answered with %s and makes %i public", async (setting, answer, accepted) => {
    network.setFault("x", setting);
    const response = await post("1", "hello").catch(() => "cut" as const);
    expect(response === "cut" ? response : response.status).toBe(answer);
    expect(network.posts("x")).toHaveLength(accepted);
    expect(network.ledger("x").counts.x?.hello?.accepted ?? 0).toBe(accepted);
  });

  it("garbles the answer so that no parser takes it", async () => {
    network.setFault("x", { fault: "garbled_after_accept" });
    await expect((await post("1", "hello")).json()).rejects.toThrow();
  });

  it("as often as it was told to, and no other calls", async () => {
    network.setFault("x", { fault: "429", times: 2, resetAfterMs: 60_000 });
    expect((await fetch(`${network.url}/x/me`)).status).toBe(200);
    const answers = [await post("1", "a"), await post("2", "b"), await post("3", "c")];
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 201]);
    expect(Date.parse(answers[0]?.headers.get("x-reset") ?? "")).toBeGreaterThan(Date.now() + 50_000);
    expect(network.faults()).toEqual({});
  });

  it("but a revoked token is refused everywhere", async () => {
    network.setFault("x", { fault: "revoked" });
    expect((await fetch(`${network.url}/x/me?access_token=token-of-water_now`)).status).toBe(401);
    expect((await fetch(`${network.url}/x/me`)).status).toBe(200);
  });

  it("slow: takes effect late, even when the client has gone", async () => {
    network.setFault("x", { fault: "slow", delayMs: 300 });
    await expect(post("1", "hello", AbortSignal.timeout(100))).rejects.toThrow();
    expect(network.posts("x")).toEqual([]);
    await until("the late post", () => network.posts("x").length === 1);
  });
});

describe("the ledger", () => {
  it("has every publish call that arrived, counted by text", async () => {
    await post("1", "hello");
    await post("2", "hello");
    await post("3", "");
    const { data, counts } = network.ledger();
    expect(counts).toEqual({ x: { hello: { accepted: 2, refused: 0 }, "": { accepted: 0, refused: 1 } } });
    expect(data.map(({ externalId, reason }) => externalId ?? reason)).toEqual(["1", "2", "no text"]);
  });

  it("outlives a restart together with posts and tokens", async () => {
    await post("1", "hello");
    const before = [network.ledger(), network.posts("x")];
    await network.close();
    network = await start();
    expect([network.ledger(), network.posts("x")]).toEqual(before);
    expect((await post("2", "again")).status).toBe(201);
  });
});

describe("pulling media", () => {
  it.each([
    "http://example.org/a.jpg",
    "https://169.254.169.254/latest/meta-data",
    "http://127.0.0.1.example.org/",
    "http://localhost@example.org/",
    "file:///etc/passwd",
    "http://10.0.0.1/",
    "not an address",
  ])("never fetches %s", async (url) => {
    expect(await pull(url)).toEqual({ error: "The media URL is not on this machine" });
  });

  it("fetches from this machine what is there", async () => {
    expect(await pull(`${network.url}/style.css`)).toMatchObject({ mimeType: "text/css" });
    expect(await pull(`${network.url}/no-such-page`)).toEqual({ error: "The media URL answered 404" });
    expect(await pull(`${network.url}/x/moved`)).toEqual({ error: "The media URL answered 302" });
  });
});

function start(): Promise<PracticeServer> {
  return startPracticeNetwork({
    host: "127.0.0.1",
    port: 0,
    dataDir: folder.path,
    platforms: [tinyPlatform],
  });
}

function post(id: string, text: string, signal?: AbortSignal): Promise<Response> {
  return fetch(`${network.url}/x/posts`, {
    method: "POST",
    headers: { authorization: "Bearer token-of-water_now", "content-type": "application/json" },
    body: JSON.stringify({ id, text }),
    ...(signal && { signal }),
  });
}

async function pull(url: string): Promise<unknown> {
  const response = await fetch(`${network.url}/x/pull`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ url }),
  });
  return response.json();
}
