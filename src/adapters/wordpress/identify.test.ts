import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { World } from "../../../test/contract/world.ts";
import {
  type Person,
  wordpressOnPractice,
  wordpressPerson,
} from "../../../test/support/wordpress-on-practice.ts";
import { identify } from "./identify.ts";

let world: World;
let us: Person;
beforeAll(async () => {
  world = await wordpressOnPractice();
});
afterAll(() => world.close());
beforeEach(() => {
  us = wordpressPerson(world);
});

const index = "GET /wordpress/wp-json/";
const me = "GET /users/me";

describe("who an application password speaks for", () => {
  it("takes it with or without its blanks", async () => {
    const { username = "", applicationPassword = "" } = us.actor.identity.credentials;
    expect(applicationPassword).toMatch(/^(\w{4} ){5}\w{4}$/);
    const credentials = { username, applicationPassword: applicationPassword.replaceAll(" ", "") };
    expect(await identify({ ...us.call(), credentials })).toMatchObject({
      handle: us.actor.identity.handle,
    });
  });

  it.each([
    ["https://example.org/blog/", "example.org/blog"],
    ["https://example.org", "example.org"],
    ["http://127.0.0.1:8080/a/b", "127.0.0.1:8080/a/b"],
  ])("names the site %s in the handle", async (home, place) => {
    us.instead.set(index, Response.json({ home }));
    expect((await identify(us.call())).handle).toBe(`${us.actor.identity.credentials.username}@${place}`);
  });

  it.each([
    ["does not answer", () => us.lost.push(index)],
    ["names no address", () => us.instead.set(index, Response.json({ home: "somewhere" }))],
    ["answers a page", () => us.instead.set(index, new Response("<html>"))],
  ])("knows the site by its address where the site %s", async (_what, breakIt) => {
    breakIt();
    expect((await identify(us.call())).handle).toMatch(/@127\.0\.0\.1:\d+\/wordpress$/);
  });

  it("refuses a user who may not publish, in words", async () => {
    const capabilities = { edit_posts: true, contributor: true };
    us.instead.set(me, Response.json({ id: 7, username: "guest", name: "Guest", capabilities }));
    await expect(identify(us.call())).rejects.toMatchObject({
      kind: "forbidden",
      message: expect.stringMatching(/role Author or Editor/),
      detail: { code: "may_not_publish" },
    });
  });

  it("says that there is no WordPress where there is none", async () => {
    us.instead.set(me, new Response("<h1>Not found</h1>", { status: 404 }));
    await expect(identify(us.call())).rejects.toMatchObject({
      kind: "forbidden",
      message: expect.stringMatching(/no WordPress API at this address/),
    });
  });

  it("falls back to the user name where there is no other", async () => {
    const capabilities = { publish_posts: true };
    us.instead.set(me, Response.json({ id: 7, username: "water", name: "", capabilities }));
    expect(await identify(us.call())).toEqual({
      externalId: "7",
      handle: "water@wordpress.example",
      name: "water",
    });
  });
});
