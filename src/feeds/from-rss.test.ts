import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type FeedServer, feedServer } from "../../test/support/feed-server.ts";

let site: FeedServer;
beforeAll(async () => {
  site = await feedServer();
});
afterAll(() => site.close());

const noReaction = { isReply: false, isRepost: false };

describe("RSS 2.0", () => {
  const rss = (items: string, channel = "") =>
    site.reading(`\ufeff<?xml version="1.0" encoding="UTF-8"?>
      <?xml-stylesheet href="/style.xsl"?><!-- made by hand -->
      <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
      <title>River &amp;amp; Delta</title><link>https://river.example/</link><language>de_at</language>
      <author>((((((</author><managingEditor>a@river.example (Ann)</managingEditor>${channel}${items}</channel></rss>`);

  it("is read whole", async () => {
    const answer = await rss(
      `<item><title><![CDATA[The dam <em>is</em> down]]></title><link>https://river.example/dam?a=1&amp;b=2</link>
        <guid isPermaLink="false">post-17</guid><pubDate>Mon, 30 Nov 2026 09:15:00 +0100</pubDate>
        <description>&lt;p&gt;Caf&amp;eacute; &amp;#8211; see &lt;a href="https://river.example/plan"&gt;the plan&lt;/a&gt;&lt;/p&gt;</description>
        <content:encoded><![CDATA[<p>All of it</p><img src="/dam.jpg" alt="The dam"><script>alert(1)</script>]]></content:encoded>
        <author>ann@river.example (Ann)</author><dc:creator>Ann</dc:creator><dc:language>en</dc:language></item>`,
      `<atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="https://river.example/feed"/>`,
    );
    expect(answer).toEqual({
      kind: "items",
      title: "River & Delta",
      etag: null,
      lastModified: null,
      hub: "https://hub.example/",
      self: "https://river.example/feed",
      items: [
        {
          externalId: "post-17",
          externalUrl: "https://river.example/dam?a=1&b=2",
          title: "The dam is down",
          text: "Café – see the plan (https://river.example/plan)",
          link: "https://river.example/dam?a=1&b=2",
          media: [{ url: `${site.origin}/dam.jpg`, kind: "image", altText: "The dam" }],
          language: "en",
          createdAt: new Date("2026-11-30T08:15:00Z"),
          ...noReaction,
        },
      ],
    });
  });

  it("an item is known by its guid, else its link, else what it says; of the same the first counts", async () => {
    const { items } = await rss(`
      <item><guid>https://river.example/1</guid><title>first</title></item>
      <item><guid>https://river.example/1</guid><title>again</title></item>
      <item><link>/2</link><title>second</title></item>
      <item><title>third</title></item>
      <item><title>third</title></item>
      <item><guid isPermaLink="false">${"x".repeat(600)}</guid></item>
      <item><title>not the third</title><link>javascript:alert(1)</link></item>`);
    const hash = expect.stringMatching(/^sha256:[\da-f]{64}$/);
    expect(
      items.map(({ externalId, link, externalUrl, title }) => [externalId, link, externalUrl, title]),
    ).toEqual([
      ["https://river.example/1", "https://river.example/1", "https://river.example/1", "first"],
      [`${site.origin}/2`, `${site.origin}/2`, `${site.origin}/2`, "second"],
      [hash, null, "https://river.example/", "third"],
      [hash, null, "https://river.example/", ""],
      [hash, null, "https://river.example/", "not the third"],
    ]);
    expect(new Set(items.map(({ externalId }) => externalId)).size).toBe(items.length);
    expect(items[0]).toMatchObject({ text: "", media: [], language: "de-AT", createdAt: null });
  });

  it("what is attached are its media, each once and described, or else the pictures of its text", async () => {
    const { items } = await rss(`
      <item><enclosure url="/a.jpg" type="image/jpeg" length="1"/><enclosure url="/talk.mp3" type="audio/mpeg" length="1"/>
        <media:content url="/a.jpg" type="image/jpeg"/><media:content url="ftp://river.example/b.jpg" medium="image"/>
        <media:content url="https://1.gravatar.com/avatar/ab" medium="image"><media:title>Ann</media:title></media:content>
        <media:group><media:content url="/small.mp4" type="video/mp4"/><media:content url="/large.mp4" type="video/mp4" isDefault="true">
          <media:description>Two &amp;amp; a half</media:description></media:content></media:group>
        <description><![CDATA[<img src="/a.jpg" alt="A bridge"><img src="/elsewhere.jpg">]]></description></item>
      <item><description><![CDATA[${Array.from({ length: 12 }, (_, n) => `<img src="/${n}.png">`).join("")}]]></description></item>`);
    expect(items[0]?.media).toEqual([
      { url: `${site.origin}/a.jpg`, kind: "image", altText: "A bridge" },
      { url: `${site.origin}/large.mp4`, kind: "video", altText: "Two & a half" },
    ]);
    expect(items[1]?.media).toHaveLength(10);
  });

  it("no more than a hundred items, and none longer than we keep", async () => {
    const { items } = await rss(
      Array.from(
        { length: 120 },
        (_, n) => `<item><guid>${n}</guid><title>${"t".repeat(2000)}</title>
        <description>${"a".repeat(19_999)}🙂🙂</description></item>`,
      ).join(""),
    );
    expect(items.map(({ externalId }) => externalId)).toEqual(
      Array.from({ length: 100 }, (_, n) => String(n)),
    );
    expect(items[0]?.text).toBe("a".repeat(19_999));
    expect(items[0]?.title).toHaveLength(1000);
  });

  it("nothing unseen is kept that a database refuses", async () => {
    const { items } = await rss("<item><guid>a&#0;b</guid><title>&#xD800;x&#1;\u0007y</title></item>");
    expect(items[0]).toMatchObject({ externalId: "a\ufffdb", title: "\ufffdxy" });
  });
});

it("RSS 1.0 is read, with its dates and what it is about", async () => {
  const answer = await site.reading(`<?xml version="1.0"?>
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel rdf:about="https://old.example/"><title>Old</title><link>https://old.example/</link><description>d</description>
      <dc:language>fr</dc:language><items><rdf:Seq><rdf:li rdf:resource="https://old.example/1"/></rdf:Seq></items></channel>
    <item rdf:about="https://old.example/1"><title>Un</title><link>https://old.example/1</link>
      <description>L'été</description><dc:date>2026-11-30T09:15:00+01:00</dc:date></item></rdf:RDF>`);
  expect(answer).toMatchObject({
    title: "Old",
    items: [
      {
        externalId: "https://old.example/1",
        externalUrl: "https://old.example/1",
        title: "Un",
        text: "L'été",
        language: "fr",
        createdAt: new Date("2026-11-30T08:15:00Z"),
      },
    ],
  });
});
