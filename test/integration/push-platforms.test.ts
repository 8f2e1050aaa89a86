import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { type Forwarder, startForwarder } from "../support/forwarder.ts";
import { type Hub, startHub } from "../support/hub.ts";
import { type MirrorStage, openMirrorStage } from "../support/mirror-stage.ts";
import { publicUrl, unhurried } from "../support/push-stage.ts";
import { until } from "../support/until.ts";

const appSecret = "the secret of our app at Meta";

let [hub, video, pages, on] = [] as unknown as [Hub, Forwarder, Forwarder, MirrorStage];
const here = (path: string) => `http://127.0.0.1:${on.env.PORT}${path}`;
beforeAll(async () => {
  hub = await startHub((url) => url.replace(publicUrl, here("")));
  [video, pages] = [await startForwarder(), await startForwarder()];
  on = await openMirrorStage({
    env: {
      PUBLIC_URL: publicUrl,
      YOUTUBE_API_URL: video.origin,
      YOUTUBE_HUB_URL: hub.origin,
      FACEBOOK_GRAPH_URL: pages.origin,
      FACEBOOK_CLIENT_ID: "1234",
      FACEBOOK_CLIENT_SECRET: appSecret.replaceAll(" ", "-"),
    },
    timings: unhurried,
  });
  video.target = `${on.practice}/youtube`;
  pages.target = `${on.practice}/facebook`;
  // Live accounts at pretend platforms: practice accounts are heard of by nobody.
  await on.sql("update accounts set mode = 'live' where platform in ('youtube', 'facebook')");
}, 60_000);
afterAll(async () => {
  await on?.close();
  for (const server of [hub, video, pages]) server?.close();
});
beforeEach(() => on.sql("delete from links"));

const fence = async (accountId: string) =>
  (await on.sql<{ fence: number }>("select fence::int from sources where account_id = $1", [accountId]))[0]!
    .fence;
const isBusy = async (accountId: string) =>
  (
    await on.sql("select 1 from sources where account_id = $1 and (taken or rung or next_read_at <= now())", [
      accountId,
    ])
  ).length > 0;
const externalId = async (accountId: string) =>
  (await on.sql<{ id: string }>("select external_id as id from accounts where id = $1", [accountId]))[0]!.id;

describe("a YouTube channel", () => {
  it("is read when Google's hub calls", async () => {
    await on.link("youtube", ["mastodon"]);
    const wish = await until("the hub was asked", () => hub.wishes[0]);
    const channel = await externalId(on.on.youtube.id);
    expect(wish.topic).toBe(`https://www.youtube.com/xml/feeds/videos.xml?channel_id=${channel}`);
    await until("it has asked back", () => hub.verified);
    const [before, asked] = [await fence(on.on.youtube.id), video.requests];
    await hub.push(wish, "<feed/>");
    await until("it is read", async () => (await fence(on.on.youtube.id)) > before);
    await until("YouTube itself was asked", () => video.requests > asked);
  });

  it("that is a practice account has no hub", async () => {
    await on.sql("update accounts set mode = 'practice' where platform = 'youtube'");
    await on.sql("delete from sources");
    hub.wishes.length = 0;
    await on.link("youtube", ["mastodon"]);
    await until("it was read", async () => !(await isBusy(on.on.youtube.id)));
    expect(await on.sql("select 1 from sources where hub is not null")).toEqual([]);
    expect(hub.wishes).toEqual([]);
  });
});

