import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { plain, publishFully } from "../../../test/contract/check.ts";
import type { Actor } from "../../../test/contract/world.ts";
import { blueskyByLogin } from "../../../test/support/bluesky-by-login.ts";
import { type GraphWorld, graphOnPractice } from "../../../test/support/graph-on-practice.ts";
import { bluesky } from "./index.ts";

let on: GraphWorld;
let us: Actor;
beforeAll(async () => {
  on = await graphOnPractice(bluesky, blueskyByLogin);
});
afterAll(() => on.world.close());
beforeEach(() => {
  us = on.world.actor();
  on.asked.length = 0;
});

const methods = () => on.asked.map(({ path }) => path.split(/[./]/).at(-1));

describe("an account that is linked by a login", () => {
  it("hears which word a server wants before it sends the one request, and sends that once", async () => {
    on.world.clock.advance(5 * 60_000);
    await publishFully(on.world, us, await plain(on.world));
    expect(methods()).toEqual(["getSession", "getSession", "putRecord"]); // the first was refused for an old word
    expect(us.posts()).toHaveLength(1);
  });

  it("sends it alone where the word is fresh", async () => {
    await bluesky.auth.identify(us.call() as never);
    on.asked.length = 0;
    await publishFully(on.world, us, await plain(on.world));
    expect(methods()).toEqual(["putRecord"]);
  });

  it("never opens a session of its own, and renews nothing by itself", async () => {
    const { credentials } = us.call() as { credentials: object };
    const call = us.call({ credentials: { ...credentials, accessToken: "revoked" } as never });
    await expect(bluesky.auth.identify(call as never)).rejects.toMatchObject({ kind: "unauthorized" });
    expect(methods()).not.toContain("createSession");
    expect(methods()).not.toContain("refreshSession");
  });
});
