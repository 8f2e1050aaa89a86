import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { plain, publishFully } from "../../../test/contract/check.ts";
import type { Actor } from "../../../test/contract/world.ts";
import { type GraphWorld, graphOnPractice } from "../../../test/support/graph-on-practice.ts";
import { bluesky } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let us: Actor;
beforeAll(async () => {
  on = await graphOnPractice(bluesky, practice);
});
afterAll(() => on.world.close());
beforeEach(() => {
  us = on.world.actor();
  on.instead.length = 0;
});

const identify = (credentials = {}) => {
  const all = { ...us.identity.credentials, ...credentials } as never;
  return bluesky.auth.identify(us.call({ account: { externalId: "", handle: "" }, credentials: all }));
};
const answer = (method: string, path: string, status: number, body: object) =>
  on.instead.push({ method, path, reply: { status, body } });

describe("who an app password speaks for", () => {
  it("is found by handle, with @ or without, and by DID", async () => {
    const { externalId, handle, name } = us.identity;
    for (const identifier of [handle, `@${handle}`, handle.toUpperCase(), externalId])
      expect(await identify({ identifier })).toEqual({ externalId, handle, name });
  });

  it("goes by its handle where the profile has no name", async () => {
    answer("GET", "getRecord", 400, { error: "RecordNotFound", message: "" });
    expect((await identify()).name).toBe(us.identity.handle);
    on.instead.length = 0;
    answer("GET", "getRecord", 200, { uri: "at://x", cid: "b", value: { displayName: "" } });
    expect((await identify()).name).toBe(us.identity.handle);
  });

  it("is nobody while the account is deactivated", async () => {
    const session = {
      accessJwt: "a.b.c",
      refreshJwt: "d",
      did: "did:plc:x",
      handle: "x.test",
      active: false,
    };
    answer("POST", "createSession", 200, session);
    await expect(identify()).rejects.toMatchObject({
      kind: "forbidden",
      detail: { code: "AccountDeactivated" },
    });
  });

  it.each([
    ["AuthFactorTokenRequired", "unauthorized", /app password/],
    ["AccountTakedown", "forbidden", /taken this account down/],
    ["AuthenticationRequired", "unauthorized", /app password/],
  ])("is told in plain words: %s", async (error, kind, words) => {
    answer("POST", "createSession", 401, { error, message: "Invalid identifier or password" });
    await expect(identify()).rejects.toMatchObject({ kind, message: expect.stringMatching(words) });
  });

  it.each([{}, { accessJwt: "a", refreshJwt: "b", did: 7, handle: "x" }])(
    "is not guessed from %j",
    async (body) => {
      answer("POST", "createSession", 200, body);
      await expect(identify()).rejects.toMatchObject({ kind: "unavailable" });
    },
  );
});

describe("the numbers of a post", () => {
  it("are Bluesky's", async () => {
    const { externalId } = await publishFully(on.world, us, await plain(on.world));
    const counts = { likeCount: 3, repostCount: 2, replyCount: 1, bookmarkCount: 4, quoteCount: 9 };
    answer("GET", "getPosts", 200, { posts: [{ uri: externalId, ...counts }] });
    const metrics = await on.world.adapter.metrics?.(externalId, us.call());
    expect(metrics).toEqual({ likes: 3, reposts: 2, replies: 1, saves: 4 });
  });

  it("are not made up for a post that is gone, nor where Bluesky cannot be asked", async () => {
    const gone = "at://did:plc:x/app.bsky.feed.post/3kabcdefghijk";
    const ask = () => on.world.adapter.metrics?.(gone, us.call());
    await expect(ask()).rejects.toMatchObject({ kind: "invalid", detail: { code: "not_found" } });
    answer("GET", "getPosts", 502, { error: "UpstreamFailure", message: "Upstream service unreachable" });
    await expect(ask()).rejects.toMatchObject({ kind: "unavailable" });
  });
});
