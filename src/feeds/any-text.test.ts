import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type FeedServer, feedServer } from "../../test/support/feed-server.ts";
import { FeedError } from "./feed-error.ts";

let site: FeedServer;
beforeAll(async () => {
  site = await feedServer();
});
afterAll(() => site.close());

describe("whatever the text is, a feed is read or refused, and nothing else is thrown:", () => {
  const holds = async (body: string | Uint8Array) => {
    const outcome: unknown = await site.reading(body).catch((error: unknown) => error);
    if (outcome instanceof Error) expect(outcome).toBeInstanceOf(FeedError);
  };
  const names = [
    "rss",
    "channel",
    "item",
    "feed",
    "entry",
    "rdf:RDF",
    "title",
    "link",
    "guid",
    "content",
    "length",
    "media:group",
    "media:content",
    "dc:date",
    "atom:link",
    "pubDate",
    "description",
    "author",
  ];
  const attributes = [
    "href",
    "type",
    "url",
    "rel",
    "xml:base",
    "xmlns",
    "xmlns:media",
    "xml:lang",
    "isPermaLink",
  ];
  const word = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "0",
      "4000000000",
      "xhtml",
      "image/png",
      "http://",
      "]]>",
      "&#0;",
      "&#x110000;",
      "http://www.w3.org/2005/Atom",
      "hub",
    ),
  );
  const escaped = word.map((text) => text.replace(/[<&"]/g, (sign) => `&#${sign.charCodeAt(0)};`));
  const tree = fc.letrec<{ xml: string }>((tie) => ({
    xml: fc
      .tuple(
        fc.constantFrom(...names),
        fc.array(fc.tuple(fc.constantFrom(...attributes), escaped), { maxLength: 3 }),
        fc.array(
          fc.oneof(
            { maxDepth: 5 },
            escaped,
            word.map((text) => `<![CDATA[${text}]]>`),
            tie("xml"),
          ),
          { maxLength: 5 },
        ),
      )
      .map(
        ([name, pairs, inside]) =>
          `<${name}${pairs.map(([key, value]) => ` ${key}="${value}"`).join("")}>${inside.join("")}</${name}>`,
      ),
  })).xml;

  it.each([
    ["any letters", fc.string({ unit: "binary" })],
    [
      "any bytes",
      fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.concat([Buffer.from("<rss>"), bytes])),
    ],
    [
      "any pieces",
      fc
        .array(
          fc.constantFrom(
            "<",
            ">",
            "</",
            "/>",
            "<!",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<?",
            "?>",
            "=",
            '"',
            "'",
            " ",
            "&",
            ";",
            "a",
            "<rss>",
            "</rss>",
            "<feed>",
            "<item>",
            "</item>",
          ),
          { maxLength: 40 },
        )
        .map((pieces) => `<rss>${pieces.join("")}`),
    ],
    [
      "any elements",
      fc
        .tuple(
          fc.constantFrom(
            'rss version="2.0"',
            'feed xmlns="http://www.w3.org/2005/Atom"',
            'rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"',
          ),
          fc.array(tree, { maxLength: 4 }),
        )
        .map(
          ([root, inside]) =>
            `<${root}><channel>${inside.join("")}</channel>${inside.join("")}</${root.split(" ")[0]}>`,
        ),
    ],
    [
      "any JSON",
      fc
        .array(
          fc.dictionary(
            fc.constantFrom(
              "id",
              "url",
              "title",
              "length",
              "attachments",
              "content_html",
              "date_published",
              "__proto__",
              "tags",
            ),
            fc.jsonValue(),
          ),
        )
        .map((items) =>
          JSON.stringify({ version: "https://jsonfeed.org/version/1.1", items, hubs: items[0] }),
        ),
    ],
  ] as [string, fc.Arbitrary<string | Uint8Array>][])("%s", async (_what, bodies) => {
    await fc.assert(fc.asyncProperty(bodies, holds), { numRuns: 300 });
  });
});
