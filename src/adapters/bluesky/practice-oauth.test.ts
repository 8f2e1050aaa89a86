import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import {
  answerAt,
  asked,
  clientId,
  type DpopClient,
  newVerifier,
  openDpopClient,
  redirectUri,
} from "../../../test/support/dpop-client.ts";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import { type PracticeServer, startPracticeNetwork } from "../../practice/server.ts";
import { practice } from "./practice.ts";

let folder: Awaited<ReturnType<typeof tempFolder>>;
let network: PracticeServer;
let base = "";
let aheadMs = 0;
let client: DpopClient;

beforeAll(async () => {
  folder = await tempFolder();
  network = await startPracticeNetwork({
    host: "127.0.0.1",
    port: 0,
    dataDir: folder.path,
    platforms: [practice],
    now: () => new Date(Date.now() + aheadMs),
  });
  base = `${network.url}/bluesky`;
});
afterAll(async () => {
  await network.close();
  await folder.remove();
});
beforeEach(async () => {
  aheadMs = 0;
  client = await openDpopClient(base);
  await client.warmUp();
});

const push = async (changes: Record<string, string> = {}, challenge = newVerifier().challenge) =>
  client.form("/oauth/par", { ...asked(challenge), ...changes });

/** A code, and what it is traded with. */
async function code() {
  const { verifier, challenge } = newVerifier();
  const { body } = await push({}, challenge);
  const back = await answerAt(base, String(body.request_uri));
  expect(Object.fromEntries(back.searchParams)).toMatchObject({ iss: network.url, state: "a state" });
  const given = back.searchParams.get("code") ?? "";
  return {
    grant_type: "authorization_code",
    client_id: clientId,
    code: given,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  };
}

const trade = async (fields: Record<string, string>, by = client) => by.form("/oauth/token", fields);

async function login() {
  const { body } = await trade(await code());
  const [access, refresh] = [String(body.access_token), String(body.refresh_token)];
  const again = { grant_type: "refresh_token", client_id: clientId, refresh_token: refresh };
  return { body, access, refresh, again };
}

const refusal = (error: string) => ({ status: 400, body: { error } });

describe("a login at the pretend Bluesky", () => {
  it("gives tokens that are bound to a key, and names whose they are", async () => {
    const { body, access } = await login();
    expect(body).toMatchObject({ token_type: "DPoP", expires_in: 3600, scope: "atproto transition:generic" });
    const asked = await client.ask(access);
    expect(asked).toMatchObject({ status: 200, body: { did: body.sub, handle: "water-now.bsky.test" } });
    expect(asked.headers.get("dpop-nonce")).toBeTruthy();
  });

  it.each([
    ["a client that nobody knows", { client_id: "https://nobody.invalid/client.json" }, "invalid_client"],
    ["an address that is not the client's", { redirect_uri: "https://evil.example/" }, "invalid_request"],
    ["no challenge", { code_challenge: "" }, "invalid_request"],
    ["a plain challenge", { code_challenge_method: "plain" }, "invalid_request"],
    ["no state", { state: "" }, "invalid_request"],
    ["a scope that is not the client's", { scope: "atproto transition:email" }, "invalid_scope"],
    ["no atproto scope", { scope: "transition:generic" }, "invalid_scope"],
    ["another response than a code", { response_type: "token" }, "unsupported_response_type"],
  ])("is not begun with %s", async (_what, changes, error) => {
    expect(await push(changes)).toMatchObject(refusal(error));
  });

  it("is asked for once: a request is good for one answer, and for five minutes", async () => {
    const { request_uri: first } = (await push()).body;
    expect((await answerAt(base, String(first), "deny")).searchParams.get("error")).toBe("access_denied");
    expect((await answerAt(base, String(first))).protocol).toBe("about:");
    const { request_uri: second } = (await push()).body;
    aheadMs = 5 * 60_000;
    expect((await answerAt(base, String(second))).protocol).toBe("about:");
  });

  it("is not finished with another verifier, address, client or key", async () => {
    const good = await code();
    const stranger = await openDpopClient(base);
    await stranger.warmUp();
    expect(await trade({ ...good, code_verifier: newVerifier().verifier })).toMatchObject(
      refusal("invalid_grant"),
    );
    expect(await trade({ ...good, redirect_uri: "http://127.0.0.1:1/" })).toMatchObject(
      refusal("invalid_grant"),
    );
    expect(await trade({ ...good, client_id: "http://localhost" })).toMatchObject(refusal("invalid_grant"));
    expect(await trade(good, stranger)).toMatchObject(refusal("invalid_dpop_proof"));
    expect((await trade(good)).status).toBe(200);
  });

  it("ends where its code is used twice", async () => {
    const good = await code();
    const { body } = await trade(good);
    expect(await trade(good)).toMatchObject(refusal("invalid_grant"));
    expect(await client.ask(String(body.access_token))).toMatchObject({ status: 401 });
  });

  it("is renewed once by each refresh token, and ends where one is used again", async () => {
    const { again } = await login();
    const { status, body } = await trade(again);
    expect([status, body.refresh_token === again.refresh_token]).toEqual([200, false]);
    expect((await client.ask(String(body.access_token))).status).toBe(200);
    expect(await trade(again)).toMatchObject(refusal("invalid_grant"));
    expect((await client.ask(String(body.access_token))).status).toBe(401);
  });

  it("is renewed by nobody else, and not after two weeks", async () => {
    const { again } = await login();
    const stranger = await openDpopClient(base);
    await stranger.warmUp();
    expect(await trade(again, stranger)).toMatchObject(refusal("invalid_grant"));
    aheadMs = 14 * 24 * 60 * 60_000 + 1000;
    await client.warmUp();
    const iat = Math.floor((Date.now() + aheadMs) / 1000);
    expect(await client.form("/oauth/token", again, { iat })).toMatchObject(refusal("invalid_grant"));
  });

  it("is given back", async () => {
    const { access, refresh, again } = await login();
    expect((await client.form("/oauth/revoke", { client_id: clientId, token: refresh })).status).toBe(200);
    expect((await client.ask(access)).status).toBe(401);
    expect(await trade(again)).toMatchObject(refusal("invalid_grant"));
  });
});

