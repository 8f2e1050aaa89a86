import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type FeedServer, feedServer } from "../../test/support/feed-server.ts";
import { createGuardedFetch } from "../outbound/guarded-fetch.ts";
import { readFeed } from "./read-feed.ts";

const rss = '<rss version="2.0"><channel><title>T</title><item><guid>1</guid></item></channel></rss>';
let site: FeedServer;
beforeAll(async () => {
  site = await feedServer();
});
afterAll(() => site.close());

describe("what has not changed", () => {
  it("is not sent again: the site is told what we have", async () => {
    const [etag, lastModified] = ['W/"a,b"', "Mon, 30 Nov 2026 08:00:00 GMT"];
    const asked: unknown[] = [];
    site.answer(({ headers }, response) => {
      asked.push([headers["if-none-match"], headers["if-modified-since"]]);
      if (headers["if-none-match"] === etag) response.writeHead(304).end();
      else response.writeHead(200, { etag, "last-modified": lastModified }).end(rss);
    });
    const first = await site.read();
    expect(first).toMatchObject({ kind: "items", etag, lastModified });
    expect(await site.read(undefined, { etag, lastModified })).toEqual({ kind: "unchanged" });
    expect(asked).toEqual([
      [undefined, undefined],
      [etag, lastModified],
    ]);
  });
});

