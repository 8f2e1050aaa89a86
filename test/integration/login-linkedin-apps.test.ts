import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { practice } from "../../src/adapters/linkedin/practice.ts";
import { memberScopes, pageScopes } from "../../src/adapters/linkedin/scopes.ts";
import type { PracticePlatform, PracticeSignIn } from "../../src/practice/kit.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { type Forwarder, startForwarder } from "../support/forwarder.ts";
import { connect, openBrowser } from "../support/login.ts";
import { type PlatformServer, startPlatformServer } from "../support/platform-server.ts";

const platform = "linkedin";
const app = { clientId: "app-of-operator", clientSecret: "secret-of-operator" };
const communityScopes = ["w_member_social", ...pageScopes];
const withScopes = (scopes: readonly string[]): PracticePlatform => ({
  ...practice,
  signIn: { ...(practice.signIn as PracticeSignIn), scopes },
});

let front: Forwarder;
let api: ComposedApi;
let servers: Record<"members" | "community", PlatformServer>;

beforeAll(async () => {
  front = await startForwarder();
  const env = { LINKEDIN_CLIENT_ID: app.clientId, LINKEDIN_CLIENT_SECRET: app.clientSecret };
  api = await startComposedApi({ LINKEDIN_API_URL: front.origin, ...env });
  const known = { ...app, origin: api.url };
  servers = {
    members: await startPlatformServer(withScopes(memberScopes), known),
    community: await startPlatformServer(withScopes(communityScopes), known),
  };
});
afterAll(async () => {
  await api.close();
  front.close();
  await Promise.all(Object.values(servers).map((server) => server.close()));
});
beforeEach(async () => {
  await api.call("DELETE", "/v1/apps/linkedin");
});

/** Through the live platform's page, which here is one of the two servers. */
async function login(at: PlatformServer) {
  front.target = `${at.network.url}/linkedin`;
  const browser = openBrowser();
  const { id, authorizeUrl } = await connect(api, { platform, mode: "live" });
  const { location } = await browser.go(authorizeUrl);
  const asked = new URL(location);
  expect(asked.origin + asked.pathname).toBe("https://www.linkedin.com/oauth/v2/authorization");
  const page = `${at.network.url}/linkedin${asked.pathname}${asked.search}`;
  const { location: callback } = await browser.go(page, { handle: "water_now", answer: "allow" });
  const end = await browser.go(callback);
  const view = (await api.call("GET", `/v1/accounts/connections/${id}`)).json;
  return { scopes: asked.searchParams.get("scope")?.split(" "), page: end.text, view };
}

const putApp = (scopes?: readonly string[]) =>
  api.call("PUT", "/v1/apps/linkedin", { ...app, ...(scopes && { scopes }) });

describe("what is asked of LinkedIn is what the app has", () => {
  it("the least, where nobody said that it has more: the member alone", async () => {
    const { scopes, view } = await login(servers.members);
    expect(scopes).toEqual(["openid", "profile", "w_member_social"]);
    expect(view).toMatchObject({ step: "connected", reason: null });
    const [accountId] = view.accountIds as string[];
    const { json } = await api.call("GET", `/v1/accounts/${accountId}`);
    expect(json).toMatchObject({ mode: "live", scopes: ["openid", "profile", "w_member_social"] });
    expect(json.externalId).toMatch(/^urn:li:person:/);
  });

  it("that of the Community Management API, which has no openid: pages, and the member by name", async () => {
    const listed = [...communityScopes, "r_1st_connections_size"]; // as its page lists them, and one we have no use for
    expect((await putApp(listed)).json).toMatchObject({ clientId: app.clientId, scopes: listed });
    const { scopes, view } = await login(servers.community);
    expect(scopes).toEqual(communityScopes);
    expect([view.step, view.reason]).toEqual(["choosing", null]);
    expect(view.offered).toEqual([
      expect.objectContaining({ name: "Water Now Administrator" }),
      expect.objectContaining({ name: "Water Now", handle: "water-now" }),
    ]);
    expect((await api.call("GET", "/v1/apps")).json.data).toMatchObject([{ platform, scopes: listed }]);
  });

  it("that, of an app that may not ask for the member's name: pages alone", async () => {
    await putApp(communityScopes.filter((scope) => scope !== "r_basicprofile"));
    const { view } = await login(servers.community);
    expect(view).toMatchObject({ step: "connected", reason: null });
    const [accountId] = view.accountIds as string[];
    const { json } = await api.call("GET", `/v1/accounts/${accountId}`);
    expect(json).toMatchObject({ handle: "water-now", name: "Water Now" });
  });

  it("and where it has not what was said, the login is refused with words for whoever set it", async () => {
    await putApp([...memberScopes, "w_organization_social"]);
    const { view, page } = await login(servers.members);
    expect(view).toMatchObject({ step: "failed", reason: { code: "invalid_scope" } });
    expect(page).toContain("must check which permissions it has");
  });
});

describe("an app's scopes", () => {
  it.each([
    [platform, ["email"], "invalid_value"],
    ["x", ["tweet.read"], "unknown_field"],
  ])("of %s are refused where they are of no use: %j", async (name, scopes, code) => {
    const { status, json } = await api.call("PUT", `/v1/apps/${name}`, { ...app, scopes });
    expect([status, json.issues]).toEqual([400, [expect.objectContaining({ pointer: "/scopes", code })]]);
  });

  it("set by the operator to nothing of use let no login begin", async () => {
    const env = { LINKEDIN_CLIENT_ID: "a", LINKEDIN_CLIENT_SECRET: "b", LINKEDIN_SCOPES: "email, r_ads" };
    const other = await startComposedApi(env);
    const { status, json } = await other.call("POST", "/v1/accounts/connect", { platform, mode: "live" });
    expect([status, json.code, json.detail]).toEqual([
      422,
      "app_missing",
      expect.stringContaining("check its scopes"),
    ]);
    await other.close();
  });
});
