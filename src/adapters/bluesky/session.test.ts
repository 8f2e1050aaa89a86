import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { attempt, plain, publishFully } from "../../../test/contract/check.ts";
import type { Actor } from "../../../test/contract/world.ts";
import { type GraphWorld, graphOnPractice } from "../../../test/support/graph-on-practice.ts";
import { bluesky } from "./index.ts";
import { practice } from "./practice.ts";
import type { BlueskyCall } from "./session.ts";

const minuteMs = 60_000;
const refused = (method: string, error: string, status = 400) => ({
  method: "POST",
  path: method,
  reply: { status, body: { error, message: "" } },
});

let on: GraphWorld;
let us: Actor;
beforeAll(async () => {
  on = await graphOnPractice(bluesky, practice);
});
afterAll(() => on.world.close());
beforeEach(() => {
  us = on.world.actor();
  on.asked.length = 0;
  on.instead.length = 0;
});

const call = (changes = {}) => us.call(changes) as unknown as BlueskyCall;
const look = (changes = {}) => bluesky.recent?.(new Date(0), call(changes));
const count = (method: string) => on.asked.filter(({ path }) => path.endsWith(method)).length;
const logins = () => [count("createSession"), count("refreshSession")];

describe("a session", () => {
  it("serves every call of its account, however many come at once", async () => {
    await Promise.all(Array.from({ length: 20 }, () => look()));
    await look();
    expect(logins()).toEqual([1, 0]);
  });

  it("is one per password: nobody speaks with another's", async () => {
    const password = us.identity.credentials.password ?? "";
    await look();
    const other = { credentials: { ...us.identity.credentials, password: `${password}x` } };
    await expect(look(other)).rejects.toMatchObject({ kind: "unauthorized" });
    expect(logins()).toEqual([2, 0]);
  });

  it("is renewed by half its life, without the password", async () => {
    await look();
    on.world.clock.advance(59 * minuteMs);
    await look();
    expect(logins()).toEqual([1, 0]);
    on.world.clock.advance(2 * minuteMs);
    await Promise.all([look(), look(), look()]);
    expect(logins()).toEqual([1, 1]);
    on.world.clock.advance(3 * 60 * minuteMs); // and long after it has ended
    await look();
    expect(logins()).toEqual([1, 2]);
  });

  it("begins anew where a refresh token is over too", async () => {
    await look();
    on.world.clock.advance(91 * 24 * 60 * minuteMs);
    await look();
    expect(logins()).toEqual([2, 1]);
  });

  it("begins anew where the server has ended its refresh token early", async () => {
    await look();
    on.instead.push(refused("refreshSession", "ExpiredToken"));
    on.world.clock.advance(61 * minuteMs);
    await look();
    expect(logins()).toEqual([2, 1]);
  });

  it("that the server has ended early is renewed once, and the request asked again", async () => {
    await look();
    const over = refused("uploadBlob", "ExpiredToken");
    on.instead.push(over);
    const variant = await plain(on.world, { media: [await picture()] });
    await expect(attempt(on.world, us, variant)).rejects.toMatchObject({
      kind: "unauthorized",
      detail: { code: "ExpiredToken" },
    });
    expect([...logins(), count("uploadBlob")]).toEqual([1, 1, 2]);
  });
});

describe("an app password that was revoked", () => {
  it("is found out by the health check, though the session would go on", async () => {
    await bluesky.auth.identify(call());
    on.instead.push(
      refused("refreshSession", "ExpiredToken"),
      refused("createSession", "AuthenticationRequired", 401),
    );
    await look();
    await expect(bluesky.auth.identify(call())).rejects.toMatchObject({ kind: "unauthorized" });
  });
});

describe("whoever signs in for everyone", () => {
  it("and is stopped, stops nobody else", async () => {
    const stop = new AbortController();
    const first = look({ signal: stop.signal, fetch: hanging(stop.signal) });
    const second = look();
    stop.abort();
    await expect(first).rejects.toMatchObject({ kind: "unavailable" });
    await expect(second).resolves.toEqual([]);
  });

  it("and fails, is not asked again by each of them", async () => {
    on.instead.push(refused("createSession", "RateLimitExceeded", 429));
    const all = await Promise.allSettled(Array.from({ length: 5 }, () => look()));
    expect(all.map((one) => one.status === "rejected" && one.reason.kind)).toEqual(
      Array(5).fill("rate_limited"),
    );
    expect(logins()).toEqual([1, 0]);
  });
});

describe("at the moment of publishing", () => {
  it("nothing is asked but the post: the login was made before", async () => {
    const variant = await plain(on.world);
    const { answer } = await attempt(on.world, us, variant, {}, () => {
      on.asked.length = 0;
    });
    await answer;
    expect(on.asked.map(({ path }) => path)).toEqual(["/xrpc/com.atproto.repo.putRecord"]);
  });

  it("a session that the server has ended is a no; the next attempt signs in", async () => {
    const variant = await plain(on.world);
    on.instead.push(refused("putRecord", "ExpiredToken"));
    const { answer } = await attempt(on.world, us, variant);
    await expect(answer).rejects.toMatchObject({ kind: "unauthorized" });
    expect(count("putRecord")).toBe(1);
    on.instead.length = 0;
    await publishFully(on.world, us, variant);
    expect(logins()).toEqual([2, 0]);
  });
});

async function picture() {
  const { shelf } = on.world;
  const limit = bluesky.capabilities.media.types.image ?? { mimeTypes: [], maxBytes: 0 };
  const file = await shelf.make("image", "image/png", limit, "A well");
  if (!file) throw new Error("no picture");
  return file;
}

/** Never answers, until it is told to stop. */
function hanging(signal: AbortSignal): BlueskyCall["fetch"] {
  return () =>
    new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
}
