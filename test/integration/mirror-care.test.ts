import { describe, expect, it } from "@jest/globals";
import { noteMissing } from "../../src/db/missing-items.ts";
import { transaction } from "../../src/db/transaction.ts";
import type { Platform } from "../../src/domain/platform.ts";
import { until } from "../support/until.ts";
import { itemsOn, nobodyReads, useMirrorStage } from "../support/use-mirror-stage.ts";

const on = useMirrorStage();

describe("mirroring takes care:", () => {
  const { seen } = itemsOn(on);

  it("a source that shows nothing at all takes no copies along, and who wants to leave them is asked once", async () => {
    const { id } = await on.link("threads", ["facebook"], { onDelete: "delete" });
    await on.sql("update sources set since = now() - interval '1 second'");
    for (const { id: earlier } of on.posts("threads")) await on.phoneAgain("threads", earlier, "delete");
    const original = await on.phone("threads", "Care-one");
    await until("it is there", () => on.counts("Care-one").facebook);
    await on.phoneAgain("threads", original, "delete");
    const item = await until("it asks", async () => {
      const found = await seen(id, "Care-one");
      return found?.change?.kind === "deleted" ? found : undefined;
    });
    await on.settled();
    expect(on.counts("Care-one").facebook).toBe(1);
    await on.call("POST", `/v1/links/${id}/items/${item.id}/decide`, { decision: "leave" });
    await on.settled();
    expect((await seen(id, "Care-one"))?.change).toBeNull();
    expect(on.counts("Care-one").facebook).toBe(1);
  });

  it("what a person said is there, under an id that nobody knows, is not shared by itself", async () => {
    const body = { text: "Care-two", accounts: [on.on.mastodon.id], dueAt: "now" };
    const { id } = await on.call<{ id: string }>("POST", "/v1/posts", body);
    await until("it is there", () => on.counts("Care-two").mastodon);
    await on.settled();
    await on.sql("update deliveries set external_id = null, external_url = null where post_id = $1", [id]);
    await on.link("mastodon", ["facebook"]);
    await until("it was seen", async () => (await on.fates("Care-two"))[0]?.state !== undefined);
    await on.settled();
    expect(await on.fates("Care-two")).toMatchObject([{ state: "skipped", reason: "own_words" }]);
    expect(on.counts("Care-two").facebook).toBe(0);
  });

  it("a draft that a person has changed keeps their words when the original is edited", async () => {
    const { id } = await on.link("mastodon", ["facebook"], { review: true });
    const original = await on.phone("mastodon", "Care-three: watr");
    await until("it is a draft", async () => (await seen(id, "Care-three"))?.state === "shared");
    const { data } = await on.call<{ data: { id: string; text: string; revision: number }[] }>(
      "GET",
      "/v1/posts?state=draft",
    );
    const draft = data.find(({ text }) => text.includes("Care-three"));
    const answer = await on.request(
      "PATCH",
      `/v1/posts/${draft?.id}`,
      { text: "Care-three, by hand" },
      { "if-match": '"1"' },
    );
    expect(answer.status).toBe(200);
    await on.phoneAgain("mastodon", original, "edit", "Care-three: water");
    const item = await until("the edit was seen", async () => {
      const found = await seen(id, "Care-three");
      return found?.change ? found : undefined;
    });
    const decided = await on.call<{ done: boolean }>("POST", `/v1/links/${id}/items/${item.id}/decide`, {
      decision: "follow",
    });
    expect(decided.done).toBe(false);
    expect((await on.request("GET", `/v1/posts/${draft?.id}`)).json.text).toBe("Care-three, by hand");
  });

  it.each([
    [{ activeFrom: "2027-02-01T00:00:00Z", activeTo: "2027-01-01T00:00:00Z" }, "/activeTo", "invalid_value"],
    [{ activeTo: "2020-01-01T00:00:00Z" }, "/activeTo", "invalid_value"],
    [{ transform: { text: "{text} {text}" } }, "/transform/text", "repeated_placeholder"],
    [{ transform: { append: "More: {link}" } }, "/transform/append", "unknown_placeholder"],
  ])(
    "a link whose time is over or ends before it begins, or whose text is not what it seems, is refused",
    async (more, ...issue) => {
      const body = { source: on.on.mastodon.id, targets: [on.on.x.id], ...more };
      const { status, json } = await on.request("POST", "/v1/links", body);
      expect([status, json.issues?.[0]?.pointer, json.issues?.[0]?.code]).toEqual([400, ...issue]);
    },
  );

  it("a source that no link shares any more rests, and is read at once where one does again", async () => {
    const { id } = await on.link("mastodon", ["x"]);
    await on.settled();
    await on.call("PATCH", `/v1/links/${id}`, { state: "paused" });
    await on.sql("update sources set next_read_at = now() - interval '2 minutes'");
    await until(
      "it rests",
      async () =>
        (await on.sql("select 1 from sources where next_read_at > now() + interval '5 minutes'")).length,
    );
    await on.call("PATCH", `/v1/links/${id}`, { state: "active" });
    await on.phone("mastodon", "Care-rested");
    await until("it is there", () => on.counts("Care-rested").x);
  });

  it("a cursor that is none is refused", async () => {
    const { id } = await on.link("mastodon", ["facebook"]);
    expect((await on.request("GET", `/v1/links/${id}/items?cursor=%00`)).status).toBe(400);
  });

  it("a link that leads back later brings up nothing old from there, and loses nothing that is on its way", async () => {
    const { id } = await on.link("tumblr", ["x"]);
    await on.link("x", ["threads"]);
    await on.settled();
    await postUnread(["tumblr", "Care-forth"], ["x", "Care-old"]);
    await on.call("PATCH", `/v1/links/${id}`, { bothWays: true });
    await on.phone("x", "Care-back");
    await until("both are there", () => on.counts("Care-forth").x && on.counts("Care-back").tumblr);
    await on.settled();
    expect(on.counts("Care-old")).toMatchObject({ tumblr: 0, threads: 1 });
  });

  it("a target more on a link that leads both ways loses nothing that is on its way back", async () => {
    const { id } = await on.link("tumblr", ["x"], { bothWays: true });
    await on.link("facebook", ["threads"]);
    await on.settled();
    await postUnread(["x", "Care-more"], ["facebook", "Care-elsewhere"]);
    await on.call("PATCH", `/v1/links/${id}`, { targets: [on.on.x.id, on.on.facebook.id] });
    await until("it is there", () => on.counts("Care-more").tumblr);
    await on.settled();
    expect(on.counts("Care-elsewhere")).toMatchObject({ tumblr: 0, threads: 1 });
  });

  it("an option for all targets is used by those that have it, and keeps nothing from the others", async () => {
    await on.link("mastodon", ["x", "reddit"], {
      transform: { options: { subreddit: "clarion", title: "Care-title" } },
    });
    await on.phone("mastodon", "Care-option");
    await until("it is on both", () => on.counts("Care-option").x && on.counts("Care-title").reddit);
  });

  it("an edit nobody has decided about is asked about again when all that was gone comes back", async () => {
    const { id } = await on.link("threads", ["facebook"], { onDelete: "delete" });
    const words = ["Care-a", "Care-b", "Care-c", "Care-d"];
    for (const word of words) await on.phone("threads", word);
    await until("they are there", () => words.every((word) => on.counts(word).facebook));
    await on.settled();
    await on.sql("update source_items set content_hash = 'as of before' where content->>'text' = 'Care-a'");
    const change = async (word: string) => (await seen(id, word))?.change?.kind;
    await until("the edit was seen", async () => (await change("Care-a")) === "edited");
    await nobodyReads(on);
    const { db } = on.app.world;
    const [source] = await on.sql<{ id: string }>("select id from sources");
    for (let times = 0; times < 3; times++)
      await transaction(db, (tx) => noteMissing(tx, source?.id ?? "", [], new Date(0)));
    await until("it asks", async () => (await change("Care-a")) === "deleted");
    await on.sql("update sources set next_read_at = now()");
    await until("all is back", async () => (await change("Care-b")) === undefined);
    expect([await change("Care-a"), on.counts("Care-a").facebook]).toEqual(["edited", 1]);
  });

  /** Posts where nobody reads for now, so long ago that no clock can be the reason for what becomes of it. */
  async function postUnread(...posts: readonly (readonly [Platform, string])[]): Promise<void> {
    await nobodyReads(on);
    for (const [platform, text] of posts) await on.phone(platform, text);
    const postedAt = Date.now();
    await until("some seconds are over", () => Date.now() > postedAt + 3000);
  }
});
