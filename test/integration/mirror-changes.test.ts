import { describe, expect, it } from "@jest/globals";
import { picture } from "../support/mirror-stage.ts";
import { until } from "../support/until.ts";
import { itemsOn, useMirrorStage } from "../support/use-mirror-stage.ts";

const on = useMirrorStage();

describe("an original that changes", () => {
  const { seen: itemOf, when } = itemsOn(on);
  const decide = (linkId: string, itemId: string, decision: string) =>
    on.call<{
      done: boolean;
      copies: { accountId: string; postId: string; done: boolean; reason: string | null }[];
    }>("POST", `/v1/links/${linkId}/items/${itemId}/decide`, { decision });

  it("is offered to the copies: changed where the platform lets us, and told where not", async () => {
    const { id } = await on.link("mastodon", ["facebook", "threads"]);
    const original = await on.phone("mastodon", "Edit-nine: clean watr");
    await until("it is there", () => on.counts("Edit-nine").facebook && on.counts("Edit-nine").threads);
    await on.phoneAgain("mastodon", original, "edit", "Edit-nine: clean water");
    const item = await until("the edit was seen", async () => {
      const found = await itemOf(id, "Edit-nine");
      return found?.change?.kind === "edited" ? found : undefined;
    });
    expect(on.withText("facebook", "Edit-nine: clean water")).toHaveLength(0);
    const { done, copies } = await decide(id, item.id, "follow");
    expect(done).toBe(false);
    expect(copies).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ accountId: on.on.facebook.id, done: true }),
        expect.objectContaining({
          accountId: on.on.threads.id,
          done: false,
          reason: expect.stringContaining("by hand"),
        }),
      ]),
    );
    expect(on.withText("facebook", "Edit-nine: clean water")).toHaveLength(1);
    expect(on.withText("threads", "Edit-nine: clean watr")).toHaveLength(1);
    const post = await on.call<{ text: string; variants: Record<string, { text: string }> }>(
      "GET",
      `/v1/posts/${copies[0]?.postId}`,
    );
    expect([
      post.text,
      post.variants[on.on.facebook.id]?.text,
      post.variants[on.on.threads.id]?.text,
    ]).toEqual(["Edit-nine: clean water", "Edit-nine: clean water", "Edit-nine: clean watr"]);
    expect((await decide(id, item.id, "leave")).done).toBe(true);
    expect((await itemOf(id, "Edit-nine"))?.change).toBeNull();
  });

  it("of any length reaches those that let us change it, each as it takes it", async () => {
    const { id } = await on.link("instagram", ["x", "facebook", "threads"]);
    const original = await on.phone("instagram", "Edit-long: clean watr", await picture("A well"));
    await until("it is there", () => on.counts("Edit-long").facebook && on.counts("Edit-long").threads);
    await on.settled();
    const long = `Edit-long. ${"Clean water is a right. ".repeat(30)}`.trim();
    await on.phoneAgain("instagram", original, "edit", long);
    const item = await when(id, "Edit-long", ({ change }) => change?.kind === "edited");
    const { copies } = await decide(id, item.id, "follow");
    const copyOn = (name: "x" | "facebook") => copies.find(({ accountId }) => accountId === on.on[name].id);
    expect(copyOn("facebook")).toMatchObject({ done: true });
    expect(copyOn("x")?.reason).toMatch(/^X lets nobody but people change posts/);
    expect(on.withText("facebook", "Edit-long")).toMatchObject([{ text: long }]);
  });

  it("is not said to be done where a copy waits that its link does not share any more", async () => {
    const { id } = await on.link("mastodon", ["x"], { delayMinutes: 60, filter: { exclude: "#nox" } });
    await on.link("mastodon", ["tumblr"], { delayMinutes: 60 });
    const original = await on.phone("mastodon", "Edit-nox: at five");
    await when(id, "Edit-nox", ({ copies }) => copies.length === 2);
    await on.phoneAgain("mastodon", original, "edit", "Edit-nox: at six #nox");
    const item = await when(id, "Edit-nox", ({ change }) => change?.kind === "edited");
    const { done, copies } = await decide(id, item.id, "follow");
    expect(done).toBe(false);
    expect(Object.fromEntries(copies.map((copy) => [copy.accountId, copy.reason]))).toEqual({
      [on.on.x.id]: expect.stringContaining("No link shares it there as it is now"),
      [on.on.tumblr.id]: null,
    });
  });

  it("reaches copies of a link that was paused since", async () => {
    const { id } = await on.link("mastodon", ["facebook"], { onDelete: "delete" });
    const original = await on.phone("mastodon", "Edit-paused: clean watr");
    await until("it is there", () => on.counts("Edit-paused").facebook);
    for (const state of ["paused", "active"]) await on.call("PATCH", `/v1/links/${id}`, { state });
    await on.sql("update links set mirrors_since = now() + interval '5 seconds'");
    await on.phoneAgain("mastodon", original, "edit", "Edit-paused: clean water");
    const item = await when(id, "Edit-paused", ({ change }) => change?.kind === "edited");
    expect((await decide(id, item.id, "follow")).done).toBe(true);
    expect(on.withText("facebook", "Edit-paused: clean water")).toHaveLength(1);
    // Whether it was this link that made them is not known any more: nothing is deleted by itself.
    await on.phoneAgain("mastodon", original, "delete");
    await when(id, "Edit-paused", ({ change }) => change?.kind === "deleted");
    await on.settled();
    expect(on.counts("Edit-paused").facebook).toBe(1);
  });

  it("is made of the files that it has now", async () => {
    const { id } = await on.link("mastodon", ["facebook"]);
    const original = await on.phone("mastodon", "Edit-files: clean watr", await picture("A well"));
    await until("it is there", () => on.counts("Edit-files").facebook);
    const phantom = JSON.stringify([{ url: "https://e.org/old.jpg", id: "med_00000000000000000000000000" }]);
    await on.sql(
      "update source_items set files = $1::jsonb || files where content->>'text' like 'Edit-files%'",
      [phantom],
    );
    await on.phoneAgain("mastodon", original, "edit", "Edit-files: clean water");
    const item = await when(id, "Edit-files", ({ change }) => change?.kind === "edited");
    expect((await decide(id, item.id, "follow")).done).toBe(true);
    expect(on.posts("facebook").map(({ text }) => text)).toContain("Edit-files: clean water");
  });

  it("changes a draft that nobody has published yet", async () => {
    const { id } = await on.link("mastodon", ["facebook"], { review: true });
    const original = await on.phone("mastodon", "Edit-ten: clean watr");
    await until("it is a draft", async () => (await itemOf(id, "Edit-ten"))?.state === "shared");
    await on.phoneAgain("mastodon", original, "edit", "Edit-ten: clean water");
    const item = await until("the edit was seen", async () => {
      const found = await itemOf(id, "Edit-ten");
      return found?.change ? found : undefined;
    });
    expect((await decide(id, item.id, "follow")).done).toBe(true);
    const { data } = await on.call<{ data: { text: string }[] }>("GET", "/v1/posts?state=draft");
    expect(data.filter(({ text }) => text.includes("Edit-ten"))).toMatchObject([
      { text: "Edit-ten: clean water" },
    ]);
  });

  it("and is deleted asks, or takes its copies along where the link says so", async () => {
    const { id: asking } = await on.link("mastodon", ["facebook"]);
    const { id: following } = await on.link("instagram", ["threads"], { onDelete: "delete" });
    const asked = await on.phone("mastodon", "Gone-eleven");
    await on.phone("instagram", "Stays-twelve", await picture("Another well"));
    const followed = await on.phone("instagram", "Gone-twelve", await picture("A well"));
    await until(
      "both are there",
      () => on.counts("Gone-eleven").facebook && on.counts("Gone-twelve").threads,
    );
    await on.settled();
    await on.phoneAgain("mastodon", asked, "delete");
    await on.phoneAgain("instagram", followed, "delete");
    const item = await until("it asks", async () => {
      const found = await itemOf(asking, "Gone-eleven");
      return found?.change?.kind === "deleted" ? found : undefined;
    });
    await until("the other's copy is gone", () => on.counts("Gone-twelve").threads === 0);
    expect(on.counts("Gone-eleven").facebook).toBe(1);
    expect((await decide(asking, item.id, "follow")).done).toBe(true);
    expect(on.counts("Gone-eleven").facebook).toBe(0);
    expect(following).not.toBe(asking);
  });
});

