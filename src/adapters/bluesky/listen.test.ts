import { describe, expect, it } from "@jest/globals";
import { encode } from "cborg";
import { heardBy } from "../../../test/support/heard-by.ts";
import { bluesky } from "./index.ts";

const did = "did:plc:water";
const post = "app.bsky.feed.post";
const commitOf = (repo: string, path: string) =>
  Buffer.concat([encode({ op: 1, t: "#commit" }), encode({ repo, ops: [{ action: "create", path }] })]);
const event = (changes: object) => JSON.stringify({ did, kind: "commit", ...changes });

/** @param server the account's own, @param api the one we ask */
const hear = (
  messages: readonly (string | Uint8Array)[],
  server: string,
  api = server,
  stream: string | undefined = "https://jetstream.example",
) =>
  heardBy(
    bluesky,
    {
      credentials: {
        ...{ accessToken: "secret", refreshToken: "secret", did, issuer: api, server, dpopKey: "{}" },
      },
      account: { externalId: did, handle: "water.example" },
      baseUrl: { api, web: "https://bsky.app", ...(stream !== undefined && { stream }) },
    },
    messages,
  );

describe("an account at a server of its own", () => {
  it("is heard there, without any login, and rings for its own posts alone", async () => {
    const { url, headers, rang } = await hear(
      [
        commitOf("did:plc:somebody", `${post}/1`),
        commitOf(did, "app.bsky.feed.like/1"),
        commitOf(did, `${post}/1`),
        event({ commit: { collection: post } }),
        new Uint8Array([0xff]),
      ],
      "https://pds.example",
    );
    expect(url).toBe("wss://pds.example/xrpc/com.atproto.sync.subscribeRepos");
    expect(headers).toBeUndefined();
    expect(rang).toEqual([2]);
  });

  it("is heard where we ask that server, were it named otherwise", async () =>
    expect((await hear([], "https://pds.example", "http://127.0.0.1:9")).url).toMatch(
      /^ws:\/\/127\.0\.0\.1:9\//,
    ));

  it("is no less at a server of its own where that has a name like Bluesky's", async () => {
    for (const server of [
      "https://bsky.social.example",
      "https://nothost.bsky.network",
      "https://host.bsky.network",
    ])
      expect((await hear([], server)).url).toBe(
        `${server.replace("https", "wss")}/xrpc/com.atproto.sync.subscribeRepos`,
      );
  });
});

describe("an account at Bluesky", () => {
  it.each([
    ["where people know it to be", "https://bsky.social", undefined],
    ["at one of its servers", "https://morel.us-east.host.bsky.network", undefined],
    [
      "at one of its servers, asked through a proxy",
      "https://morel.us-east.host.bsky.network",
      "http://127.0.0.1:9",
    ],
  ])("is heard of at Jetstream, alone and without any login: %s", async (_where, server, api) => {
    const { url, headers, rang } = await hear(
      [
        event({ commit: { operation: "delete", collection: post } }),
        event({ did: "did:plc:somebody", commit: { collection: post } }),
        event({ commit: { collection: "app.bsky.feed.like" } }),
        event({ kind: "identity", identity: {} }),
        event({ commit: { operation: "create", collection: post } }),
        ...["{", "null", "7", "[]"],
        commitOf(did, `${post}/1`),
      ],
      server,
      api,
    );
    expect(url).toBe(
      `wss://jetstream.example/subscribe?wantedCollections=${post}&wantedDids=did%3Aplc%3Awater`,
    );
    expect(headers).toBeUndefined();
    expect(rang).toEqual([0, 4]);
  });
});