describe("a proof is refused", () => {
  const bound = (error: string) => ({ status: 401, body: { error } });

  it.each([
    ["for another method", { htm: "POST" }],
    ["for another address", { htu: "http://127.0.0.1:1/xrpc/com.atproto.server.getSession" }],
    ["for another token", { ath: "another" }],
    ["for no token", { ath: undefined }],
    ["too old", { iat: Math.floor(Date.now() / 1000) - 600 }],
    ["from the future", { iat: Math.floor(Date.now() / 1000) + 600 }],
    ["without a name of its own", { jti: "" }],
  ])("%s", async (_what, changes) => {
    const { access } = await login();
    expect(await client.ask(access, changes)).toMatchObject(bound("invalid_token"));
  });

  it("without the server's word, with one made up, and with one of long ago", async () => {
    const { access, again } = await login();
    for (const nonce of [undefined, "made up"]) {
      const refused = await client.ask(access, { nonce });
      expect(refused).toMatchObject(bound("use_dpop_nonce"));
      expect(refused.headers.get("www-authenticate")).toContain('error="use_dpop_nonce"');
      expect(await client.form("/oauth/token", again, { nonce })).toMatchObject(refusal("use_dpop_nonce"));
    }
    aheadMs = 3 * 60_000;
    expect(await client.ask(access)).toMatchObject(bound("use_dpop_nonce"));
    expect((await client.ask(access)).status).toBe(200);
  });

  it("a second time", async () => {
    const { access, again } = await login();
    const jti = "seen before";
    expect((await client.ask(access, { jti })).status).toBe(200);
    expect(await client.ask(access, { jti })).toMatchObject(bound("invalid_token"));
    expect(await client.form("/oauth/token", again, { jti })).toMatchObject(refusal("invalid_dpop_proof"));
  });

  it("made with another key, or none", async () => {
    const { access } = await login();
    const stranger = await openDpopClient(base);
    await stranger.warmUp();
    expect(await stranger.ask(access)).toMatchObject(bound("invalid_token"));
    expect(await client.ask(access, { dpop: "" })).toMatchObject(bound("invalid_token"));
    expect(await client.form("/oauth/token", {}, { dpop: "" })).toMatchObject(refusal("invalid_dpop_proof"));
  });

  it("and a token that is bound to a key is worth nothing without", async () => {
    const { access } = await login();
    expect((await client.ask(access, { scheme: "Bearer" })).status).toBe(400);
  });

  it("and a token is good for an hour", async () => {
    const { access } = await login();
    aheadMs = 60 * 60_000;
    const iat = Math.floor((Date.now() + aheadMs) / 1000);
    await client.ask(access, { iat });
    expect(await client.ask(access, { iat })).toMatchObject(bound("invalid_token"));
  });
});
