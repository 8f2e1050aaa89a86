import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { hasGraphSpecs, unlisted, unlistedFields } from "../../../test/support/graph-spec.ts";
import { type LoginOnPractice, loginOnPractice } from "../../../test/support/login-on-practice.ts";
import type { LinkableIdentity } from "../contract/oauth.ts";
import { facebook } from "./index.ts";
import { practice } from "./practice.ts";

const dayMs = 86_400_000;

let on: LoginOnPractice;
let hidesPages = false;
beforeAll(async () => {
  const routes = practice.routes.map((route) =>
    route.path.endsWith("/me/accounts")
      ? {
          ...route,
          handle: (...asked: Parameters<typeof route.handle>) =>
            hidesPages ? { status: 200, body: { data: [] } } : route.handle(...asked),
        }
      : route,
  );
  on = await loginOnPractice(facebook, { ...practice, routes });
});
afterAll(() => on.close());
afterEach(() => {
  hidesPages = false;
});

const pagesOf = async (accessToken: string): Promise<readonly LinkableIdentity[]> =>
  (await facebook.auth.oauth?.identities?.(on.call(accessToken) as never, {
    app: on.party.app,
    scopes: on.party.scopes,
  })) ?? [];
const speaksFor = async (accessToken = "") => (await facebook.auth.identify(on.call(accessToken))).handle;
const asked = (path: string) => on.asked.filter((request) => request.path === `/v26.0/${path}`);

describe("a login at Facebook", () => {
  it("offers every page the person may post to, with a token of its own", async () => {
    const { accessToken, expiresAt, scopes } = await on.logIn("water_now");
    expect((Number(expiresAt) - Number(on.place.now())) / dayMs).toBeGreaterThan(59.9);
    expect(scopes).toEqual(expect.arrayContaining([...facebook.auth.scopes]));
    on.asked.length = 0;
    const pages = await pagesOf(accessToken);
    expect(pages.map(({ handle }) => handle)).toEqual(["water_now", "water_now_events"]); // not the archive
    expect(asked("me/accounts")).toHaveLength(2); // the second answer held the last page
    const tokens = pages.map(({ credentials }) => credentials?.accessToken);
    expect(new Set([accessToken, ...tokens]).size).toBe(3);
    for (const { handle, externalId, credentials } of pages) {
      expect(credentials?.pageId).toBe(externalId);
      expect(await speaksFor(credentials?.accessToken)).toBe(handle);
    }
  });

  it("and their tokens work on when the login has ended", async () => {
    const { accessToken } = await on.logIn("water_now");
    const [page] = await pagesOf(accessToken);
    on.advance(61 * dayMs);
    await expect(pagesOf(accessToken)).rejects.toMatchObject({ kind: "unauthorized" });
    expect(await speaksFor(page?.credentials?.accessToken)).toBe("water_now");
  });

  it("and are found where Facebook leaves them out of the list", async () => {
    hidesPages = true;
    const { accessToken } = await on.logIn("water_now");
    const pages = await pagesOf(accessToken);
    expect(pages.map(({ handle }) => handle)).toEqual(expect.arrayContaining(["water_now_events"]));
    expect(await speaksFor(pages[1]?.credentials?.accessToken)).toBe("water_now_events");
  });

  it("a person's own token posts nothing, and is told from a page's", async () => {
    const { accessToken } = await on.logIn("water_now");
    await expect(speaksFor(accessToken)).rejects.toMatchObject({
      kind: "forbidden",
      message: expect.stringContaining("not the token of a Facebook page"),
    });
  });

  it("says what was not allowed, before anything is linked", async () => {
    await expect(on.logIn("water_now", ["pages_show_list", "pages_read_engagement"])).rejects.toMatchObject({
      kind: "forbidden",
      message: expect.stringContaining("pages_manage_posts"),
      detail: { code: "permission_missing" },
    });
  });

  it("lets no page comment where that was not allowed", async () => {
    const scopes = facebook.auth.scopes.filter((scope) => scope !== "pages_manage_engagement");
    const [page] = await pagesOf((await on.logIn("water_now", scopes)).accessToken);
    const answer = await fetch(`${on.base}/v26.0/${page?.externalId}_1/comments`, {
      method: "POST",
      body: new URLSearchParams({ message: "x", access_token: page?.credentials?.accessToken ?? "" }),
    });
    expect(await answer.json()).toMatchObject({ error: { code: 200, type: "OAuthException" } });
  });
});

describe("what Facebook's token endpoint refuses", () => {
  it("a wrong secret: the app's fault, not the person's", async () => {
    const app = { ...on.party.app, clientSecret: "wrong" };
    await expect(on.trade(await on.allow("water_now"), { app })).rejects.toMatchObject({
      kind: "forbidden",
      message: expect.stringContaining("does not accept the app"),
    });
  });

  it("a code that was used, which ends what it gave, and one that is too old", async () => {
    const code = await on.allow("water_now");
    const [page] = await pagesOf((await on.trade(code)).accessToken);
    await expect(on.trade(code)).rejects.toMatchObject({
      kind: "unauthorized",
      detail: { code: "100/36009" },
    });
    await expect(speaksFor(page?.credentials?.accessToken)).rejects.toMatchObject({ kind: "unauthorized" });
    const late = await on.allow("water_now");
    on.advance(11 * 60_000);
    await expect(on.trade(late)).rejects.toMatchObject({ kind: "unauthorized" });
  });

  it("to lengthen a token that has ended", async () => {
    const { lengthen, ...flow } = on.party.flow;
    const short = await on.trade(await on.allow("water_now"), { flow });
    on.advance(2 * 3_600_000);
    await expect(lengthen?.(short, on.party.app, on.place)).rejects.toMatchObject({ kind: "unauthorized" });
  });
});

const specs = hasGraphSpecs ? it : it.skip;
specs("it asks with the names of Meta's lists", async () => {
  await pagesOf((await on.logIn("water_now")).accessToken);
  expect(asked("me/accounts").length).toBeGreaterThan(0);
  for (const request of asked("me/accounts")) {
    expect(unlisted(request, "User", "accounts")).toEqual([]);
    expect(unlistedFields(request, "Page")).toEqual(["tasks"]); // of this list alone
  }
  for (const request of asked("me/permissions")) expect(unlisted(request, "User", "permissions")).toEqual([]);
});
