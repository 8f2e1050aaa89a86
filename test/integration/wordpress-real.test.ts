import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { contentOf } from "../../src/adapters/wordpress/body.ts";
import { wordpress } from "../../src/adapters/wordpress/index.ts";
import { difficultText } from "../contract/checks-publish.ts";
import { describeWithWordpress, type RealWordpress, startRealWordpress } from "../support/real-wordpress.ts";
import { type Author, openAuthor, prepare } from "../support/wordpress-author.ts";
import { article } from "../support/wordpress-on-practice.ts";

const markdown = `# Water for all

Every **drop** counts, _says_ the ~~board~~ \`council\` – see [the plan](https://example.org/plan?a=1&b=2) or https://example.org/now.
A second line, with <script>alert("no")</script> & [gallery].

- one
- two <b>not bold</b>
  1. in it

> As she said:
> no more waiting.

| Well | Depth |
|------|-------|
| A & B | 9 m |

\`\`\`
<pumps> [off]
\`\`\`

---

![A well](https://example.org/well.png)`;

describeWithWordpress("a real WordPress", () => {
  let site: RealWordpress;
  let author: Author;
  beforeAll(async () => {
    site = await startRealWordpress();
    author = await openAuthor(site);
  }, 120_000);
  afterAll(async () => {
    await author?.close();
    await site?.stop();
  });
  const raw = async (id: string) => (await author.api("GET", `/posts/${id}?context=edit`)).body;

  it("says whose application password it is, and refuses a wrong one", async () => {
    const host = new URL(site.url).host;
    expect(await wordpress.auth.identify(author.call())).toEqual({
      externalId: "2",
      handle: `water_now@${host}`,
      name: "Water Now",
    });
    const credentials = { username: site.username, applicationPassword: "aaaa bbbb cccc dddd eeee ffff" };
    await expect(wordpress.auth.identify({ ...author.call(), credentials })).rejects.toMatchObject({
      kind: "unauthorized",
    });
  });

  it("shows a text as it was written, shortcodes and all, and nothing before it is published", async () => {
    const text = `${difficultText}\n\n[gallery] [caption]  1. not a list\n# no heading &amp; &copy;\nc:\\new -- "so"`;
    const call = author.call();
    const prepared = await prepare(article({ text }), call);
    const id = prepared.values.postId ?? "";
    expect((await fetch(`${site.url}/wp-json/wp/v2/posts/${id}`)).status).toBe(401);
    const published = await wordpress.publish(article({ text }), { ...call, prepared });
    expect(published).toMatchObject({ state: "published", externalId: id });
    const page = await fetch("externalUrl" in published ? published.externalUrl : "");
    expect(page.status).toBe(200);
    const [post] = (await wordpress.recent?.(new Date(Date.now() - 60_000), author.call())) ?? [];
    expect(straight(post?.text ?? "")).toBe(straight(`Clean water\n\n${text}`));
  });

  it("keeps the blocks of a Markdown text unchanged, and runs nothing in them", async () => {
    const variant = article({ text: markdown, options: { title: "A & B <i>", format: "blocks" } });
    const { externalId, externalUrl } = await author.publish(variant);
    const post = await raw(externalId);
    expect(post.content.raw.replaceAll(" />", "/>")).toBe(contentOf(variant, []));
    expect(post.content.block_version).toBe(1);
    const page = await (await fetch(externalUrl)).text();
    for (const html of [
      '<h2 class="wp-block-heading">Water for all</h2>',
      "<strong>drop</strong>",
      '<a href="https://example.org/plan?a=1&amp;b=2">the plan</a>',
      "two &lt;b&gt;not bold&lt;/b&gt;",
      "<th>Well</th>",
      "&lt;pumps&gt; &#091;off&#093;",
      '<img decoding="async" src="https://example.org/well.png" alt="A well" />',
    ])
      expect(page).toContain(html);
    expect(page).toContain("<h1>A &amp; B &lt;i&gt;</h1>");
    expect(page).not.toContain("<script>alert");
  });

  it("shows the first picture on top and the other files below, with their descriptions", async () => {
    const { image, video } = wordpress.capabilities.media.types;
    const altText = 'A "girl" fills 100%ab of a bucket <at> the well & smiles &lt;';
    const first = await author.shelf.make("image", "image/jpeg", image!, altText);
    const second = await author.shelf.make("image", "image/png", image!, "Second");
    const film = await author.shelf.make("video", "video/mp4", video!, "");
    const variant = article({ media: [film!, first!, second!] });
    const { externalId, externalUrl } = await author.publish(variant);
    const post = await raw(externalId);
    const media = (await author.api("GET", `/media/${post.featured_media}`)).body;
    expect(media).toMatchObject({ media_type: "image", mime_type: "image/jpeg" });
    const page = await (await fetch(externalUrl)).text();
    expect(page).toContain(
      'alt="A &quot;girl&quot; fills 100&#037;ab of a bucket &lt;at&gt; the well &amp; smiles &amp;lt;"',
    );
    expect(page).toMatch(/<video controls src="http[^"]+\.mp4">.*alt="Second"/s);
    const [mine] = (await wordpress.recent?.(new Date(Date.now() - 60_000), author.call())) ?? [];
    expect(mine?.media.map(({ kind, altText: said }) => [kind, said])).toEqual([
      ["image", altText],
      ["video", ""],
      ["image", "Second"],
    ]);
  });

  it("refuses a type of file that the site does not allow, for good", async () => {
    const { image } = wordpress.capabilities.media.types;
    const file = await author.shelf.make("image", "image/png", image!, "");
    const media = [{ ...file!, mimeType: "image/svg+xml" }];
    await expect(prepare(article({ media }), author.call())).rejects.toMatchObject({
      kind: "invalid",
      detail: { status: 500, code: "media_type" },
    });
  });

  it("files it under categories it has and tags it may make", async () => {
    const categories = ["news", "Events & campaigns"];
    const tags = ["Water & Rights", "ماء"];
    const first = await raw(
      (await author.publish(article({ options: { title: "One", categories, tags } }))).externalId,
    );
    expect([first.categories.length, first.tags.length]).toEqual([2, 2]);
    const again = await raw((await author.publish(article({ options: { title: "Two", tags } }))).externalId);
    expect([again.tags, again.categories]).toEqual([first.tags, [1]]);
    const choices = (await wordpress.choices?.("categories", {}, author.call())) ?? [];
    expect(choices.map(({ label }) => label)).toEqual(["Events & campaigns", "News", "Uncategorized"]);
    const byId = article({ options: { title: "Three", categories: [choices[1]?.value ?? ""] } });
    expect((await raw((await author.publish(byId)).externalId)).categories).toEqual([2]);
    const unknown = article({ options: { title: "Four", categories: ["Nwes"] } });
    await expect(prepare(unknown, author.call())).rejects.toMatchObject({
      kind: "invalid",
      detail: { code: "category_unknown" },
    });
  });

  it("gives the address of the title, or the one that was asked for", async () => {
    const one = await author.publish(article({ options: { title: "Rain & shine" } }));
    const two = await author.publish(article({ options: { title: "Rain & shine" } }));
    const three = await author.publish(article({ options: { title: "Other", slug: "our-own-words" } }));
    const slugs = [one, two, three].map(({ externalUrl }) => new URL(externalUrl).pathname.split("/").at(-2));
    expect(slugs).toEqual(["rain-shine", "rain-shine-2", "our-own-words"]);
  });

  it("takes other words for a post, twice, with the files where they were, but not in the bin", async () => {
    const { image, video } = wordpress.capabilities.media.types;
    const first = await author.shelf.make("image", "image/jpeg", image!, "First");
    const second = await author.shelf.make("image", "image/png", image!, 'A "girl" <at> the well');
    const film = await author.shelf.make("video", "video/mp4", video!, "");
    const media = [first!, film!, second!];
    const { externalId, externalUrl } = await author.publish(article({ media }));
    const before = await raw(externalId);
    const words = article({ media, text: difficultText, options: { title: "A & B <i>" } });
    for (let time = 0; time < 2; time++) await wordpress.edit?.(externalId, words, author.call());
    const after = await raw(externalId);
    expect([after.title.raw, after.link]).toEqual(["A &amp; B &lt;i&gt;", externalUrl]);
    expect([after.featured_media, after.slug, after.status]).toEqual([
      before.featured_media,
      before.slug,
      "publish",
    ]);
    const filesIn = (html: string) => html.slice(html.indexOf("<!-- wp:video"));
    expect(filesIn(after.content.raw)).toBe(filesIn(before.content.raw));
    const [mine] = (await wordpress.recent?.(new Date(Date.now() - 60_000), author.call())) ?? [];
    expect(straight(mine?.text ?? "")).toBe(straight(`A & B <i>\n\n${difficultText}`));
    expect(mine?.media.map(({ altText }) => altText)).toEqual(["First", "", 'A "girl" <at> the well']);
    await wordpress.delete?.(externalId, author.call());
    await expect(wordpress.edit?.(externalId, words, author.call())).rejects.toMatchObject({
      kind: "invalid",
      detail: { code: "post_gone" },
    });
    expect((await raw(externalId)).status).toBe("trash");
  });

  it("comments once, counts it, changes its words, and deletes both, twice", async () => {
    const { externalId } = await author.publish(article());
    const parent = { externalId, rootExternalId: externalId };
    const variant = { ...article({ text: difficultText }), role: "comment" as const };
    const said = await author.publish(variant, { parent });
    expect(said.externalId).toMatch(/^comment-\d+$/);
    expect((await fetch(said.externalUrl)).status).toBe(200);
    expect(await author.reconcile({ variant, parent })).toMatchObject({ externalId: said.externalId });
    await expect(author.publish(variant, { parent })).rejects.toMatchObject({
      kind: "invalid",
      detail: { status: 409, code: "duplicate" },
    });
    const other = { ...variant, text: "Right after" };
    await expect(author.publish(other, { parent })).rejects.toMatchObject({ kind: "rate_limited" });
    expect(await wordpress.metrics?.(externalId, author.call())).toEqual({ replies: 1 });
    expect(await wordpress.metrics?.(said.externalId, author.call())).toEqual({ replies: 0 });
    const otherWords = { ...variant, text: "<Other> & words" };
    for (let time = 0; time < 2; time++) await wordpress.edit?.(said.externalId, otherWords, author.call());
    const page = await (await fetch(said.externalUrl)).text();
    expect(page).toContain("&lt;Other&gt; &amp; words");
    expect(page).not.toContain("Second part");
    for (const id of [said.externalId, said.externalId, externalId, externalId])
      await wordpress.delete?.(id, author.call());
    await expect(wordpress.edit?.(said.externalId, variant, author.call())).rejects.toMatchObject({
      detail: { code: "post_gone" },
    });
    expect(await wordpress.metrics?.(externalId, author.call())).toEqual({ replies: 0 });
    expect((await raw(externalId)).status).toBe("trash");
  });

  it("was asked nothing in all this that it does not say it takes", async () => {
    expect(await author.strangers()).toEqual([]);
  });
});

/** WordPress turns quotes and dashes into typographic ones. */
function straight(text: string): string {
  return text.replace(/[“”″]/g, '"').replace(/[‘’′]/g, "'").replace(/[–—]/g, "--");
}
