import { once } from "node:events";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type FeedServer, feedServer } from "../../test/support/feed-server.ts";

const megabyte = 1024 * 1024;
let site: FeedServer;
beforeAll(async () => {
  site = await feedServer();
});
afterAll(() => site.close());

const rss = (inside: string) => `<rss version="2.0"><channel><title>T</title>${inside}</channel></rss>`;
const refused = (body: string) =>
  expect(site.reading(body)).rejects.toMatchObject({ name: "FeedError", code: "feed_refused" });

describe("a feed that is too large", () => {
  it("is broken off while the site still sends", async () => {
    let sent = 0;
    const closed = new Promise<void>((resolve) => {
      site.answer((_, response) => {
        response.once("close", resolve);
        response.write(`<rss version="2.0"><channel><title>`);
        const chunk = Buffer.alloc(64 * 1024, "x");
        const more = () => {
          while (sent < 100 * megabyte && !response.destroyed) {
            sent += chunk.length;
            if (!response.write(chunk)) return void response.once("drain", more);
          }
          if (!response.destroyed) response.end();
        };
        more();
      });
    });
    await expect(site.read()).rejects.toMatchObject({ code: "feed_too_large" });
    await closed;
    expect(sent).toBeLessThan(30 * megabyte);
  });

  it("is not begun where the site says so", async () => {
    let closing: Promise<unknown> = Promise.resolve();
    site.answer((_, response) => {
      closing = once(response, "close");
      response.writeHead(200, { "content-length": String(6 * megabyte) }).flushHeaders();
    });
    await expect(site.read()).rejects.toMatchObject({ code: "feed_too_large" });
    await closing;
  });

  it("is refused before the client itself gives up", async () => {
    site.answer((_, response) => {
      response.write(rss("x".repeat(6 * megabyte)));
      response.end(); // written in two, it comes without its length
    });
    await expect(site.read()).rejects.toMatchObject({ code: "feed_too_large" });
  });

  it("may not hide it by being compressed", async () => {
    const bomb = gzipSync(Buffer.alloc(300 * megabyte, " "));
    const before = process.memoryUsage().rss;
    site.answer((_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
    await expect(site.read()).rejects.toMatchObject({ code: "feed_too_large" });
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * megabyte);
  });

  it("may be just as large as we read", async () => {
    const padding = `<item><description>${"x".repeat(5 * megabyte - 200)}</description></item>`;
    expect((await site.reading(rss(padding))).items[0]?.text).toHaveLength(20_000);
  });
});

describe("entities of a feed's own are never unfolded:", () => {
  const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join(
    "",
  );
  it.each([
    [
      "a billion laughs",
      `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">${laughs}]>${rss("<item><title>&l9;</title></item>")}`,
    ],
    [
      "a file of ours",
      `<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>${rss("<item><title>&f;</title></item>")}`,
    ],
    ["a definition elsewhere", `<!doctype rss SYSTEM "http://127.0.0.1/x.dtd">${rss("")}`],
    ["below a comment", `<!-- <rss> --><!DOCTYPE rss [<!ENTITY a "b">]>${rss("")}`],
    ["inside", rss('<!ENTITY a "b"><item><title>&a;</title></item>')],
    ["inside, in small letters", rss('<!doctype x [<!entity a "b">]>')],
    ["in another alphabet", Buffer.from(`\ufeff<!DOCTYPE rss [<!ENTITY a "b">]>${rss("")}`, "utf16le")],
  ])("%s", async (_what, body) => {
    await expect(site.reading(body)).rejects.toMatchObject({
      code: "feed_refused",
      message: expect.stringMatching(/DOCTYPE/),
    });
  });

  it("unless an article only speaks of them", async () => {
    const { items } = await site.reading(
      rss(
        '<item><title><![CDATA[What <!DOCTYPE x> is]]></title><guid>&lol;</guid></item><!-- <!ENTITY a "b"> -->',
      ),
    );
    expect(items[0]?.externalId).toBe("&lol;");
  });
});

describe("a feed with a mistake is refused, and the mistake is told:", () => {
  const whole = rss(
    "<item><title>One &amp; two</title><description><![CDATA[<p>x</p>]]></description></item>",
  );
  it("one that breaks off, wherever that is", async () => {
    for (let at = whole.indexOf("<channel>"); at < whole.length - 1; at++) await refused(whole.slice(0, at));
  });

  it.each([
    ["ends that do not fit", rss("<item><title>x</item></title>"), /mistake near line 1/],
    ["an attribute without quotes", rss("\n\n<item a=b></item>"), /mistake near line 3/],
    ["a sign that begins a tag", rss("<title>1 < 2</title>"), /mistake/],
    ["the end", "<rss><channel>", /breaks off/],
    ["JSON", '{"version":"https://jsonfeed.org/version/1","items":[', /JSON/],
  ])("%s", async (_what, body, message) => {
    await expect(site.reading(body)).rejects.toMatchObject({
      code: "feed_refused",
      message: expect.stringMatching(message),
    });
  });

  it("what stands behind a whole feed is not read", async () => {
    expect((await site.reading(`${whole}<script src="x"> & </html>`)).items).toHaveLength(1);
  });
});
