import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Platform } from "../../src/domain/platform.ts";
import { type Blog, startBlog } from "../support/blog.ts";
import { type MirrorStage, openMirrorStage, photo } from "../support/mirror-stage.ts";
import { until } from "../support/until.ts";

let blog: Blog;
let on: MirrorStage;
beforeAll(async () => {
  blog = await startBlog();
  on = await openMirrorStage({ env: { ALLOWED_PRIVATE_HOSTS: new URL(blog.origin).host } });
}, 60_000);
afterAll(async () => {
  await on.close();
  blog.close();
});
beforeEach(async () => {
  blog.breaks(null);
  await on.sql("delete from links");
  await on.sql("delete from sources");
});

const withText = (platform: Platform, word: string) =>
  on.posts(platform).filter(({ text, link }) => `${text} ${link}`.includes(word));
const feedLink = (targets: readonly Platform[], more: object = {}, feed = blog.feed) =>
  on.request("POST", "/v1/links", {
    source: { feed },
    targets: targets.map((target) => on.on[target].id),
    review: false,
    ...more,
  });
const linkOf = async (id: string) =>
  on.call<{ state: string; lastError: { code: string; message: string } | null; lastReadAt: string | null }>(
    "GET",
    `/v1/links/${id}`,
  );

describe("a blog's feed", () => {
  it("shares nothing old, then each new article once: its title, its link, its picture with its alt text", async () => {
    blog.write({ path: "/old", title: "Old-one", text: "Long ago" });
    const { status, json } = await feedLink(["mastodon", "facebook"]);
    expect([status, json.source, json.state]).toEqual([201, { feed: blog.feed }, "active"]);
    const bytes = await photo(301);
    blog.write({
      path: "/new-one",
      title: "New-one",
      text: "A well",
      picture: { bytes, altText: "A girl at a well" },
    });
    await until("it is there", () => withText("mastodon", "New-one").length);
    await on.settled();
    expect(withText("mastodon", "New-one")).toMatchObject([
      { text: expect.stringContaining(`${blog.origin}/new-one`), media: [{ altText: "A girl at a well" }] },
    ]);
    expect(withText("facebook", "New-one")).toMatchObject([{ media: [{ altText: "A girl at a well" }] }]);
    expect(withText("mastodon", "Old-one")).toEqual([]);
    expect(blog.asked().unchanged).toBeGreaterThan(0);
  });

  it("may have one title for many articles", async () => {
    await feedLink(["mastodon"]);
    blog.write({ path: "/day-1", title: "Digest-seven", text: "A pump in the valley" });
    await until("the first is there", () => withText("mastodon", "Digest-seven").length);
    blog.write({ path: "/day-2", title: "Digest-seven", text: "A well on the hill" });
    await until("the second is there", () => withText("mastodon", "Digest-seven").length === 2);
  });

  it("has its own template", async () => {
    await feedLink(["mastodon"], { transform: { text: "{source}: {title}\n\n{link}" } });
    blog.write({ path: "/two", title: "Template-two", text: "A well" });
    await until("it is there", () => withText("mastodon", "Template-two").length);
    expect(withText("mastodon", "Template-two")).toMatchObject([
      { text: `Water blog: Template-two\n\n${blog.origin}/two` },
    ]);
  });

  it("that shows what was posted on an account too adds nothing to it", async () => {
    const { id } = await on.link("wordpress", ["mastodon"]);
    await feedLink(["mastodon"]);
    const [article] = await on.sql<{ id: string }>("select id from sources where feed is not null");
    expect([id, article]).toEqual([expect.any(String), expect.any(Object)]);
    await on.link("mastodon", ["facebook"]);
    const url = await publicUrlOf("Both-three is clean water for all");
    await until("it is on Facebook", () => withText("facebook", "Both-three").length);
    blog.write({
      path: "/both",
      title: "Both-three",
      text: "Both-three is clean water for all",
    });
    await on.settled();
    await until("the feed's article was seen", async () =>
      (await on.fates("Both-three")).some(({ platform, state }) => platform === "feed" && state !== "new"),
    );
    expect(url).toMatch(/^http/);
    expect(withText("facebook", "Both-three")).toHaveLength(1);
    expect(withText("mastodon", "Both-three")).toHaveLength(1);
  });
});

/** Posts on Mastodon with the phone. */
async function publicUrlOf(text: string): Promise<string> {
  const id = await on.phone("mastodon", text);
  return `${on.practice}/mastodon/${id}`;
}

describe("a photo from the phone that a feed shows too", () => {
  it("comes to each account once, by the address of the original or by what it looks like", async () => {
    await on.link("instagram", ["x", "facebook"]);
    await feedLink(["x", "facebook"], { transform: { text: "{text}" } });
    const bytes = await photo(305);
    const text = "Feed-six: clean water";
    const id = await on.phone("instagram", text, { bytes, type: "image/jpeg", altText: "A well" });
    await until(
      "it is there",
      () => withText("x", "Feed-six").length && withText("facebook", "Feed-six").length,
    );
    const [seen] = await on.sql<{ url: string }>("select url from source_items where external_id = $1", [id]);
    blog.write({ path: "/as-it-is", title: "Photo", text: "Feed-six, told anew", link: seen?.url ?? "" });
    blog.write({ path: "/copied", title: text, text, picture: { bytes, altText: "A well" } });
    await until("both were seen", async () => {
      const fates = await on.sql<{ state: string }>(
        "select i.state from source_items i join sources s on s.id = i.source_id where s.feed is not null and i.state = 'skipped' and i.reason_code = 'there_already'",
      );
      return fates.length === 2;
    });
    await on.settled();
    expect([withText("x", "Feed-six").length, withText("facebook", "Feed-six").length]).toEqual([1, 1]);
    const unused =
      "select 1 from media m where m.of_id is null and not exists (select 1 from post_media u where u.media_id = m.id)";
    expect(await on.sql(unused)).toEqual([]);
  });
});

