import { describe, expect, it } from "@jest/globals";
import { noteMissing } from "../../src/db/missing-items.ts";
import { askAbout, type TakenItem } from "../../src/db/source-items.ts";
import { transaction } from "../../src/db/transaction.ts";
import { picture } from "../support/mirror-stage.ts";
import { until } from "../support/until.ts";
import { itemsOn, type SeenItem, useMirrorStage } from "../support/use-mirror-stage.ts";

const on = useMirrorStage();

const { all, seen, decide, when } = itemsOn(on);
const isShared = ({ state }: SeenItem) => state === "shared";
const change = (linkId: string, body: object) => on.call("PATCH", `/v1/links/${linkId}`, body);
const mended = {
  transform: { byTarget: { reddit: { options: { subreddit: "clarion", title: "{title}" } } } },
};
const withoutSubreddit = { transform: {} };
/** Nobody shares them until the answer is called. */
async function hold(itemIds: readonly string[]): Promise<() => Promise<void>> {
  await on.sql(`create or replace function later() returns trigger language plpgsql as $$
    begin new.next_share_at = now() + interval '1 hour'; return new; end $$`);
  await on.sql(`create trigger later before update on source_items for each row
    when (new.again and not old.again) execute function later()`);
  return async () => {
    await on.sql("drop trigger later on source_items");
    await on.sql("update source_items set next_share_at = now() where id = any($1) and again", [itemIds]);
  };
}

