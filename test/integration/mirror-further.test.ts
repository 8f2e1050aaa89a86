import { describe, expect, it } from "@jest/globals";
import { picture } from "../support/mirror-stage.ts";
import { until } from "../support/until.ts";
import { holdSharing, itemsOn, type SeenItem, useMirrorStage } from "../support/use-mirror-stage.ts";

const on = useMirrorStage();

const { all, seen, decide, when } = itemsOn(on);
const isShared = ({ state }: SeenItem) => state === "shared";
const change = (linkId: string, body: object) => on.call("PATCH", `/v1/links/${linkId}`, body);
const mended = {
  transform: { byTarget: { reddit: { options: { subreddit: "clarion", title: "{title}" } } } },
};
const withoutSubreddit = { transform: {} };

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
    const release = await holdSharing(
      on,
      items.map((item) => item.id),
    );
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

  it("to one that was taken out of a waiting copy, for nothing was sent there", async () => {
    const { id } = await on.link("mastodon", ["x", "tumblr"], { delayMinutes: 60 });
    await on.phone("mastodon", "Further-out");
    const item = await when(id, "Further-out", ({ copies }) => copies.length === 2);
    const both = [on.on.x.id, on.on.tumblr.id];
    await change(id, { targets: [on.on.tumblr.id] });
    await when(id, "Further-out", ({ copies }) => copies.some(({ state }) => state === "left_out"));
    await change(id, { targets: both });
    expect((await decide(id, item.id, "share")).status).toBe(200);
    const { copies } = await when(
      id,
      "Further-out",
      (one) => one.copies.filter(({ state }) => state === "scheduled").length === 2,
    );
    expect(copies.map(({ accountId }) => accountId).toSorted()).toEqual(both.toSorted());
    expect((await decide(id, item.id, "share")).status).toBe(409);
  });

  it("but not to one that a person took out", async () => {
    const { id } = await on.link("mastodon", ["x", "tumblr"], { review: true });
    await on.phone("mastodon", "Further-person");
    const item = await when(id, "Further-person", ({ copies }) => copies.length === 2);
    const path = `/v1/posts/${item.copies[0]?.postId}`;
    const taken = await on.request("PATCH", path, { accounts: [on.on.tumblr.id] }, { "if-match": '"1"' });
    expect(taken.status).toBe(200);
    await decide(id, item.id, "share");
    await when(id, "Further-person", ({ reason }) => reason?.code === "there_already");
    const { copies } = await when(id, "Further-person", isShared);
    expect(copies.map(({ state }) => state).toSorted()).toEqual(["draft", "left_out"]);
  });

  it("but not to one that was taken out when something may have been sent there", async () => {
    const { id } = await on.link("mastodon", ["x", "tumblr"], { delayMinutes: 60 });
    await on.phone("mastodon", "Further-sent");
    const item = await when(id, "Further-sent", ({ copies }) => copies.length === 2);
    await on.sql(
      `insert into attempts (delivery_id, fence, phase, started_at, ended_at)
       select id, 1, 'closed', now(), now() from deliveries where account_id = $1 and post_id = $2`,
      [on.on.x.id, item.copies[0]?.postId],
    );
    await change(id, { targets: [on.on.tumblr.id] });
    await when(id, "Further-sent", ({ copies }) => copies.some(({ state }) => state === "left_out"));
    await change(id, { targets: [on.on.x.id, on.on.tumblr.id] });
    expect((await decide(id, item.id, "share")).status).toBe(200);
    await when(id, "Further-sent", ({ reason }) => reason?.code === "there_already");
    expect((await seen(id, "Further-sent"))?.copies).toHaveLength(2);
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
});
