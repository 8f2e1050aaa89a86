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

describe("work has its bounds:", () => {
  const many = (piece: string, bytes = 5 * megabyte - 1000) => piece.repeat(Math.floor(bytes / piece.length));
  it.each([
    ["elements within each other", rss(`${many("<a>")}`)],
    [
      "elements within each other, ended",
      rss(`<description>${"<a>".repeat(200)}${"</a>".repeat(200)}</description>`),
    ],
    ["elements beside each other", rss(many("<a/>"))],
    ["attributes", rss(`<item ${many("a='' ")}/>`)],
    ["attributes without end", rss(`<item ${many("a='' ")}`)],
    ["signs that begin a tag", rss(many("<"))],
    ["tags that never end", rss(`<description>${many('<a"')}</description>`)],
    ["comments that never end", rss(many("<!-- "))],
    ["CDATA that never ends", rss(many("<![CDATA["))],
    ["one endless name", `<rss><${many("a")}`],
    ["one endless blank", `<rss><item${many(" ")}`],
    ["brackets of JSON", `{"version":"https://jsonfeed.org/version/1","items":${many("[")}`],
    [
      "brackets of JSON, ended",
      `{"version":"https://jsonfeed.org/version/1","items":${"[".repeat(1e6)}${"]".repeat(1e6)}}`,
    ],
    [
      "lists of JSON that only a text closes",
      `{"version":"https://jsonfeed.org/version/1","items":${'["\\"]",'.repeat(5e5)}`,
    ],
    ["names of the object they are in", rss("<__proto__><constructor>x</constructor></__proto__>")],
  ])("%s", async (_what, body) => {
    const startedMs = performance.now();
    await refused(body);
    expect(performance.now() - startedMs).toBeLessThan(5000);
  });

  it.each([
    ["people in brackets", rss(`<item><author>${many("(")}</author><guid>1</guid></item>`)],
    [
      "editors in brackets",
      rss(`<managingEditor><name>${many("(")}</name></managingEditor><item><guid>1</guid></item>`),
    ],
    ["a list as long as it says", rss("<item><length>4000000000</length><guid>1</guid></item>")],
    [
      "a list as long as it says, in other letters",
      rss("<item><Length>4000000000</Length><guid>1</guid></item>"),
    ],
    [
      "a list as long as it says, in JSON",
      '{"version":"https://jsonfeed.org/version/1","hubs":{"length":4e9},"items":[{"id":"1","tags":{"length":4e9}}]}',
    ],
    [
      "numbers in JSON",
      `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1"}],"x":[${many("0,")}0]}`,
    ],
    [
      "brackets in a text in JSON",
      `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"\\"${many("[")}"}]}`,
    ],
    ["references that mean nothing", rss(`<item><guid>1</guid><title>${many("&")}</title></item>`)],
    [
      "tags in a text",
      rss(`<item><guid>1</guid><description><![CDATA[${many("<a href='")}]]></description></item>`),
    ],
    [
      "one endless tag in a text",
      rss(`<item><guid>1</guid><description><![CDATA[<${many("a")}]]></description></item>`),
    ],
    [
      "comments in a text",
      rss(`<item><guid>1</guid><description><![CDATA[${many("<!-- ")}]]></description></item>`),
    ],
    ["blanks in a text", rss(`<item><guid>1</guid><title>x${many(" \n")}y</title></item>`)],
    [
      "pictures in a text",
      rss(`<item><guid>1</guid><description><![CDATA[${many("<img src=x>")}]]></description></item>`),
    ],
    ["long links", rss(`<item><guid>1</guid><link>https://e.org/${many("x")}</link></item>`)],
    [
      "pictures in many texts",
      rss(
        `<item><guid>1</guid></item>${`<item><description><![CDATA[${many("<img src=x>", 49_000)}]]></description></item>`.repeat(99)}`,
      ),
    ],
    [
      "as many groups of media as we read",
      rss(
        `<item><guid>1</guid>${"<media:group><media:content url=''/></media:group>".repeat(24_000)}</item>`,
      ),
    ],
    [
      "as many attributes as we read",
      rss(`<item ${Array.from({ length: 90_000 }, (_, n) => `a${n}=''`).join(" ")}><guid>1</guid></item>`),
    ],
    ["empty items", rss(`<item><guid>1</guid></item>${many("<item></item>", 600_000)}`)],
    [
      "CDATA in comments in XHTML",
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>1</id><content type="xhtml"><div><!-- ${many("<![CDATA[")} --></div></content></entry></feed>`,
    ],
  ])("%s are read all the same", async (_what, body) => {
    const startedMs = performance.now();
    expect((await site.reading(body)).items[0]?.externalId).toBe("1");
    expect(performance.now() - startedMs).toBeLessThan(5000);
  });
});
