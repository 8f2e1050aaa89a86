import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type FeedServer, feedServer } from "../../test/support/feed-server.ts";
import { expectLinear } from "../../test/support/growth.ts";
import { headerLinks } from "./web-sub-links.ts";

let site: FeedServer;
beforeAll(async () => {
  site = await feedServer();
});
afterAll(() => site.close());

const rss = (links: string) =>
  `<rss version="2.0" xmlns:a10="http://www.w3.org/2005/Atom"><channel><title>T</title>${links}</channel></rss>`;

describe("the hub of a feed and the address it knows it by", () => {
  it.each([
    [
      "are found in the header, each link in one of its own",
      "",
      [
        ["link", '<https://hub.example/>; rel="hub"'],
        ["link", "</feed>; rel=self"],
      ],
      ["https://hub.example/", "/feed"],
    ],
    [
      "or in one together",
      "",
      [
        [
          "link",
          '<x>;title="a, <b>; rel=hub", <https://hub.example/?a,b>; type=x; REL="hub other", <https://blog.example/f>; rel="self"',
        ],
      ],
      ["https://hub.example/?a,b", "https://blog.example/f"],
    ],
    [
      "in the header rather than in the feed",
      '<a10:link rel="hub" href="https://other.example/"/><a10:link rel="self" href="https://blog.example/in"/>',
      [["link", "<https://hub.example/>; rel=hub"]],
      ["https://hub.example/", "https://blog.example/in"],
    ],
    [
      "or in the feed, whatever its prefix",
      '<a10:link rel="self" href="/me"/><a10:link rel="hub" href="https://a.example/"/><a10:link rel="hub" href="https://b.example/"/>',
      [],
      ["https://a.example/", "/me"],
    ],
    [
      "or nowhere",
      '<a10:link rel="alternate" href="https://blog.example/"/>',
      [["link", "<https://blog.example/>; rel=preconnect"]],
      [null, null],
    ],
    [
      "but not where nobody can call them",
      '<a10:link rel="hub" href="javascript:x"/>',
      [["link", "<ftp://hub.example/>; rel=hub"]],
      [null, null],
    ],
  ] as [string, string, [string, string][], (string | null)[]][])(
    "%s",
    async (_how, body, headers, found) => {
      site.answer((_, response) => {
        for (const [name, value] of headers) response.appendHeader(name, value);
        response.end(rss(body));
      });
      const absolute = found.map((url) => (url?.startsWith("/") ? site.origin + url : url));
      expect(await site.read()).toMatchObject({ hub: absolute[0], self: absolute[1] });
    },
  );

  it.each([
    ["", "<a>;"],
    ["", '<a>;"'],
    ["", "<"],
    ["<a>", ";"],
    ["<a>; rel", " "],
  ])("are looked for in %j and a long row of %j without delay", (start, piece) =>
    expectLinear((times) => headerLinks(start + piece.repeat(times)), 64_000),
  );
});