describe("a preview of a link", () => {
  it("shows what the last posts would become, what changes, and what would be lost; and writes nothing", async () => {
    const { id } = await on.link("mastodon", ["x", "instagram"], { transform: { append: "#WaterForAll" } });
    await on.call("PATCH", `/v1/links/${id}`, { state: "paused" });
    await on.phone("mastodon", `Preview-thirteen. ${"Water for all. ".repeat(30)}`);
    const { data } = await on.call<{ data: Preview[] }>("POST", `/v1/links/${id}/preview`);
    expect(data.length).toBeLessThanOrEqual(5);
    const [first] = data;
    expect(first).toMatchObject({ text: expect.stringContaining("Preview-thirteen"), notShared: null });
    const [x, instagram] = ["x", "instagram"].map((name) =>
      first?.targets.find(({ platform }) => platform === name),
    );
    expect(x).toMatchObject({
      ok: true,
      lost: [{ code: "text_shortened" }],
      link: expect.stringMatching(/^http/),
    });
    expect(x?.differences.some(({ kind }) => kind === "removed")).toBe(true);
    expect(instagram).toMatchObject({ ok: false, issues: [{ code: "media_required" }] });
    expect(await on.fates("Preview-thirteen")).toEqual([]);
  });
  interface Preview {
    readonly text: string;
    readonly targets: readonly {
      readonly platform: string;
      readonly differences: readonly { readonly kind: string }[];
    }[];
  }
});
