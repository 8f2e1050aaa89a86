import { createHmac } from "node:crypto";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type FeedServer, feedServer } from "../../test/support/feed-server.ts";
import { type Subscription, subscribe, verifies } from "./web-sub.ts";

let hub: FeedServer;
beforeAll(async () => {
  hub = await feedServer();
});
afterAll(() => hub.close());

const wish = (given: Partial<Subscription> = {}): Subscription => ({
  mode: "subscribe",
  hub: `${hub.origin}/hub?of=press`,
  topic: "https://press.example/feed?a=1&b=2",
  callback: "https://clarion.example/web-sub/abc",
  secret: "s3cret",
  leaseSeconds: 864_000,
  ...given,
});
const ask = (given?: Partial<Subscription>) =>
  subscribe(hub.guarded.call, wish(given), AbortSignal.timeout(10_000));

describe("a hub", () => {
  it.each(["subscribe", "unsubscribe"] as const)("is asked to %s with a form", async (mode) => {
    const asked: unknown[] = [];
    hub.answer((request, response) => {
      void text(request).then((body) => {
        const form = Object.fromEntries(new URLSearchParams(body));
        asked.push([request.method, request.url, request.headers["content-type"], form]);
        response.writeHead(202).end();
      });
    });
    await ask({ mode });
    expect(asked).toEqual([
      [
        "POST",
        "/hub?of=press",
        expect.stringMatching(/^application\/x-www-form-urlencoded/),
        {
          "hub.mode": mode,
          "hub.topic": "https://press.example/feed?a=1&b=2",
          "hub.callback": "https://clarion.example/web-sub/abc",
          "hub.secret": "s3cret",
          "hub.lease_seconds": "864000",
        },
      ],
    ]);
  });

  it.each([200, 204, 307, 400, 404, 429, 500])("that answers %d has not taken it", async (status) => {
    hub.answer((_, response) => response.writeHead(status, { location: "/other" }).end("s3cret"));
    const error: unknown = await ask().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "FeedError", code: "hub_refused", detail: { status } });
    expect((error as Error).message).not.toContain("s3cret");
  });

  it("in a private network, or that hangs up, is none", async () => {
    await expect(ask({ hub: "http://10.0.0.1/" })).rejects.toMatchObject({ code: "hub_refused" });
    hub.answer((_, response) => response.destroy());
    await expect(ask()).rejects.toMatchObject({ code: "hub_refused" });
  });
});

describe("what comes to the callback", () => {
  const body = Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0x00, 0x41]);
  const signed = (method: string, secret = "s3cret", what: Uint8Array = body) =>
    `${method}=${createHmac(method, secret).update(what).digest("hex")}`;

  it.each(["sha1", "sha256", "sha384", "sha512"])(
    "counts when it is signed with our secret by %s",
    (method) => {
      expect(verifies("s3cret", body, signed(method))).toBe(true);
      expect(verifies("s3cret", body, signed(method).toUpperCase())).toBe(true);
      expect(verifies("s3cret", body, signed(method, "other"))).toBe(false);
      expect(verifies("s3cret", Buffer.from("other"), signed(method))).toBe(false);
      expect(verifies("s3cret", body, signed(method).slice(0, -2))).toBe(false);
      expect(verifies("s3cret", body, `${signed(method)}00`)).toBe(false);
    },
  );

  it.each([undefined, "", "sha256", "sha256=", "=", "sha256=zz", "sha1=\ud800", "none="])(
    "and not with %j",
    (header) => {
      expect(verifies("s3cret", body, header)).toBe(false);
    },
  );

  it("nor by another method, or where there is no secret", () => {
    expect(verifies("s3cret", body, signed("md5"))).toBe(false);
    expect(verifies("", body, signed("sha256", ""))).toBe(false);
    expect(verifies("s3cret", body, signed("sha512").replace("sha512", "sha256"))).toBe(false);
  });
});
