import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Agent } from "undici";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import { leanFetch } from "../../outbound/lean-fetch.ts";
import { type PracticeServer, startPracticeNetwork } from "../../practice/server.ts";
import type { OAuthPlace } from "../contract/oauth.ts";
import { oauth } from "./oauth.ts";
import { practice } from "./practice.ts";

const people = "http://127.0.0.1:1"; // where nobody answers us
let folder: Awaited<ReturnType<typeof tempFolder>>;
let network: PracticeServer;
beforeAll(async () => {
  folder = await tempFolder();
  network = await startPracticeNetwork({
    host: "127.0.0.1",
    port: 0,
    dataDir: folder.path,
    platforms: [practice],
    publicUrl: people,
  });
});
afterAll(async () => {
  await network.close();
  await folder.remove();
});

const client = leanFetch(new Agent(), {
  maxAnswerBytes: 1_000_000,
  timeoutMs: 10_000,
  silenceMs: 10_000,
  slowestBytesPerSecond: 100_000,
});

function place(asked: string[] = []): OAuthPlace {
  const here = `http://127.0.0.1:${network.port}/bluesky`;
  return {
    baseUrl: { api: here, web: people, signIn: `${people}/bluesky`, directory: here },
    fetch: (url, init) => {
      asked.push(url);
      return client(url, init);
    },
    now: () => new Date(),
    signal: AbortSignal.timeout(10_000),
  };
}

describe("a login at Bluesky", () => {
  it("goes to the server where we reach it, and sends people where they do", async () => {
    const asked: string[] = [];
    const redirectUri = "http://127.0.0.1:3000/oauth/bluesky/callback";
    const app = await oauth.registerApp(redirectUri, place());
    const verifier = await oauth.begin({}, app, place(asked));
    const login = { redirectUri, state: "a state", verifier };
    const first = new URL(await oauth.authorizeUrl(login, app, place(asked)));
    expect(first.href).toMatch(/^http:\/\/127\.0\.0\.1:1\/bluesky\/oauth\/authorize\?/);
    expect([...first.searchParams.keys()].toSorted()).toEqual(["client_id", "request_uri"]);
    expect(asked.filter((url) => url.startsWith(people))).toEqual([]);
    const second = new URL(await oauth.authorizeUrl(login, app, place())); // opened again in its browser
    expect(second.searchParams.get("request_uri")).not.toBe(first.searchParams.get("request_uri"));
  });

  it("is sent back to this machine, to a public address, and to no other", async () => {
    const made = async (url: string) => (await oauth.registerApp(url, place())).clientId;
    expect(await made("http://127.0.0.1:3000/oauth/bluesky/callback")).toMatch(/^http:\/\/localhost\?/);
    expect(await made("https://clarion.example/oauth/bluesky/callback")).toMatch(
      /^https:\/\/clarion\.example\/oauth\/bluesky\/client\/[0-9a-f]{32}\.json$/,
    );
    for (const url of [
      "http://clarion.lan/oauth/bluesky/callback",
      "http://localhost/oauth/bluesky/callback",
    ])
      await expect(made(url)).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("says who is not found, and proposes who is", async () => {
    const app = await oauth.registerApp("http://127.0.0.1:3000/oauth/bluesky/callback", place());
    await expect(oauth.begin({ instance: "nobody.bsky.test" }, app, place())).rejects.toMatchObject({
      kind: "invalid",
      detail: { code: "not_found" },
    });
    const { externalId } = network.register("bluesky", "water");
    expect(JSON.parse(await oauth.begin({ externalId }, app, place()))).toMatchObject({
      issuer: people,
      hint: "water.bsky.test",
    });
  });
});