it("the site learns what we are and what we read, and is asked for plain text", async () => {
  let headers: Record<string, unknown> = {};
  site.answer((request, response) => {
    headers = request.headers;
    response.end(rss);
  });
  await site.read();
  expect(headers).toMatchObject({
    "user-agent": expect.stringMatching(/^Clarion \(/),
    accept: expect.stringMatching(/application\/rss\+xml.*application\/feed\+json/),
    "accept-encoding": "identity",
  });
});

describe("redirects", () => {
  const redirecting = (target: (path: string) => string) =>
    site.answer(({ url = "" }, response) => {
      if (url === "/blog/end") response.end(rss.replace("<item>", "<item><link>here</link>"));
      else response.writeHead(302, { location: target(url) }).end("moved");
    });

  it("are followed, and addresses in the feed are relative to where it was found", async () => {
    redirecting((path) => (path === "/feed" ? `${site.origin}/blog/2` : "end"));
    expect(await site.read()).toMatchObject({ items: [{ link: `${site.origin}/blog/here` }] });
  });

  it("are followed five times, not six", async () => {
    const down = (path: string) => (path === "/1" ? "/blog/end" : `/${Number(path.slice(1)) - 1}`);
    redirecting(down);
    expect(await site.read(`${site.origin}/5`)).toMatchObject({ kind: "items" });
    await expect(site.read(`${site.origin}/6`)).rejects.toMatchObject({ code: "feed_unreachable" });
  });

  it("in a circle come to an end", async () => {
    let hops = 0;
    redirecting(() => `/${++hops}`);
    await expect(site.read()).rejects.toMatchObject({ code: "feed_unreachable" });
    expect(hops).toBe(6);
  });

  it.each([
    "http://10.0.0.1/feed",
    "http://169.254.169.254/latest/meta-data/",
    "http://localhost/",
    "http://[::1]/",
  ])("into a private network, to %s, are refused", async (target) => {
    redirecting(() => target);
    await expect(site.read()).rejects.toMatchObject({ code: "feed_address_refused" });
  });

  it("to a service beside the site are refused before it is called", async () => {
    let calls = 0;
    const neighbour = createServer((_, response) => response.end(String(++calls))).listen(0, "127.0.0.1");
    try {
      await new Promise((resolve) => neighbour.once("listening", resolve));
      const { port } = neighbour.address() as { port: number };
      redirecting(() => `http://127.0.0.1:${port}/`);
      await expect(site.read()).rejects.toMatchObject({ code: "feed_address_refused" });
      expect(calls).toBe(0);
    } finally {
      neighbour.close();
    }
  });

  it.each(["file:///etc/passwd", "ftp://example.org/", "http://ann:pass@example.org/", "http://"])(
    "to %s are not followed",
    async (target) => {
      redirecting(() => target);
      await expect(site.read()).rejects.toMatchObject({ code: "feed_unreachable" });
    },
  );

  it("never go from an encrypted address to one that is not", async () => {
    const asked: string[] = [];
    site.answer(({ url }, response) =>
      response.writeHead(301, { location: "http://blog.example/feed" }).end(String(asked.push(String(url)))),
    );
    // As the certificate of a test would not be believed, the line to the site is a plain one.
    const encrypted: typeof fetch = (url, init) =>
      site.guarded.fetch(String(url).replace("https://blog.example", site.origin), init);
    const reading = readFeed(
      encrypted,
      "https://blog.example/feed",
      { etag: null, lastModified: null },
      AbortSignal.timeout(5000),
    );
    await expect(reading).rejects.toMatchObject({
      code: "feed_unreachable",
      message: expect.stringMatching(/encrypted/),
    });
    expect(asked).toEqual(["/feed"]);
  });
});

it.each([
  "http://127.0.0.1/",
  "http://localhost/feed",
  "http://192.168.1.1/",
  "https://[fd00::1]/",
  "http://2130706433/",
])("the private address %s is refused", async (url) => {
  await expect(site.read(url)).rejects.toMatchObject({ code: "feed_address_refused" });
});

it.each(["", "blog", "/feed", "javascript:alert(1)", "file:///etc/passwd", "https://ann:pass@blog.example/"])(
  "%j is no address to read",
  async (url) => {
    await expect(site.read(url)).rejects.toMatchObject({
      code: "feed_unreachable",
      message: expect.stringMatching(/has to start with/),
    });
  },
);

describe("answers that are no feed", () => {
  it.each([
    [401, {}, { status: 401 }],
    [403, {}, { status: 403 }],
    [404, {}, { status: 404 }],
    [410, {}, { status: 410 }],
    [418, {}, { status: 418 }],
    [300, {}, { status: 300 }],
    [500, { "retry-after": "9" }, { status: 500 }],
    [429, { "retry-after": "120" }, { status: 429, retryAfterMs: 120_000 }],
    [
      503,
      { "retry-after": "Mon, 30 Nov 2026 08:01:00 GMT", date: "Mon, 30 Nov 2026 08:00:00 GMT" },
      { status: 503, retryAfterMs: 60_000 },
    ],
    [503, { "retry-after": "9999999999" }, { status: 503, retryAfterMs: 604_800_000 }],
    [503, { "retry-after": "soon" }, { status: 503 }],
  ])("%s %j", async (status, headers, detail) => {
    site.answer((_, response) => response.writeHead(status, headers as Record<string, string>).end("no"));
    const error: unknown = await site.read().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "FeedError", code: "feed_http" });
    expect((error as { detail: unknown }).detail).toEqual(detail);
  });

  const page = (head: string) =>
    `<!DOCTYPE html>\n<html><head>${head}</head><body>Hi &copy;<br></body></html>`;
  it.each([
    ["a link", '<link rel="alternate" type="application/rss+xml" href="/feed.xml">', "/feed.xml"],
    [
      "a link as minifiers write it",
      "<link rel=alternate type=application/atom+xml href=/a.atom>",
      "/a.atom",
    ],
    [
      "a base",
      '<base href="/b/"><link rel="alternate home" type="application/feed+json" href="f.json">',
      "/b/f.json",
    ],
  ])("of a page that names its feed by %s, the feed's address is told", async (_how, head, path) => {
    await expect(site.reading(page(head))).rejects.toMatchObject({
      code: "feed_not_a_feed",
      message: `This is a web page, not a feed. Its feed is ${site.origin}${path} – use that address.`,
    });
  });

  it.each([
    [
      "a page without a feed",
      page('<link rel="stylesheet" href="/x.css"><link rel="alternate" hreflang="de" href="/de">'),
      /no feed of its own/,
    ],
    [
      "a page that names no web address",
      page('<link rel=alternate type="application/rss+xml" href="javascript:x">'),
      /no feed of its own/,
    ],
    ["XHTML", `<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html></html>`, /no feed of its own/],
    ["another XML", `<?xml version="1.0"?><urlset></urlset>`, /not a feed/],
    ["words", "nothing here", /not a feed/],
    ["a list", "[]", /not a feed/],
    ["nothing", "", /not a feed/],
  ])("%s", async (_what, body, message) => {
    await expect(site.reading(body)).rejects.toMatchObject({
      code: "feed_not_a_feed",
      message: expect.stringMatching(message),
    });
  });

  it("a site that hangs up, or is not there", async () => {
    site.answer((_, response) => response.destroy());
    await expect(site.read()).rejects.toMatchObject({ code: "feed_unreachable" });
    site.answer((_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write(rss, () => response.destroy());
    });
    await expect(site.read()).rejects.toMatchObject({ code: "feed_unreachable" });
    const gone = await feedServer();
    await gone.close();
    const guarded = createGuardedFetch({ allowedOrigins: [gone.origin], allowedPrivateHosts: [] });
    const nothing = { etag: null, lastModified: null };
    await expect(
      readFeed(guarded.fetch, gone.origin, nothing, AbortSignal.timeout(5000)),
    ).rejects.toMatchObject({
      code: "feed_unreachable",
      message: expect.stringMatching(/could not be reached/),
    });
    await guarded.close();
  });

  it("a site that says nothing", async () => {
    site.answer(() => undefined);
    const nothing = { etag: null, lastModified: null };
    await expect(
      readFeed(site.guarded.fetch, site.origin, nothing, AbortSignal.timeout(50)),
    ).rejects.toMatchObject({ code: "feed_unreachable", message: expect.stringMatching(/in time/) });
  });
});

it("a feed that comes compressed, though nobody asked for it, is read", async () => {
  const answer = await site.reading(gzipSync(rss), { "content-encoding": "gzip" });
  expect(answer.title).toBe("T");
});
