import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { publishFully } from "../../../test/contract/check.ts";
import type { World } from "../../../test/contract/world.ts";
import {
  article,
  type Person,
  wordpressOnPractice,
  wordpressPerson,
} from "../../../test/support/wordpress-on-practice.ts";
import { prepare } from "./prepare.ts";
import { publish } from "./publish.ts";
import { reconcile } from "./reconcile.ts";

let world: World;
let us: Person;
beforeAll(async () => {
  world = await wordpressOnPractice();
});
afterAll(() => world.close());
beforeEach(() => {
  world.calm();
  us = wordpressPerson(world);
});

const question = (prepared: Awaited<ReturnType<typeof prepare>>, changes = {}) => ({
  ...us.actor.question(article(), { prepared }),
  ...changes,
});

describe("publishing a draft", () => {
  it("sends no more than that, and gives it its address", async () => {
    const call = us.call();
    const prepared = await prepare(article({ options: { title: "Rain & shine" } }), call);
    us.asked.length = 0;
    const answer = await publish(article(), { ...call, prepared });
    expect(us.asked).toEqual(["GET /posts/:id", "POST /posts/:id"]);
    expect(answer).toMatchObject({
      externalUrl: expect.stringMatching(/\/\d{4}\/\d\d\/\d\d\/rain-shine\/$/),
    });
    expect(us.actor.posts()[0]?.extra).toMatchObject({
      title: "Rain & shine",
      deliveryKey: call.deliveryKey.replaceAll(" ", "-"),
    });
  });

  it("has the address the author asked for, or the next one that is free", async () => {
    const variant = article({ options: { title: "A", slug: "Our own words" } });
    for (const slug of ["our-own-words", "our-own-words-2"])
      expect(await publishFully(world, us.actor, variant, { deliveryKey: slug })).toMatchObject({
        externalUrl: expect.stringMatching(new RegExp(`/${slug}/$`)),
      });
  });

  it("may be repeated: it stays one post, at one address", async () => {
    const call = us.call();
    const prepared = await prepare(article(), call);
    const first = await publish(article(), { ...call, prepared });
    expect(await publish(article(), { ...call, prepared })).toEqual(first);
    expect(us.actor.posts()).toHaveLength(1);
  });

  it.each(["", "?force=true"])("does not take it out of the bin (%j)", async (force) => {
    const call = us.call();
    const prepared = await prepare(article(), call);
    await us.api("DELETE", `/posts/${prepared.values.postId}${force}`);
    await expect(publish(article(), { ...call, prepared })).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringContaining("deleted the draft"),
      detail: { code: "draft_deleted", notSent: true },
    });
    expect([us.actor.posts(), us.actor.commits()]).toEqual([[], 0]);
    expect(await reconcile(question(prepared), us.call())).toEqual({ state: "unknown" });
    const { values } = await prepare(article(), us.call());
    expect(values).not.toEqual(prepared.values);
  });

  it("goes out even where the look before it fails", async () => {
    const call = us.call();
    const prepared = await prepare(article(), call);
    us.lost.push("GET /posts/:id");
    expect(await publish(article(), { ...call, prepared })).toMatchObject({ state: "published" });
  });

  it.each([undefined, "", "javascript:alert(1)", "//elsewhere"])(
    "gives an address that opens when the site gives %j",
    async (link) => {
      const call = us.call();
      const prepared = await prepare(article(), call);
      us.instead.set("POST /posts/:id", Response.json({ id: 7, status: "publish", link }));
      expect(await publish(article(), { ...call, prepared })).toMatchObject({
        externalId: "7",
        externalUrl: expect.stringMatching(/^http:.*\/wordpress\/\?p=7$/),
      });
    },
  );

  it("needs a draft", async () => {
    await expect(publish(article(), us.call())).rejects.toMatchObject({ detail: { notSent: true } });
  });
});

describe("a post that the site does not make public at once", () => {
  it.each([
    ["pending", { state: "refused", code: "needs_review", message: expect.any(String) }],
    ["private", { state: "unknown" }],
  ])("%s", async (status, later) => {
    const call = us.call();
    const prepared = await prepare(article(), call);
    const id = Number(prepared.values.postId);
    us.instead.set("POST /posts/:id", Response.json({ id, status }));
    expect(await publish(article(), { ...call, prepared })).toEqual({
      state: "pending",
      handle: String(id),
      checkAfterMs: 60_000,
    });
    await us.api("POST", `/posts/${id}`, { status });
    expect(await reconcile(question(prepared, { handle: String(id) }), us.call())).toEqual(later);
  });

  it("future: until its time has come", async () => {
    const prepared = await prepare(article(), us.call());
    const id = Number(prepared.values.postId);
    us.instead.set("GET /posts/:id", Response.json({ id, status: "future" }));
    expect(await reconcile(question(prepared), us.call())).toMatchObject({ state: "pending" });
    await us.api("POST", `/posts/${id}`, { status: "publish" });
    expect(await reconcile(question(prepared), us.call())).toMatchObject({ state: "published" });
  });
});