describe("what was shared goes further when a person says so", () => {
  it("to an account that had been left out, once the link is mended, and to nobody twice", async () => {
    const { id } = await on.link("mastodon", ["reddit", "x"], withoutSubreddit);
    await on.phone("mastodon", "Further-one", await picture("A well"));
    const item = await when(id, "Further-one", isShared);
    expect(item.notes).toMatchObject([{ accountId: on.on.reddit.id, code: "option_missing" }]);
    await change(id, mended);
    expect((await decide(id, item.id, "share")).status).toBe(200);
    await until("it is there", () => on.withText("reddit", "Further-one").length);
    await on.settled();
    expect(on.counts("Further-one")).toMatchObject({ mastodon: 1, x: 1, reddit: 1 });
    expect(on.withText("reddit", "Further-one")[0]?.media).toHaveLength(1);
    const after = await seen(id, "Further-one");
    expect(after).toMatchObject({ state: "shared", reason: null, notes: [{ code: "alt_text_left_out" }] });
    expect(after?.copies).toHaveLength(2);
    expect((await decide(id, item.id, "share")).status).toBe(409);
    expect(await on.sql("select 1 from media where of_id is null")).toHaveLength(1);
  });

  it("to a target that the link has got since, with what was said of others unchanged", async () => {
    const { id } = await on.link("mastodon", ["reddit", "x"], withoutSubreddit);
    await on.phone("mastodon", "Further-two");
    const item = await when(id, "Further-two", isShared);
    const targets = [on.on.reddit.id, on.on.x.id, on.on.tumblr.id];
    await change(id, { targets });
    expect((await decide(id, item.id, "share")).status).toBe(200);
    await until("it is there", () => on.counts("Further-two").tumblr);
    await on.settled();
    expect(on.counts("Further-two")).toMatchObject({ x: 1, tumblr: 1, reddit: 0 });
    expect((await seen(id, "Further-two"))?.notes).toMatchObject([
      { accountId: on.on.reddit.id, code: "option_missing" },
    ]);
  });

  it("along that one link, whatever another would bring now", async () => {
    const { id } = await on.link("mastodon", ["reddit", "x"], withoutSubreddit);
    await on.phone("mastodon", "Further-eight");
    const item = await when(id, "Further-eight", isShared);
    await on.settled();
    await change(id, { targets: [on.on.reddit.id, on.on.x.id, on.on.tumblr.id] });
    expect((await decide(id, item.id, "share")).status).toBe(200);
    await until("it is there", () => on.counts("Further-eight").tumblr);
    await change(id, { targets: [on.on.reddit.id, on.on.x.id, on.on.tumblr.id, on.on.bluesky.id] });
    const other = await on.link("mastodon", ["facebook"]);
    expect((await decide(other.id, item.id, "share")).status).toBe(200);
    await until("it is there", () => on.counts("Further-eight").facebook);
    await on.settled();
    expect(on.counts("Further-eight")).toMatchObject({ x: 1, tumblr: 1, facebook: 1, bluesky: 0, reddit: 0 });
    expect((await seen(id, "Further-eight"))?.notes).toMatchObject([{ accountId: on.on.reddit.id }]);
  });

  it("but not to one that has the same already, along a chain neither", async () => {
    const { id } = await on.link("mastodon", ["bluesky", "facebook"]);
    await on.link("facebook", ["threads"]);
    for (const platform of ["bluesky", "threads", "mastodon"] as const)
      await on.phone(platform, "Further-nine: clean water");
    const item = await when(id, "Further-nine", isShared);
    await on.settled();
    await change(id, { targets: [on.on.bluesky.id, on.on.facebook.id, on.on.tumblr.id] });
    expect((await decide(id, item.id, "share")).status).toBe(200);
    await until("it is there", () => on.counts("Further-nine").tumblr);
    await on.settled();
    expect(on.counts("Further-nine")).toMatchObject({ bluesky: 1, threads: 1, facebook: 1, tumblr: 1 });
    expect((await seen(id, "Further-nine"))?.notes.map(({ code }) => code)).toEqual([
      "same_again",
      "same_again",
    ]);
  });

  it("in the order in which things were posted, when several are told to", async () => {
    const { id } = await on.link("mastodon", ["x"]);
    for (let n = 1; n <= 4; n++) await on.phone("mastodon", `Further-row ${n}`);
    await until("all are shared", () => on.counts("Further-row").x === 4);
    await on.settled();
    await change(id, { targets: [on.on.x.id, on.on.tumblr.id] });
    const items = await all(id, "Further-row");
    const release = await hold(items.map((item) => item.id));
    for (const item of items) expect((await decide(id, item.id, "share")).status).toBe(200);
    await release();
    await until("all are there", () => on.counts("Further-row").tumblr === 4);
    const order = await on.sql<{ text: string }>(
      `select p.text from posts p join arrivals r on r.post_id = p.id where r.account_id = $1
       and p.text like 'Further-row%' order by p.due_at, p.id`,
      [on.on.tumblr.id],
    );
    expect(order.map(({ text }) => text)).toEqual([1, 2, 3, 4].map((n) => `Further-row ${n}`));
  });

  it("while something of our own on its account is not settled: it cannot be that", async () => {
    const { id } = await on.link("mastodon", ["x"]);
    await on.phone("mastodon", "Further-ten");
    const item = await when(id, "Further-ten", isShared);
    await on.settled();
    const post = { accounts: [on.on.mastodon.id], text: "Unknown", dueAt: "now" };
    const { id: postId } = await on.call<{ id: string }>("POST", "/v1/posts", post);
    await until("it is out", () => on.counts("Unknown").mastodon);
    await on.settled();
    const unknown = "state = 'needs_decision', next_check_at = now() + interval '1 hour'";
    await on.sql(`update deliveries set ${unknown} where post_id = $1`, [postId]);
    await change(id, { targets: [on.on.x.id, on.on.tumblr.id] });
    expect((await decide(id, item.id, "share")).status).toBe(200);
    await until("it is there", () => on.counts("Further-ten").tumblr);
    await on.sql("update deliveries set state = 'published' where post_id = $1", [postId]);
  });

  it("but not to one whose copy a person dropped", async () => {
    const { id } = await on.link("mastodon", ["x"], { review: true });
    await on.phone("mastodon", "Further-three");
    const item = await when(id, "Further-three", isShared);
    await on.request("DELETE", `/v1/posts/${item.copies[0]?.postId}`);
    expect((await decide(id, item.id, "share")).status).toBe(409);
    await change(id, { targets: [on.on.x.id, on.on.tumblr.id] });
    expect((await decide(id, item.id, "share")).status).toBe(200);
    const { copies } = await when(id, "Further-three", (one) => one.copies.length === 2);
    const states = copies.map(({ platform, state }) => `${platform} ${state}`);
    expect(states.sort()).toEqual(["tumblr draft", "x deleted"]);
  });

  it("with the words of an edit that came meanwhile, which is still asked about", async () => {
    const { id } = await on.link("mastodon", ["x"]);
    const original = await on.phone("mastodon", "Further-four first");
    const { id: itemId } = await when(id, "Further-four", isShared);
    await on.settled();
    await change(id, { targets: [on.on.x.id, on.on.tumblr.id] });
    const release = await hold([itemId]);
    expect((await decide(id, itemId, "share")).status).toBe(200);
    expect((await decide(id, itemId, "share")).status).toBe(409); // it is being shared
    await on.phoneAgain("mastodon", original, "edit", "Further-four second");
    await when(id, "Further-four second", (item) => item.change?.kind === "edited");
    await release();
    await until("it is there", () => on.counts("Further-four second").tumblr);
    await on.settled();
    expect(on.counts("Further-four first")).toMatchObject({ x: 1, tumblr: 0 });
    expect(await seen(id, "Further-four")).toMatchObject({ state: "shared", change: { kind: "edited" } });
    expect((await decide(id, itemId, "leave")).json.done).toBe(true);
  });

  it("though who looked after its deletion ends only then", async () => {
    const { id } = await on.link("mastodon", ["x"]);
    await on.phone("mastodon", "Further-late");
    const { id: itemId } = await when(id, "Further-late", isShared);
    await on.settled();
    await change(id, { targets: [on.on.x.id, on.on.tumblr.id] });
    const [before] = await on.sql<TakenItem>(
      `select source_id as "sourceId", external_id as "externalId", fence from source_items where id = $1`,
      [itemId],
    );
    const release = await hold([itemId]);
    expect((await decide(id, itemId, "share")).status).toBe(200);
    if (before) await askAbout(on.app.world.db, before);
    expect(
      await on.sql("select next_share_at is null as stuck from source_items where id = $1", [itemId]),
    ).toEqual([{ stuck: false }]);
    await release();
    await until("it is there", () => on.counts("Further-late").tumblr);
  });

  it("not when its original is deleted meanwhile", async () => {
    const { id } = await on.link("mastodon", ["x"]);
    await on.phone("mastodon", "Further-five stays");
    const original = await on.phone("mastodon", "Further-five goes");
    const { id: itemId } = await when(id, "Further-five goes", isShared);
    await on.settled();
    await change(id, { targets: [on.on.x.id, on.on.tumblr.id] });
    const release = await hold([itemId]);
    expect((await decide(id, itemId, "share")).status).toBe(200);
    await on.phoneAgain("mastodon", original, "delete");
    await when(id, "Further-five goes", (item) => item.change?.kind === "deleted");
    await release();
    await on.settled();
    expect(on.counts("Further-five goes")).toMatchObject({ x: 1, tumblr: 0 });
    expect((await decide(id, itemId, "share")).status).toBe(409);
    expect(await seen(id, "Further-five goes")).toMatchObject({ change: { kind: "deleted" } });
    expect((await decide(id, itemId, "leave")).json.done).toBe(true);
    expect((await decide(id, itemId, "share")).status).toBe(409);
  });

  it("says why it did not, and stays what it was", async () => {
    const { id } = await on.link("mastodon", ["x"]);
    await on.phone("mastodon", "Further-six");
    const { id: itemId } = await when(id, "Further-six", isShared);
    await on.settled();
    await change(id, { targets: [on.on.x.id, on.on.tumblr.id] });
    const release = await hold([itemId]);
    expect((await decide(id, itemId, "share")).status).toBe(200);
    await change(id, { filter: { include: "#share" } });
    await release();
    await when(id, "Further-six", ({ reason }) => reason?.code === "not_opted_in");
    expect(await seen(id, "Further-six")).toMatchObject({ state: "shared" });
    expect(on.counts("Further-six")).toMatchObject({ x: 1, tumblr: 0 });
    expect((await decide(id, itemId, "share")).status).toBe(409);
  });

  it("not once it turned out to be gone, whoever was about to", async () => {
    const { id } = await on.link("mastodon", ["x"]);
    await on.phone("mastodon", "Further-seven");
    const { id: itemId } = await when(id, "Further-seven", isShared);
    await change(id, { targets: [on.on.x.id, on.on.tumblr.id] });
    const release = await hold([itemId]);
    expect((await decide(id, itemId, "share")).status).toBe(200);
    await on.sql("update sources set next_read_at = now() + interval '1 hour'");
    const [row] = await on.sql<{ source_id: string }>("select source_id from source_items where id = $1", [
      itemId,
    ]);
    for (let time = 0; time < 3; time++)
      await transaction(on.app.world.db, (tx) => noteMissing(tx, row?.source_id ?? "", [], new Date(0)));
    expect(await on.sql("select again, changed from source_items where id = $1", [itemId])).toEqual([
      { again: false, changed: "deleted" },
    ]);
    await release();
  });
});
