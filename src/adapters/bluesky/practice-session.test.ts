import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { openWorld, type World } from "../../../test/contract/world.ts";
import { blueskyPerson, no, type Person } from "../../../test/support/bluesky-person.ts";
import { bluesky } from "./index.ts";
import { practice } from "./practice.ts";

const minuteMs = 60_000;

let world: World;
let us: Person;
beforeAll(async () => {
  world = await openWorld(bluesky, practice);
});
afterAll(() => world.close());
beforeEach(async () => {
  us = await blueskyPerson(world);
});

describe("a session at the pretend Bluesky", () => {
  it("lasts two hours, and is renewed with the other token only", async () => {
    expect(await us.put({}, "none")).toEqual(no("InvalidToken", "Token could not be verified"));
    expect(await us.put({}, null)).toMatchObject({ status: 401, body: { error: "AuthMissing" } });
    expect(await us.put({}, us.refreshJwt)).toEqual(no("InvalidToken", "Invalid token type"));
    expect(await us.refresh(us.accessJwt)).toEqual(no("InvalidToken", "Invalid token type"));
    world.clock.advance(121 * minuteMs);
    expect(await us.put({})).toEqual(no("ExpiredToken", "Token has expired"));
    const { body } = await us.refresh(us.refreshJwt);
    expect((await us.put({}, String(body.accessJwt))).status).toBe(200);
  });

  it("trades a refresh token for the same one for a while, and then no more", async () => {
    const first = await us.refresh(us.refreshJwt);
    expect((await us.refresh(us.refreshJwt)).body.refreshJwt).toBe(first.body.refreshJwt);
    world.clock.advance(121 * minuteMs);
    expect(await us.refresh(us.refreshJwt)).toEqual(no("ExpiredToken", "Token has been revoked"));
    expect((await us.refresh(String(first.body.refreshJwt))).status).toBe(200);
  });

  it("opens for the right password, thirty times in five minutes", async () => {
    const wrong = { error: "AuthenticationRequired", message: "Invalid identifier or password" };
    const stranger = await us.post(
      "com.atproto.server.createSession",
      { identifier: "nobody.test", password: "x" },
      null,
    );
    expect(stranger).toMatchObject({ status: 401, body: wrong });
    for (let count = 1; count < 30; count++) await us.login("wrong");
    const refused = await us.login("wrong");
    expect(refused).toMatchObject({ status: 429, body: { error: "RateLimitExceeded" } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(200);
    world.clock.advance(5 * minuteMs);
    expect((await us.login("wrong")).status).toBe(401);
  });
});

describe("what an account may write at the pretend Bluesky", () => {
  it("is counted in points, and said in every answer", async () => {
    const { headers } = await us.put({});
    const reset = Math.ceil((world.clock.now().getTime() + 60 * minuteMs) / 1000);
    expect([headers.get("ratelimit-remaining"), headers.get("ratelimit-policy")]).toEqual([
      "4997",
      "5000;w=3600",
    ]);
    expect(Math.abs(Number(headers.get("ratelimit-reset")) - reset)).toBeLessThan(3);
    expect(bluesky.readBudget?.(headers, world.clock.now())).toMatchObject([
      { of: "posts", remaining: 1665 },
    ]);
  });
});
