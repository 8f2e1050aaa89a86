import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import type { Actor } from "../../../test/contract/world.ts";
import { type LinkedInWorld, linkedinOnPractice } from "../../../test/support/linkedin-on-practice.ts";

let pages: LinkedInWorld;
let members: LinkedInWorld;
let page: Actor;
let member: Actor;

beforeAll(async () => {
  [pages, members] = await Promise.all([linkedinOnPractice("pages"), linkedinOnPractice("members")]);
});
afterAll(() => Promise.all([pages.world.close(), members.world.close()]));
beforeEach(() => {
  [page, member] = [pages.world.actor(), members.world.actor()];
  for (const on of [pages, members]) {
    on.asked.length = 0;
    on.instead.length = 0;
  }
});

const identify = (on: LinkedInWorld, actor: Actor, credentials: object = actor.identity.credentials) =>
  on.world.adapter.auth.identify(
    actor.call({ account: { externalId: "", handle: "" }, credentials: credentials as never }),
  );
const accessToken = () => page.identity.credentials.accessToken;
const roles = (count: number, organization = "urn:li:organization:1") => ({
  method: "GET",
  route: "/rest/organizationAcls",
  reply: { status: 200, body: { elements: Array.from({ length: count }, () => ({ organization })) } },
});

describe("without an author it is the member", () => {
  it("by the name LinkedIn gives, which has to do for a handle", async () => {
    const { externalId, name } = member.identity;
    expect(await identify(members, member)).toEqual({ externalId, handle: name, name });
    expect(externalId).toMatch(/^urn:li:person:\w+$/);
  });

  it("also where the author is left empty", async () =>
    expect(await identify(members, member, { ...member.identity.credentials, author: "" })).toMatchObject({
      externalId: member.identity.externalId,
    }));

  test.each([
    ["no name", { sub: "abc" }, { externalId: "urn:li:person:abc", handle: "abc", name: "abc" }],
    ["an empty name", { sub: "abc", name: "" }, { handle: "abc" }],
  ])("and by id where LinkedIn gives %s", async (_what, body, expected) => {
    members.instead.push({ method: "GET", route: "/v2/userinfo", reply: { status: 200, body } });
    expect(await identify(members, member)).toMatchObject(expected);
  });

  test.each([[{}], [{ sub: "" }], [{ sub: 7 }]])("an answer without an id is none: %j", async (body) => {
    members.instead.push({ method: "GET", route: "/v2/userinfo", reply: { status: 200, body } });
    await expect(identify(members, member)).rejects.toMatchObject({ kind: "unavailable" });
  });
});

describe("with an author it is the page", () => {
  it("that the member administers, by its name and address", async () => {
    expect(await identify(pages, page)).toEqual({
      externalId: page.identity.externalId,
      handle: page.identity.handle,
      name: page.identity.name,
    });
    expect(pages.asked[0]?.query.toString()).toMatch(/role=ADMINISTRATOR&state=APPROVED/);
  });

  it("and no other page", async () => {
    const { externalId } = pages.world.actor().identity;
    await expect(
      identify(pages, page, { accessToken: accessToken(), author: externalId }),
    ).rejects.toMatchObject({
      kind: "forbidden",
      detail: { code: "not_an_administrator" },
    });
  });

  it("also among hundreds", async () => {
    pages.instead.push(roles(100), roles(100));
    expect(await identify(pages, page)).toMatchObject({ externalId: page.identity.externalId });
    expect(pages.asked.map(({ query }) => query.get("start"))).toEqual(["0", "100", "200", null]);
  });

  it("by its number where LinkedIn tells neither", async () => {
    pages.instead.push({ method: "GET", route: "/rest/organizations/:id", reply: { status: 200, body: {} } });
    const number = page.identity.externalId.split(":").at(-1);
    expect(await identify(pages, page)).toMatchObject({ handle: number, name: number });
  });

  test.each(["12345", "urn:li:person:abc", "https://www.linkedin.com/company/water"])(
    "and %s is none",
    async (author) => {
      await expect(identify(pages, page, { accessToken: accessToken(), author })).rejects.toMatchObject({
        kind: "invalid",
        detail: { code: "author_invalid" },
      });
      expect(pages.asked).toEqual([]);
    },
  );

  it("for which a member's own permissions are not enough", async () => {
    const credentials = { ...member.identity.credentials, author: "urn:li:organization:1" };
    await expect(identify(members, member, credentials)).rejects.toMatchObject({ kind: "forbidden" });
  });
});
