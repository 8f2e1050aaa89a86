import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type FeedServer, feedServer } from "../../test/support/feed-server.ts";
import { expectLinear } from "../../test/support/growth.ts";

const megabyte = 1024 * 1024;
let site: FeedServer;
beforeAll(async () => {
  site = await feedServer();
});
afterAll(() => site.close());

const rss = (inside: string) => `<rss version="2.0"><channel><title>T</title>${inside}</channel></rss>`;
const refused = (body: string) =>
  expect(site.reading(body)).rejects.toMatchObject({ name: "FeedError", code: "feed_refused" });

type Many = (piece: string, bytes?: number) => string;
type Body = (many: Many) => string;
/** A piece as often as it goes into so many bytes, five megabytes where none are named; of them the share, in hundredths. */
const atShare =
  (share: number): Many =>
  (piece, bytes = 5 * megabyte - 1000) =>
    piece.repeat(Math.floor((bytes * share) / 100 / piece.length));

describe("work has its bounds:", () => {
  it.each<[string, Body]>([
    ["elements within each other", (many) => rss(`${many("<a>")}`)],
    [
      "elements within each other, ended",
      () => rss(`<description>${"<a>".repeat(200)}${"</a>".repeat(200)}</description>`),
    ],
    ["elements beside each other", (many) => rss(many("<a/>"))],
    ["attributes", (many) => rss(`<item ${many("a='' ")}/>`)],
    ["attributes without end", (many) => rss(`<item ${many("a='' ")}`)],
    ["signs that begin a tag", (many) => rss(many("<"))],
    ["tags that never end", (many) => rss(`<description>${many('<a"')}</description>`)],
    ["comments that never end", (many) => rss(many("<!-- "))],
    ["CDATA that never ends", (many) => rss(many("<![CDATA["))],
    ["one endless name", (many) => `<rss><${many("a")}`],
    ["one endless blank", (many) => `<rss><item${many(" ")}`],
    ["brackets of JSON", (many) => `{"version":"https://jsonfeed.org/version/1","items":${many("[")}`],
    [
      "brackets of JSON, ended",
      (many) => `{"version":"https://jsonfeed.org/version/1","items":${many("[", 1e6)}${many("]", 1e6)}}`,
    ],
    [
      "lists of JSON that only a text closes",
      (many) => `{"version":"https://jsonfeed.org/version/1","items":${many('["\\"]",', 3e6)}`,
    ],
    ["names of the object they are in", () => rss("<__proto__><constructor>x</constructor></__proto__>")],
  ])("%s", async (_what, body) => {
    await refused(body(atShare(100)));
    await expectLinear((share) => Promise.allSettled([site.reading(body(atShare(share)))]), 100);
  });

  it.each<[string, Body]>([
    ["people in brackets", (many) => rss(`<item><author>${many("(")}</author><guid>1</guid></item>`)],
    [
      "editors in brackets",
      (many) => rss(`<managingEditor><name>${many("(")}</name></managingEditor><item><guid>1</guid></item>`),
    ],
    ["a list as long as it says", () => rss("<item><length>4000000000</length><guid>1</guid></item>")],
    [
      "a list as long as it says, in other letters",
      () => rss("<item><Length>4000000000</Length><guid>1</guid></item>"),
    ],
    [
      "a list as long as it says, in JSON",
      () =>
        '{"version":"https://jsonfeed.org/version/1","hubs":{"length":4e9},"items":[{"id":"1","tags":{"length":4e9}}]}',
    ],
    [
      "numbers in JSON",
      (many) => `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1"}],"x":[${many("0,")}0]}`,
    ],
    [
      "brackets in a text in JSON",
      (many) => `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"\\"${many("[")}"}]}`,
    ],
    ["references that mean nothing", (many) => rss(`<item><guid>1</guid><title>${many("&")}</title></item>`)],
    [
      "tags in a text",
      (many) => rss(`<item><guid>1</guid><description><![CDATA[${many("<a href='")}]]></description></item>`),
    ],
    [
      "one endless tag in a text",
      (many) => rss(`<item><guid>1</guid><description><![CDATA[<${many("a")}]]></description></item>`),
    ],
    [
      "comments in a text",
      (many) => rss(`<item><guid>1</guid><description><![CDATA[${many("<!-- ")}]]></description></item>`),
    ],
    ["blanks in a text", (many) => rss(`<item><guid>1</guid><title>x${many(" \n")}y</title></item>`)],
    [
      "pictures in a text",
      (many) =>
        rss(`<item><guid>1</guid><description><![CDATA[${many("<img src=x>")}]]></description></item>`),
    ],
    ["long links", (many) => rss(`<item><guid>1</guid><link>https://e.org/${many("x")}</link></item>`)],
    [
      "pictures in many texts",
      (many) =>
        rss(
          `<item><guid>1</guid></item>${`<item><description><![CDATA[${many("<img src=x>", 49_000)}]]></description></item>`.repeat(99)}`,
        ),
    ],
    [
      "as many groups of media as we read",
      (many) =>
        rss(
          `<item><guid>1</guid>${many("<media:group><media:content url=''/></media:group>", 1_200_000)}</item>`,
        ),
    ],
    [
      "as many attributes as we read",
      () =>
        rss(`<item ${Array.from({ length: 90_000 }, (_, n) => `a${n}=''`).join(" ")}><guid>1</guid></item>`),
    ],
    ["empty items", (many) => rss(`<item><guid>1</guid></item>${many("<item></item>", 600_000)}`)],
    [
      "CDATA in comments in XHTML",
      (many) =>
        `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>1</id><content type="xhtml"><div><!-- ${many("<![CDATA[")} --></div></content></entry></feed>`,
    ],
  ])("%s are read all the same", async (_what, body) => {
    await expectLinear(async (share) => {
      expect((await site.reading(body(atShare(share)))).items[0]?.externalId).toBe("1");
    }, 100);
  });
});
