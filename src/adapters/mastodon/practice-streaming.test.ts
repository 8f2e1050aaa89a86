import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { WebSocket } from "ws";
import { type PlatformServer, startPlatformServer } from "../../../test/support/platform-server.ts";
import { codeFrom, postForm, type SignInPlace, trade } from "../../../test/support/sign-in-at.ts";
import { until } from "../../../test/support/until.ts";
import { practice } from "./practice.ts";

let server: PlatformServer;
const sockets: WebSocket[] = [];
beforeAll(async () => {
  server = await startPlatformServer(practice);
});
afterAll(async () => {
  for (const socket of sockets) socket.terminate();
  await server.close();
});

const tokenOf = (handle: string) => server.network.register("mastodon", handle).credentials.accessToken ?? "";

const apps: SignInPlace["app"][] = [];
const lastApp = () => ({ client_id: apps.at(-1)!.clientId, client_secret: apps.at(-1)!.clientSecret });

/** The token of an app that `water_now` allowed so much. */
async function loggedIn(scope: string): Promise<string> {
  const redirectUri = "https://clarion.example/callback";
  const form = { client_name: "Clarion", redirect_uris: redirectUri, scopes: scope };
  const { body } = await postForm(`${server.origin}/api/v1/apps`, form);
  const app = { clientId: String(body.client_id), clientSecret: String(body.client_secret) };
  apps.push(app);
  const paths = { authorizePath: "/oauth/authorize", tokenPath: "/oauth/token" };
  const place: SignInPlace = { origin: server.origin, ...paths, app, redirectUri, scope };
  return String((await trade(place, await codeFrom(place))).body.access_token);
}

function open(headers: Record<string, string>, query = "stream=user", protocols: string[] = []) {
  const url = `${server.network.url.replace("http", "ws")}/mastodon/api/v1/streaming?${query}`;
  const socket = new WebSocket(url, protocols, { headers });
  sockets.push(socket);
  const heard: { event?: string; payload?: string; error?: string }[] = [];
  const state = { isOpen: false, isClosed: false, problem: "" };
  socket.on("open", () => Object.assign(state, { isOpen: true }));
  socket.on("close", () => Object.assign(state, { isClosed: true }));
  socket.on("error", ({ message }) => Object.assign(state, { problem: message }));
  socket.on("message", (data) => heard.push(JSON.parse(String(data))));
  return Object.assign(state, { heard });
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function ask(token: string, method: string, path: string, body?: object): Promise<{ id: string }> {
  const headers = { ...bearer(token), "content-type": "application/json" };
  const url = `${server.network.url}/mastodon/api/v1/statuses${path}`;
  const answer = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  return (await answer.json()) as { id: string };
}

describe("the pretend Mastodon's stream", () => {
  it("tells an account what itself posts, edits and deletes, and nothing of others", async () => {
    const [me, other] = [tokenOf("water"), tokenOf("somebody")];
    const stream = open(bearer(me));
    await until("it is open", () => stream.isOpen);
    await ask(other, "POST", "", { status: "not mine" });
    const { id } = await ask(me, "POST", "", { status: "mine" });
    await ask(me, "PUT", `/${id}`, { status: "mine, better" });
    await ask(me, "DELETE", `/${id}`);
    await until("all was told", () => stream.heard.length === 3);
    expect(stream.heard.map(({ event }) => event)).toEqual(["update", "status.update", "delete"]);
    expect(JSON.parse(stream.heard[1]?.payload ?? "")).toMatchObject({
      id,
      content: "<p>mine, better</p>",
      account: { username: "water" },
    });
    expect(stream.heard[2]?.payload).toBe(id);
  });

  it("takes a token as browsers can send it", async () => {
    const stream = open({}, "stream=user", [tokenOf("water")]);
    await until("it is open", () => stream.isOpen);
    const late = open({}, `stream=user&access_token=${tokenOf("water")}`);
    await until("it is open", () => late.isOpen);
  });

  it.each([
    ["without a token", {}],
    ["with a wrong one", bearer("wrong")],
  ])("refuses whoever comes %s", async (_what, headers) => {
    const stream = open(headers);
    await until("it is refused", () => stream.problem);
    expect(stream.problem).toBe("Unexpected server response: 401");
  });

  it("has nothing for a token that may not read, and no stream of another name", async () => {
    const reader = open(bearer(await loggedIn("read:accounts")));
    await until("it is told", () => reader.heard[0]);
    expect(reader.heard[0]).toEqual({
      error: "Access token does not have the required scopes",
      status: 401,
    });
    const unknown = open(bearer(await loggedIn("read:statuses")), "stream=nonsense");
    await until("it is told", () => unknown.heard[0]);
    expect(unknown.heard[0]).toEqual({ error: "Unknown stream type", status: 400 });
  });

  it("ends for whose token was revoked meanwhile, and takes it no more", async () => {
    const me = tokenOf("water_now");
    const token = await loggedIn("read:statuses");
    const stream = open(bearer(token));
    await until("it is open", () => stream.isOpen);
    await postForm(`${server.origin}/oauth/revoke`, { token, ...lastApp() });
    await ask(me, "POST", "", { status: "not for that token" });
    await until("it ended", () => stream.isClosed);
    expect(stream.heard).toEqual([]);
    const again = open(bearer(token));
    await until("it is refused", () => again.problem);
    expect(again.problem).toBe("Unexpected server response: 401");
  });
});
