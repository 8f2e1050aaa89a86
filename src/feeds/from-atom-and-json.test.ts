import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type FeedServer, feedServer } from "../../test/support/feed-server.ts";

let site: FeedServer;
beforeAll(async () => {
  site = await feedServer();
});
afterAll(() => site.close());

const noReaction = { isReply: false, isRepost: false };

describe("Atom", () => {
  const atom = (entries: string) =>
    site.reading(`<?xml version="1.0" encoding="utf-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar" xml:base="https://press.example/blog/">
      <title type="text">A &lt;b&gt; press</title><link href="../"/><link rel="hub" href="/hub"/><link rel="self" href="feed.atom"/>
      <id>urn:press</id><updated>2026-11-30T00:00:00Z</updated>${entries}</feed>`);

  it("is read, with XHTML and addresses relative to what they should be", async () => {
    const answer = await atom(`<entry><id>urn:1</id><title type="html">&lt;b&gt;Bold&lt;/b&gt; move</title>
      <author><name>N</name></author><link rel="enclosure" type="video/mp4" href="film.mp4"/><link rel="alternate" type="text/html" href="one"/>
      <published>2026-11-29T23:00:00-01:00</published><updated>2026-12-01T00:00:00Z</updated>
      <content type="xhtml" xml:base="one/"><div xmlns="http://www.w3.org/1999/xhtml"><p>Fish &amp; <em>chips</em></p><p><a href="https://e.org/x">more</a></p></div></content>
      </entry><entry xml:lang="en-gb"><id>urn:2</id><title>Two</title><updated>2026-12-01T00:00:00Z</updated>
      <summary>a &lt;i&gt; b</summary><content type="html" xml:base="two/">&lt;img src="pic.png" alt="P"&gt;</content></entry>`);
    expect(answer).toEqual({
      kind: "items",
      title: "A <b> press",
      etag: null,
      lastModified: null,
      hub: "https://press.example/hub",
      self: "https://press.example/blog/feed.atom",
      items: [
        {
          externalId: "urn:1",
          externalUrl: "https://press.example/blog/one",
          title: "Bold move",
          text: "Fish & chips\n\nmore (https://e.org/x)",
          link: "https://press.example/blog/one",
          media: [{ url: "https://press.example/blog/film.mp4", kind: "video", altText: "" }],
          language: "ar",
          createdAt: new Date("2026-11-30T00:00:00Z"),
          ...noReaction,
        },
        {
          externalId: "urn:2",
          externalUrl: "https://press.example/",
          title: "Two",
          text: "a <i> b",
          link: null,
          media: [{ url: "https://press.example/blog/two/pic.png", kind: "image", altText: "P" }],
          language: "en-GB",
          createdAt: new Date("2026-12-01T00:00:00Z"),
          ...noReaction,
        },
      ],
    });
  });

  it("a content that is no text, or lies elsewhere, is none", async () => {
    const { items } =
      await atom(`<entry><id>urn:1</id><title>T</title><content type="image/png">aGVsbG8=</content></entry>
      <entry><id>urn:2</id><title>T</title><content type="text/html" src="https://press.example/2"/></entry>`);
    expect(items.map(({ text }) => text)).toEqual(["", ""]);
  });
});

describe("JSON Feed", () => {
  const json = (feed: object) =>
    site.reading(JSON.stringify({ version: "https://jsonfeed.org/version/1.1", ...feed }));

  it("is read whole", async () => {
    const answer = await json({
      title: "Notes",
      home_page_url: "/notes",
      feed_url: "https://notes.example/feed.json",
      language: "nl",
      hubs: [
        { type: "rssCloud", url: "https://cloud.example/" },
        { type: "WebSub", url: "https://hub.example/" },
      ],
      items: [
        {
          id: 7,
          url: "/7",
          title: "R&amp;D <3",
          content_html: '<p>One</p><img src="/7.png" alt="Seven">',
          image: "/7.png",
          attachments: [
            { url: "/7.webm", mime_type: "video/webm", title: "film" },
            { url: "/7.pdf", mime_type: "application/pdf" },
          ],
          date_published: "soon",
          date_modified: "2026-11-30T08:15:00Z",
        },
        { id: "8", external_url: "https://elsewhere.example/", content_text: "plain <b>", summary: "" },
      ],
    });
    expect(answer).toEqual({
      kind: "items",
      title: "Notes",
      etag: null,
      lastModified: null,
      hub: "https://hub.example/",
      self: "https://notes.example/feed.json",
      items: [
        {
          externalId: "7",
          externalUrl: `${site.origin}/7`,
          title: "R&amp;D <3",
          text: "One",
          link: `${site.origin}/7`,
          media: [
            { url: `${site.origin}/7.png`, kind: "image", altText: "Seven" },
            { url: `${site.origin}/7.webm`, kind: "video", altText: "" },
          ],
          language: "nl",
          createdAt: new Date("2026-11-30T08:15:00Z"),
          ...noReaction,
        },
        {
          externalId: "8",
          externalUrl: "https://elsewhere.example/",
          title: "",
          text: "plain <b>",
          link: "https://elsewhere.example/",
          media: [],
          language: "nl",
          createdAt: null,
          ...noReaction,
        },
      ],
    });
  });

  it.each([[{ items: {} }], [{ title: "t" }], [{ version: "2", items: [] }]])("%j is none", async (feed) => {
    await expect(json(feed)).rejects.toMatchObject({ code: "feed_not_a_feed" });
  });

  it("without items is empty, not wrong", async () => {
    expect((await json({ title: "t", items: [] })).items).toEqual([]);
  });
});