describe("a Facebook page", () => {
  const secret = appSecret.replaceAll(" ", "-");
  const notice = (id: string, value: object = { item: "status", verb: "add" }) =>
    JSON.stringify({ object: "page", entry: [{ id, time: 1, changes: [{ field: "feed", value }] }] });
  const sign = (body: string, by = secret) => `sha256=${createHmac("sha256", by).update(body).digest("hex")}`;
  const call = async (
    body: string | Uint8Array<ArrayBuffer>,
    signature: string | null,
    platform = "facebook",
  ) => {
    const headers = {
      "content-type": "application/json",
      ...(signature !== null && { "x-hub-signature-256": signature }),
    };
    return (await fetch(here(`/hooks/${platform}`), { method: "POST", headers, body })).status;
  };
  const linked = async () => {
    await on.link("facebook", ["mastodon"]);
    await until("it was read", async () => !(await isBusy(on.on.facebook.id)));
    return externalId(on.on.facebook.id);
  };

  it("is read when Meta calls, and what was posted there is shared", async () => {
    const page = await linked();
    await on.phone("facebook", "Posted-by-hand on the page");
    const body = notice(page);
    expect(await call(body, sign(body))).toBe(200);
    await until("it is shared", () =>
      on.posts("mastodon").some(({ text }) => text.includes("Posted-by-hand")),
    );
  });

  it("is not read for what is not signed with the app's secret", async () => {
    const page = await linked();
    const before = await fence(on.on.facebook.id);
    const body = notice(page);
    const sha1 = `sha1=${createHmac("sha1", secret).update(body).digest("hex")}`;
    for (const bad of [null, "", "sha256=", "sha256=00", sign(body, "another"), sign(`${body} `), sha1])
      expect(await call(body, bad)).toBe(401);
    expect(await call(new Uint8Array(1024 * 1024 + 1), sign(body))).toBe(413);
    expect(await isBusy(on.on.facebook.id)).toBe(false);
    expect(await fence(on.on.facebook.id)).toBe(before);
  });

  it("is not read for other pages, for what others say below its posts, or for what is no notice", async () => {
    const page = await linked();
    const before = await fence(on.on.facebook.id);
    const odd = ["", "{", "null", "[]", '"page"', '{"object":"page","entry":[null]}'];
    for (const body of [
      notice("1"),
      notice(`${page}\u0000`),
      ...["comment", "reaction", "like"].map((item) => notice(page, { item, verb: "add" })),
      notice(page).replace('"page"', '"user"'),
      notice(page).replace('"feed"', '"ratings"'),
      ...odd,
    ])
      expect([body, await call(body, sign(body))]).toEqual([body, 200]);
    expect(await isBusy(on.on.facebook.id)).toBe(false);
    expect(await fence(on.on.facebook.id)).toBe(before);
  });

  it("that is a practice account is not read for what Meta says of its namesake", async () => {
    const page = await linked();
    const before = await fence(on.on.facebook.id);
    await on.sql("update accounts set mode = 'practice' where platform = 'facebook'");
    expect(await call(notice(page), sign(notice(page)))).toBe(200);
    expect(await isBusy(on.on.facebook.id)).toBe(false);
    expect(await fence(on.on.facebook.id)).toBe(before);
    await on.sql("update accounts set mode = 'live' where platform = 'facebook'");
  });

  it("calls only where an app is set, and a platform that does not call has no address", async () => {
    const body = notice("1");
    for (const platform of ["instagram", "x", "nobody", "websub"])
      expect([platform, await call(body, sign(body), platform)]).toEqual([platform, 404]);
  });
});

describe("Meta's question whether its calls are wanted", () => {
  const ask = (token: string, mode = "subscribe") =>
    fetch(
      here(
        `/hooks/facebook?hub.mode=${mode}&hub.verify_token=${encodeURIComponent(token)}&hub.challenge=1158201444`,
      ),
    );

  it("is answered for the token that an operator is told", async () => {
    const { callbackUrl, verifyToken } = await on.call<{ callbackUrl: string; verifyToken: string }>(
      "GET",
      "/v1/apps/facebook/webhook",
    );
    expect([callbackUrl, verifyToken.length]).toEqual([`${publicUrl}/hooks/facebook`, 43]);
    const answer = await ask(verifyToken);
    expect([answer.status, await answer.text()]).toEqual([200, "1158201444"]);
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
    for (const [token, mode] of [
      ["", "subscribe"],
      [verifyToken.slice(1), "subscribe"],
      [verifyToken, "unsubscribe"],
    ])
      expect((await ask(token!, mode)).status).toBe(404);
    expect((await fetch(here("/v1/apps/facebook/webhook"))).status).toBe(401);
    expect((await on.request("GET", "/v1/apps/x/webhook")).status).toBe(404);
  });
});
