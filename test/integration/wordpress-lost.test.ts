import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "@jest/globals";
import { wordpress } from "../../src/adapters/wordpress/index.ts";
import { type CuttingProxy, startCuttingProxy } from "../support/cutting-proxy.ts";
import { describeWithWordpress, type RealWordpress, startRealWordpress } from "../support/real-wordpress.ts";
import { type Author, openAuthor, prepare } from "../support/wordpress-author.ts";
import { article } from "../support/wordpress-on-practice.ts";

describeWithWordpress("answers of a real WordPress that were lost", () => {
  let site: RealWordpress;
  let proxy: CuttingProxy;
  let author: Author;
  let title = "";
  let count = 0;
  beforeAll(async () => {
    site = await startRealWordpress();
    proxy = await startCuttingProxy(site.url);
    author = await openAuthor(site, proxy.url);
  }, 120_000);
  afterAll(async () => {
    await author?.close();
    proxy?.close();
    await site?.stop();
  });
  beforeEach(() => {
    title = `Clean water ${++count}`;
  });
  afterEach(() => {
    expect(proxy.cut).toEqual([]); // the answer was lost indeed
  });

  const ours = async (path: string) =>
    (await author.api("GET", path)).body as { id: number; status: string }[];
  const posts = () => ours(`/posts?status=any&search=${encodeURIComponent(title)}`);

  it("a post whose answer was lost is found, there once, and may be published again without harm", async () => {
    const variant = article({ options: { title } });
    const call = author.call();
    const prepared = await prepare(variant, call);
    expect(await author.reconcile({ variant, prepared })).toEqual({ state: "absent" });
    proxy.cut.push((method, path) => method === "POST" && path.endsWith(`/posts/${prepared.values.postId}`));
    await expect(wordpress.publish(variant, { ...call, prepared })).rejects.toMatchObject({
      kind: "indeterminate",
    });
    const found = await author.reconcile({ variant, prepared });
    expect(found).toMatchObject({ state: "published", externalId: prepared.values.postId });
    expect(await wordpress.publish(variant, { ...call, prepared })).toEqual(found);
    expect(await posts()).toEqual([expect.objectContaining({ status: "publish" })]);
  });

  it("a draft whose answer was lost is found again, with the words it has now", async () => {
    const call = author.call();
    proxy.cut.push((method, path) => method === "POST" && path.endsWith("/posts"));
    await expect(prepare(article({ options: { title } }), call)).rejects.toMatchObject({
      kind: "unavailable",
    });
    const edited = article({ text: "In other words.", options: { title } });
    const { postId } = (await prepare(edited, call)).values;
    expect(await posts()).toEqual([expect.objectContaining({ id: Number(postId), status: "draft" })]);
    const { content } = (await author.api("GET", `/posts/${postId}?context=edit`)).body;
    expect(content.raw).toContain("In other words.");
  });

  it("a file whose answer was lost is not uploaded again", async () => {
    const { image } = wordpress.capabilities.media.types;
    const file = await author.shelf.make("image", "image/jpeg", image!, "A well");
    const variant = article({ media: [file!], options: { title } });
    const call = author.call();
    const before = (await ours("/media?per_page=100")).length;
    proxy.cut.push((method, path) => method === "POST" && path.endsWith("/media"));
    await expect(prepare(variant, call)).rejects.toMatchObject({ kind: "unavailable" });
    const { postId } = (await prepare(variant, call)).values;
    expect((await ours("/media?per_page=100")).length).toBe(before + 1);
    const { featured_media: id } = (await author.api("GET", `/posts/${postId}?context=edit`)).body;
    expect((await author.api("GET", `/media/${id}`)).body.alt_text).toBe("A well");
  });

  it("a comment whose answer was lost is found, and WordPress takes no second one", async () => {
    const { externalId } = await author.publish(article({ options: { title } }));
    const parent = { externalId, rootExternalId: externalId };
    const text = `It's "5x5" -- isn't it? :) ... https://example.org/a?b=1&c=2`;
    const variant = { ...article({ text }), role: "comment" as const };
    expect(await author.reconcile({ variant, parent })).toEqual({ state: "absent" });
    proxy.cut.push((method, path) => method === "POST" && path.endsWith("/comments"));
    await expect(author.publish(variant, { parent })).rejects.toMatchObject({ kind: "indeterminate" });
    const [only, ...others] = await ours(`/comments?post=${externalId}`);
    expect(others).toEqual([]);
    expect(await author.reconcile({ variant, parent })).toMatchObject({ externalId: `comment-${only?.id}` });
  });

  it("a draft that somebody at the site deleted stays deleted, and a new try makes another", async () => {
    const variant = article({ options: { title } });
    for (const force of ["", "?force=true"]) {
      const call = author.call();
      const prepared = await prepare(variant, call);
      await author.api("DELETE", `/posts/${prepared.values.postId}${force}`);
      await expect(wordpress.publish(variant, { ...call, prepared })).rejects.toMatchObject({
        kind: "invalid",
        detail: { code: "draft_deleted", notSent: true },
      });
      expect(await author.reconcile({ variant, prepared })).toEqual({ state: "unknown" });
      expect(await posts()).toEqual([]);
      const { postId } = (await prepare(variant, call)).values;
      expect(await posts()).toEqual([expect.objectContaining({ id: Number(postId) })]);
      await author.api("DELETE", `/posts/${postId}?force=true`);
    }
  });
});