describe("a feed is refused where a link is made of it", () => {
  it.each<[string, () => string, string, (response: ServerResponse) => void]>([
    [
      "that is a web page",
      () => blog.feed,
      "feed_not_a_feed",
      (response) =>
        response
          .writeHead(200, { "content-type": "text/html" })
          .end("<!doctype html><title>Blog</title><p>Hello"),
    ],
    [
      "with an entity bomb",
      () => blog.feed,
      "feed_refused",
      (response) => response.writeHead(200, { "content-type": "application/rss+xml" }).end(bomb),
    ],
    ["of 100 MB", () => blog.feed, "feed_too_large", (response) => endless(response)],
    ["on a private address", () => "http://127.0.0.1:4999/feed", "feed_address_refused", () => {}],
    [
      "on an address of the cloud",
      () => "http://169.254.169.254/latest/meta-data",
      "feed_address_refused",
      () => {},
    ],
    ["that is not there", () => blog.feed, "feed_http", (response) => response.writeHead(404).end()],
  ])("%s", async (_, address, code, answer) => {
    blog.breaks((_request, response) => answer(response));
    const { status, json } = await feedLink(["mastodon"], {}, address());
    expect([status, json.code, json.issues?.[0]]).toEqual([
      422,
      "feed_refused",
      expect.objectContaining({ pointer: "/source/feed", code }),
    ]);
    expect(await on.sql("select 1 from links")).toEqual([]);
    expect(await on.sql("select 1 from sources")).toEqual([]);
  });

  it("with a way back", async () => {
    expect((await feedLink(["mastodon"], { bothWays: true })).json.issues?.[0]).toMatchObject({
      pointer: "/bothWays",
    });
  });
});

describe("a source that fails", () => {
  it("is asked less and less, says why in the link, and goes on when it is back; the others do not notice", async () => {
    const { json } = await feedLink(["mastodon"]);
    await on.link("mastodon", ["facebook"]);
    blog.breaks((_request, response) => void response.writeHead(500).end("<b>stack</b>"));
    const failing = await until("it fails", async () => {
      const link = await linkOf(json.id);
      return link.state === "failing" ? link : undefined;
    });
    expect(failing.lastError).toMatchObject({
      code: "feed_http",
      message: expect.not.stringContaining("stack"),
    });
    const { asked } = blog.asked();
    await on.phone("mastodon", "Meanwhile-four");
    await until("the other link works", () => withText("facebook", "Meanwhile-four").length);
    expect(blog.asked().asked - asked).toBeLessThan(8);
    blog.breaks(null);
    blog.write({ path: "/back", title: "Back-four", text: "A well" });
    await until("it is back", () => withText("mastodon", "Back-four").length);
    expect(await linkOf(json.id)).toMatchObject({ state: "active", lastError: null });
  });
});

describe("a source that suddenly shows fifty new things", () => {
  it("is held, asked about, and shares what a person says", async () => {
    const { json } = await feedLink(["mastodon"], { review: true });
    for (let n = 0; n < 50; n++)
      blog.write({ path: `/import-${n}`, title: `Import-five ${n} ${n * 7919}`, text: "Old" });
    const held = await until("it is held", async () => {
      const link = await on.call<{ state: string; heldItems: number }>("GET", `/v1/links/${json.id}`);
      return link.state === "held" ? link : undefined;
    });
    expect(held.heldItems).toBe(50);
    blog.write({ path: "/meanwhile", title: "Import-five, meanwhile", text: "New" });
    await until("what comes meanwhile waits with it", async () => {
      const link = await on.call<{ heldItems: number }>("GET", `/v1/links/${json.id}`);
      return link.heldItems === 51;
    });
    expect(await on.sql("select 1 from posts where text like 'Import-five%'")).toEqual([]);
    await on.call("POST", `/v1/links/${json.id}/held`, { decision: "skip" });
    expect(await linkOf(json.id)).toMatchObject({ state: "active" });
    blog.write({ path: "/after", title: "After-five", text: "New" });
    await until(
      "it goes on",
      async () => (await on.sql("select 1 from posts where text like 'After-five%'")).length,
    );
    expect(await on.sql("select 1 from posts where text like 'Import-five%'")).toEqual([]);
  });
});

const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>`;

function endless(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/rss+xml" });
  const chunk = Buffer.alloc(256 * 1024, 0x20);
  let sent = 0;
  const more = () => {
    while (!response.destroyed && sent < 100 * 1024 * 1024) {
      sent += chunk.length;
      if (!response.write(chunk)) return void response.once("drain", more);
    }
    response.end();
  };
  response.write("<rss>");
  more();
}
