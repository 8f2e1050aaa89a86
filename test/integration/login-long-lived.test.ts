import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { renewToken } from "../../src/accounts/oauth/client.ts";
import { instagram } from "../../src/adapters/instagram/index.ts";
import { practice as instagramPractice } from "../../src/adapters/instagram/practice.ts";
import { threads } from "../../src/adapters/threads/index.ts";
import { practice as threadsPractice } from "../../src/adapters/threads/practice.ts";
import { hasGraphSpecs, unlisted } from "../support/graph-spec.ts";
import { type LoginOnPractice, loginOnPractice } from "../support/login-on-practice.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

describe.each([
  { adapter: instagram, practice: instagramPractice, prefix: "ig", version: "v26.0", post: "media" },
  { adapter: threads, practice: threadsPractice, prefix: "th", version: "v1.0", post: "threads" },
])("a login at $adapter.displayName", ({ adapter, practice, prefix, version, post }) => {
  let on: LoginOnPractice;
  beforeAll(async () => {
    on = await loginOnPractice(adapter, practice);
  });
  afterAll(() => on.close());

  const leftDays = (expiresAt: Date | null) => (Number(expiresAt) - on.place.now().getTime()) / dayMs;
  const ask = async (path: string, params: Record<string, string> = {}, method = "GET") => {
    const answer = await fetch(`${on.base}/${path}?${new URLSearchParams(params)}`, { method });
    return { status: answer.status, body: JSON.parse(await answer.text()) };
  };
  const refresh = (token: string) =>
    ask("refresh_access_token", { grant_type: `${prefix}_refresh_token`, access_token: token });
  const exchange = (params: Record<string, string>) =>
    ask("access_token", { grant_type: `${prefix}_exchange_token`, ...params });
  const shortToken = async (scopes?: readonly string[]) => {
    const { lengthen: _left, ...flow } = on.party.flow;
    return on.trade(await on.allow("water_now", scopes), { flow });
  };

  it("ends with a token for 60 days, for what was allowed, that speaks for the account", async () => {
    const token = await on.logIn("water_now");
    expect(leftDays(token.expiresAt)).toBeGreaterThan(59.9);
    expect(token.scopes).toEqual(adapter.auth.scopes);
    const identity = await adapter.auth.identify(on.call(token.accessToken));
    expect(identity).toMatchObject({ handle: "water_now", externalId: expect.stringMatching(/^\d+$/) });
  });

  it("gives another 60 days once the token is a day old, again and again", async () => {
    let token = await on.logIn("water_now");
    for (let round = 0; round < 3; round++) {
      on.advance(55 * dayMs);
      const fresh = await renewToken(on.party, token);
      expect(fresh?.accessToken).not.toBe(token.accessToken);
      expect(leftDays(fresh?.expiresAt ?? null)).toBeGreaterThan(59.9);
      token = fresh ?? token;
    }
    expect(await adapter.auth.identify(on.call(token.accessToken))).toMatchObject({ handle: "water_now" });
  });

  it("a token younger than a day, an ended one and a stranger's are not renewed", async () => {
    const { accessToken } = await on.logIn("water_now");
    on.advance(dayMs - hourMs);
    expect(await refresh(accessToken)).toMatchObject({ status: 400, body: { error: { code: 100 } } });
    on.advance(61 * dayMs);
    expect(await refresh(accessToken)).toMatchObject({ status: 400, body: { error: { code: 190 } } });
    expect(await refresh("EAAnobody")).toMatchObject({ status: 400, body: { error: { code: 190 } } });
  });

  it("a short token is lengthened within its hour, by the app it was made for", async () => {
    const { accessToken, scopes } = await shortToken();
    expect(scopes).toEqual(adapter.auth.scopes);
    expect(await exchange({ client_secret: "another", access_token: accessToken })).toMatchObject({
      status: 400,
      body: { error: { code: 100 } },
    });
    on.advance(hourMs);
    const { clientSecret: client_secret } = on.party.app;
    expect(await exchange({ client_secret, access_token: accessToken })).toMatchObject({
      status: 400,
      body: { error: { code: 190 } },
    });
  });

  it("a code is good once, within its hour, with the right secret", async () => {
    const code = await on.allow("water_now");
    const app = { ...on.party.app, clientSecret: "wrong" };
    await expect(on.trade(code, { app })).rejects.toMatchObject({
      kind: "forbidden",
      message: expect.stringContaining("does not accept the app"),
    });
    const { accessToken } = await on.trade(code);
    await expect(on.trade(code)).rejects.toMatchObject({
      kind: "unauthorized",
      message: expect.stringContaining("no longer accepts this login"),
    });
    await expect(adapter.auth.identify(on.call(accessToken))).rejects.toMatchObject({ kind: "unauthorized" });
    const late = await on.allow("water_now");
    on.advance(hourMs + 1000);
    await expect(on.trade(late)).rejects.toMatchObject({ kind: "unauthorized" });
  });

  it("lets nothing be posted that was not allowed", async () => {
    const [basic = ""] = adapter.auth.scopes;
    const { accessToken } = await on.logIn("water_now", [basic]);
    const { externalId } = await adapter.auth.identify(on.call(accessToken));
    const params = { access_token: accessToken, media_type: "TEXT", text: "Water" };
    expect(await ask(`${version}/${externalId}/${post}`, params, "POST")).toMatchObject({
      status: 400,
      body: { error: { code: 10 } },
    });
  });

  const specs = prefix === "ig" && hasGraphSpecs ? it : it.skip;
  specs("asks with the names of Meta's lists", async () => {
    const token = await on.logIn("water_now");
    on.advance(2 * dayMs);
    await renewToken(on.party, token);
    const asked = (path: string) => on.asked.filter((request) => request.path === path);
    expect([asked("/access_token"), asked("/refresh_access_token")]).not.toContainEqual([]);
    for (const request of asked("/access_token"))
      expect(unlisted(request, "IGAccessTokenForIGOnlyAPI", undefined)).toEqual([]);
    for (const request of asked("/refresh_access_token"))
      expect(unlisted(request, "IGRefreshAccessTokenForIGOnlyAPI", undefined)).toEqual([]);
  });
});