describe("a comment", () => {
  const parentOf = async (person: Person) => {
    const { externalId } = await publishFully(world, person.actor, article());
    return { externalId, rootExternalId: externalId };
  };
  const comment = {
    ...article({ text: 'It\'s "so" -- <b>5x5</b>\n\n& https://example.org/a?b=1' }),
    role: "comment" as const,
  };

  it("is shown as it was written, and called apart from posts", async () => {
    const parent = await parentOf(us);
    const said = await publish(comment, us.call({ parent }));
    expect(said).toMatchObject({ externalId: expect.stringMatching(/^comment-\d+$/) });
    expect(us.actor.posts().at(-1)).toMatchObject({ text: comment.text, replyTo: parent.externalId });
    expect(await reconcile(us.actor.question(comment, { parent }), us.call())).toEqual(said);
  });

  it("is refused as a copy the second time", async () => {
    const parent = await parentOf(us);
    await publish(comment, us.call({ parent }));
    await expect(publish(comment, us.call({ parent }))).rejects.toMatchObject({
      detail: { code: "duplicate" },
    });
  });

  it("that the site looks at first is followed until it is shown or thrown away", async () => {
    const parent = await parentOf(wordpressPerson(world));
    const held = await publish(comment, us.call({ parent }));
    expect(held).toMatchObject({ state: "pending", handle: expect.stringMatching(/^comment-\d+$/) });
    const handle = "handle" in held ? held.handle : "";
    const asked = us.actor.question(comment, { parent, handle });
    expect(await reconcile(asked, us.call())).toEqual(held);
    for (const [status, state] of [
      ["approved", "published"],
      ["spam", "refused"],
      ["trash", "refused"],
    ]) {
      us.instead.set("GET /comments/:id", Response.json({ id: Number(handle.slice(8)), status }));
      expect(await reconcile(asked, us.call())).toMatchObject({ state });
    }
    const gone = us.actor.question(comment, { parent, handle: "comment-4" });
    expect(await reconcile(gone, us.call())).toMatchObject({ state: "refused", code: "removed_by_platform" });
  });

  it("is not chosen where two read the same, nor called absent behind a full page", async () => {
    const parent = await parentOf(us);
    const rendered =
      "<p>It&#8217;s &#8220;so&#8221; &#8211; &lt;b&gt;5&#215;5&lt;/b&gt;</p>\n<p>&amp; <a href='https://example.org/a?b=1'>https://example.org/a?b=1</a></p>";
    const one = (id: number, text: string) => ({ id, status: "approved", content: { rendered: text } });
    const ask = (list: unknown[]) => {
      us.instead.set("GET /comments", Response.json(list));
      return reconcile(us.actor.question(comment, { parent }), us.call());
    };
    expect(await ask([one(1, rendered)])).toMatchObject({ externalId: "comment-1" });
    expect(await ask([one(1, rendered), one(2, rendered)])).toEqual({ state: "unknown" });
    expect(await ask([one(1, "<p>Other</p>")])).toEqual({ state: "absent" });
    expect(await ask(Array.from({ length: 100 }, (_, id) => one(id, "<p>Other</p>")))).toEqual({
      state: "unknown",
    });
  });
});

describe("deleting", () => {
  it("deletes for good where the site has no bin", async () => {
    const { externalId } = await publishFully(world, us.actor, article());
    us.instead.set("DELETE /posts/:id", Response.json({ code: "rest_trash_not_supported" }, { status: 501 }));
    await world.adapter.delete?.(externalId, us.call() as never);
    expect((await us.api("GET", `/posts/${externalId}`)).body.code).toBe("rest_post_invalid_id");
    await world.adapter.delete?.(externalId, us.call() as never);
  });

  it("deletes a comment by its own name, and counts what is left", async () => {
    const { externalId } = await publishFully(world, us.actor, article());
    const parent = { externalId, rootExternalId: externalId };
    const comment = { ...article(), role: "comment" as const };
    const said = await publishFully(world, us.actor, comment, { parent });
    const replies = () => world.adapter.metrics?.(externalId, us.call() as never);
    expect(await replies()).toEqual({ replies: 1 });
    expect(await world.adapter.metrics?.(said.externalId, us.call() as never)).toEqual({ replies: 0 });
    await world.adapter.delete?.(said.externalId, us.call() as never);
    await world.adapter.delete?.(said.externalId, us.call() as never);
    expect(await replies()).toEqual({ replies: 0 });
    expect(us.actor.posts()).toHaveLength(1);
  });

  it("a site that does not count is no zero", async () => {
    us.instead.set("GET /comments", Response.json([]));
    const counting = world.adapter.metrics?.("7", us.call() as never);
    await expect(counting).rejects.toMatchObject({ kind: "unavailable" });
  });
});
