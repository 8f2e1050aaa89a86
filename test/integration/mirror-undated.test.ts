import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { type Blog, startBlog } from "../support/blog.ts";
import { type MirrorStage, openMirrorStage } from "../support/mirror-stage.ts";
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
beforeEach(() => on.sql("delete from links").then(() => on.sql("delete from sources")));

/** The blog's feed has these articles, none of them with a date. */
function shows(...titles: readonly string[]): void {
  const items = titles.map(
    (title) =>
      `<item><guid>${title}</guid><title>${title}</title><link>${blog.origin}/${title}</link></item>`,
  );
  const body = `<rss version="2.0"><channel><title>T</title>${items.join("")}</channel></rss>`;
  blog.breaks((_, response) => response.writeHead(200, { "content-type": "application/rss+xml" }).end(body));
}
const numbered = (word: string, howMany: number) => Array.from({ length: howMany }, (_, n) => `${word}-${n}`);
const feedLink = () =>
  on.call<{ id: string }>("POST", "/v1/links", {
    source: { feed: blog.feed },
    targets: [on.on.mastodon.id],
    review: false,
  });

describe("a feed without dates", () => {
  it("shares what is new, and asks about ten at once: a site that was moved names its old articles anew", async () => {
    shows("undated-old");
    const { id } = await feedLink();
    shows("undated-new", "undated-old");
    await until("it is there", () => on.counts("undated-new").mastodon);
    const items = await on.call<{ data: { id: string; title: string }[] }>("GET", `/v1/links/${id}/items`);
    const old = items.data.find(({ title }) => title === "undated-old");
    await on.call("POST", `/v1/links/${id}/items/${old?.id}/decide`, { decision: "share" });
    await until("what a person wants shared is there too", () => on.counts("undated-old").mastodon);
    shows(...numbered("undated-moved", 10));
    await until("it is held", async () => (await on.call("GET", `/v1/links/${id}`)).state === "held");
    await on.settled();
    expect(on.counts("undated")).toMatchObject({ mastodon: 2 });
  });

  it("shares nothing of what came while its link was paused, and what came after", async () => {
    shows("pausing-old");
    const { id } = await feedLink();
    await on.settled();
    await on.call("PATCH", `/v1/links/${id}`, { state: "paused" });
    // An hour later.
    await on.sql(
      "update sources set read_at = now() - interval '1 hour', next_read_at = now() + interval '1 day'",
    );
    shows("pausing-meanwhile", "pausing-old");
    await on.call("PATCH", `/v1/links/${id}`, { state: "active" });
    await until("it was seen", async () => (await on.fates("pausing-meanwhile")).length);
    shows("pausing-after", "pausing-meanwhile", "pausing-old");
    await until("it goes on", () => on.counts("pausing-after").mastodon);
    await on.settled();
    expect(on.counts("pausing")).toMatchObject({ mastodon: 1 });
    expect(await on.fates("pausing-meanwhile")).toMatchObject([{ state: "skipped", reason: "old" }]);
  });
});

describe("a feed that knows days only", () => {
  const dated = (...items: readonly (readonly [title: string, date: Date])[]) => {
    const parts = items.map(
      ([title, date]) =>
        `<item><guid>${title}</guid><title>${title}</title><link>${blog.origin}/${title}</link><pubDate>${date.toUTCString()}</pubDate></item>`,
    );
    const body = `<rss version="2.0"><channel><title>T</title>${parts.join("")}</channel></rss>`;
    blog.breaks((_, response) => response.end(body));
  };

  it("shares what came after its link was made, and not what is old under a new name", async () => {
    const hour = 3_600_000;
    const today = new Date(Date.now() - 12 * hour);
    dated(["coarse-old", today]);
    await feedLink();
    dated(["coarse-new", today], ["coarse-renamed", new Date(Date.now() - 48 * hour)], ["coarse-old", today]);
    await until("it is there", () => on.counts("coarse-new").mastodon);
    await on.settled();
    expect(on.counts("coarse")).toMatchObject({ mastodon: 1 });
    expect(await on.fates("coarse-renamed")).toMatchObject([{ state: "skipped", reason: "old" }]);
  });
});

it("an article of our own is known in the blog's feed, however its address is written there", async () => {
  const own = { text: "Water", accounts: [on.on.wordpress.id], dueAt: "now" };
  const body = { ...own, variants: { [on.on.wordpress.id]: { options: { title: "Spelled-own" } } } };
  const { id } = await on.call<{ id: string }>("POST", "/v1/posts", body);
  const [{ url }] = (await until("it is there", async () => {
    const found = await on.sql<{ url: string | null }>(
      "select external_url as url from deliveries where post_id = $1",
      [id],
    );
    return found[0]?.url ? found : undefined;
  })) as [{ url: string }];
  shows("spelled-old");
  await feedLink();
  const elsewhere = `${url.replace("http://", "https://").replace(/\/?$/, "/")}?utm_source=rss`;
  const item = `<item><guid>spelled</guid><title>Spelled-own</title><link>${elsewhere.replaceAll("&", "&amp;")}</link></item>`;
  blog.breaks((_, response) =>
    response.end(`<rss version="2.0"><channel><title>T</title>${item}</channel></rss>`),
  );
  await until("it was seen", async () => (await on.fates("Spelled-own")).length);
  await on.settled();
  expect(await on.fates("Spelled-own")).toMatchObject([{ state: "skipped", reason: "own" }]);
});
