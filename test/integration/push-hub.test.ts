import { describe, expect, it } from "@jest/globals";
import { openMirrorStage } from "../support/mirror-stage.ts";
import { privateHosts, publicUrl, usePush } from "../support/push-stage.ts";
import { until } from "../support/until.ts";

const us = usePush();

describe("what a hub asks", () => {
  it("is answered for the very topic we asked for, and as plain text", async () => {
    const wish = await us.subscribed();
    const right = { "hub.mode": "subscribe", "hub.topic": us.blog.feed, "hub.challenge": "<b>c</b>" };
    const answer = await us.hub.ask(wish.callback, { ...right, "hub.lease_seconds": "3600" });
    expect([answer.status, await answer.text()]).toEqual([200, "<b>c</b>"]);
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
    expect((await us.source()).until).toBeCloseTo(3600, -2);
    for (const wrong of [
      { "hub.topic": `${us.blog.feed}2` },
      { "hub.mode": "unsubscribe" },
      { "hub.mode": "toString" },
    ])
      expect((await us.hub.ask(wish.callback, { ...right, ...wrong })).status).toBe(404);
    const forever = await us.hub.ask(wish.callback, { ...right, "hub.lease_seconds": "9999999999" });
    expect([forever.status, (await us.source()).until]).toEqual([200, expect.closeTo(864_000, -2)]);
    const soon = await us.hub.ask(wish.callback, { ...right, "hub.lease_seconds": "soon" });
    expect(soon.status).toBe(400);
  });

  it("or says no to, is asked for again later", async () => {
    const wish = await us.subscribed();
    const no = { "hub.mode": "denied", "hub.topic": us.blog.feed };
    expect((await us.hub.ask(wish.callback, no)).status).toBe(200);
    expect((await us.source()).until).toBeNull();
    await us.readAgain();
    await until("it is asked again", () => us.hub.wishes.length === 2);
    expect(us.hub.wishes[1]!.callback).toBe(wish.callback);
  });
});

describe("a hub is asked", () => {
  it("not again within the hour where it refuses, and the feed is as well as ever", async () => {
    us.hub.status = 500;
    const { id } = await us.feedLink();
    await until("the hub was asked", () => us.hub.wishes[0]);
    await us.readAgain("push_asked_at = now() - interval '59 min'");
    await us.readAgain("push_asked_at = push_asked_at");
    expect(us.hub.wishes).toHaveLength(1);
    expect(await us.source()).toMatchObject({ until: null, errorCode: null, failures: 0 });
    expect(await us.on.call("GET", `/v1/links/${id}`)).toMatchObject({ state: "active", lastError: null });
    await us.readAgain("push_asked_at = now() - interval '61 min'");
    await until("it is asked again", () => us.hub.wishes.length === 2);
  });

  it("anew in the last day of its promise, with the same address", async () => {
    const wish = await us.subscribed();
    await us.readAgain("push_asked_at = null, push_until = now() + interval '25 hours'");
    await us.readAgain();
    expect(us.hub.wishes).toHaveLength(1);
    await us.readAgain("push_asked_at = null, push_until = now() + interval '23 hours'");
    expect(await until("it is asked again", () => us.hub.wishes[1])).toEqual(wish);
  });

  it("with another address and secret once SECRET_KEY has changed; the old address is closed", async () => {
    const wish = await us.subscribed();
    const earlier = "earlier-".padEnd(30, "a");
    await us.readAgain(`push_asked_at = null, push_key = '${earlier}'`);
    const again = await until("it is asked again", () => us.hub.wishes[1]);
    expect(again.secret).not.toBe(wish.secret);
    expect(again.callback).not.toContain(earlier);
    expect(await us.hub.push({ ...wish, callback: `${publicUrl}/hooks/websub/${earlier}` }, "a")).toBe(404);
  });

  it("no more, nor heard, where the feed names none any more", async () => {
    const wish = await us.subscribed();
    us.blog.breaks((_, response) => {
      response.writeHead(200, { "content-type": "application/atom+xml" });
      response.end(`<feed xmlns="http://www.w3.org/2005/Atom"><title>Bare</title></feed>`);
    });
    await us.readAgain();
    expect(await us.hub.push(wish, "a")).toBe(404);
    await us.readAgain();
    expect(us.hub.wishes).toHaveLength(1);
  });
});

describe("an installation that nobody can call", () => {
  it("asks no hub", async () => {
    const alone = await openMirrorStage({ env: { ALLOWED_PRIVATE_HOSTS: privateHosts(us) } });
    try {
      await us.feedLink(alone);
      await alone.settled();
      expect(us.hub.wishes).toEqual([]);
    } finally {
      await alone.close();
    }
  }, 60_000);
});
