import type { ServerResponse } from "node:http";
import { describe, expect, it } from "@jest/globals";
import { publicUrl, usePush } from "../support/push-stage.ts";
import { until } from "../support/until.ts";

const us = usePush();

describe("a feed with a hub", () => {
  it("is read when its hub calls, without waiting for its time", async () => {
    const wish = await us.subscribed();
    expect(wish).toMatchObject({ topic: us.blog.feed, leaseSeconds: "864000" });
    expect(wish.callback).toMatch(/^https:\/\/clarion\.example\.org\/hooks\/websub\/[\w-]{30}$/);
    expect((await us.source()).until).toBeCloseTo(864_000, -2);
    us.blog.write({ path: "/pushed", title: "Pushed-one", text: "A well" });
    expect(await us.hub.push(wish, "<feed/>")).toBe(202);
    await until("it is there", () => us.posts("Pushed-one").length);
    expect(us.hub.wishes).toHaveLength(1);
  });

  it("takes nothing of what the hub sends", async () => {
    const wish = await us.subscribed();
    const { asked } = us.blog.asked();
    const forged = `<feed xmlns="http://www.w3.org/2005/Atom"><title>a</title><entry><id>1</id><title>Forged-two</title></entry></feed>`;
    expect(await us.hub.push(wish, forged)).toBe(202);
    await until("the feed itself was read", () => us.blog.asked().asked > asked);
    await until("nothing is left", async () => !(await us.source()).busy);
    expect(await us.on.fates("Forged-two")).toEqual([]);
  });

  it("is read once more when the hub calls while it is being read, and that reading is not disturbed", async () => {
    const wish = await us.subscribed();
    const held: ServerResponse[] = [];
    us.blog.breaks((_, response) => void held.push(response));
    await us.hub.push(wish, "1");
    const first = await until("it is asked for", () => held[0]);
    const { fence } = await us.source();
    us.blog.write({ path: "/while", title: "While-three", text: "A well" });
    await us.hub.push(wish, "2");
    // The lease of whoever reads it is left alone: else a slow site would never be read to the end.
    expect(
      await us.on.sql("select 1 from sources where next_read_at > now() + interval '1 min'"),
    ).toHaveLength(1);
    us.blog.breaks(null);
    first.writeHead(304).end();
    await until("it is there", () => us.posts("While-three").length);
    expect((await us.source()).fence).toBe(fence + 1);
  });
});

describe("whoever is not the hub", () => {
  it("makes nothing be read: unsigned, badly signed, or signed with another secret", async () => {
    const wish = await us.subscribed();
    const before = await us.source();
    const hex = "a".repeat(64);
    const tries = [null, "", "sha256=", `sha256=${hex}`, `sha1=${hex}`, `md5=${hex}`, "sha256=zz", hex];
    for (const signature of tries) expect(await us.hub.push(wish, "<feed/>", signature)).toBe(202);
    expect(await us.hub.push({ ...wish, secret: "" }, "<feed/>")).toBe(202);
    expect(await us.hub.push({ ...wish, secret: wish.callback }, "<feed/>")).toBe(202);
    expect(await us.source()).toMatchObject({ fence: before.fence, busy: false });
  });

  it("finds no address that was not given out, and no method besides", async () => {
    const wish = await us.subscribed();
    for (const key of ["a".repeat(30), "a", "%00", "a".repeat(400), wish.callback.slice(-30, -1)]) {
      const callback = `${publicUrl}/hooks/websub/${key}`;
      expect(await us.hub.push({ ...wish, callback }, "<feed/>")).toBe(404);
      const asked = { "hub.mode": "subscribe", "hub.topic": us.blog.feed, "hub.challenge": "c" };
      expect((await us.hub.ask(callback, asked)).status).toBe(404);
    }
    expect((await fetch(us.here(wish.callback), { method: "DELETE" })).status).toBe(405);
  });

  it("is not listened to for long", async () => {
    const wish = await us.subscribed();
    expect(await us.hub.push(wish, new Uint8Array(1024 * 1024 + 1))).toBe(413);
    expect(await us.hub.push(wish, new Uint8Array(1024 * 1024))).toBe(202);
  });

  it("sees no address of ours in a log", () => expect(us.on.lines.join("")).not.toContain("/hooks/websub/"));
});

describe("a call that is repeated without end", () => {
  it("does not make the feed be read again right after a reading", async () => {
    const wish = await us.subscribed();
    const readings: number[] = [];
    us.blog.breaks((_, response) => {
      readings.push(performance.now());
      response.writeHead(304).end();
    });
    for (const n of [1, 2]) {
      await us.hub.push(wish, "<feed/>");
      await until("it was read", async () => readings.length === n && !(await us.source()).busy);
    }
    expect(readings[1]! - readings[0]!).toBeGreaterThan(1500);
  });

  it("makes the feed be read every two seconds at most", async () => {
    const wish = await us.subscribed();
    const startedAt = performance.now();
    const { asked } = us.blog.asked();
    for (let n = 0; n < 40; n++)
      await Promise.all(Array.from({ length: 10 }, () => us.hub.push(wish, "<feed/>")));
    await until("all was read", async () => !(await us.source()).busy);
    const seconds = (performance.now() - startedAt) / 1000;
    const readings = us.blog.asked().asked - asked;
    expect(readings).toBeGreaterThan(0);
    expect(readings).toBeLessThanOrEqual(seconds / 2 + 1);
  });
});
