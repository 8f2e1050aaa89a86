import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Actor } from "../../../test/contract/world.ts";
import { type GraphWorld, graphOnPractice } from "../../../test/support/graph-on-practice.ts";
import { facebook } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let page: Actor;

beforeAll(async () => {
  on = await graphOnPractice(facebook, practice);
});
afterAll(() => on.world.close());
beforeEach(() => {
  page = on.world.actor();
  on.instead.length = 0;
  on.asked.length = 0;
});

describe("who a token speaks for", () => {
  const identify = (pageId: string) =>
    on.world.adapter.auth.identify(
      page.call({ credentials: { ...page.identity.credentials, pageId } as never }),
    );

  it("must be the page that was named, if one was", async () => {
    expect(await identify("")).toMatchObject({ externalId: page.identity.externalId });
    await expect(identify("4711")).rejects.toMatchObject({
      kind: "forbidden",
      message: expect.stringContaining("4711"),
    });
  });

  it("is told in words where it is a person", async () => {
    const message = "(#100) Tried accessing nonexisting field (username) on node type (User)";
    const error = { message, type: "OAuthException", code: 100 };
    on.instead.push({ method: "GET", path: "/me", reply: { status: 400, body: { error } } });
    await expect(identify("")).rejects.toMatchObject({
      kind: "forbidden",
      message: expect.stringMatching(/not the token of a Facebook page/),
    });
  });
});
