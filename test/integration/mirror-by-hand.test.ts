import { describe, expect, it } from "@jest/globals";
import { picture } from "../support/mirror-stage.ts";
import { until } from "../support/until.ts";
import { itemsOn, useMirrorStage } from "../support/use-mirror-stage.ts";

const on = useMirrorStage();

const { all: seen, decide } = itemsOn(on);

describe("what was left out", () => {
  it("for its words is shared when a person says so, once", async () => {
    const { id } = await on.link("mastodon", ["x"]);
    await on.phone("mastodon", "Hand-one: the weekly report https://example.org/a");
    await on.settled();
    await on.phone("mastodon", "Hand-one: the weekly report https://example.org/b");
    const item = await until("it was left out", async () =>
      (await seen(id, "Hand-one")).find(({ reason }) => reason?.code === "there_already"),
    );
    expect((await decide(id, item.id, "retry")).status).toBe(409);
    expect((await decide(id, item.id, "share")).status).toBe(200);
    await until("it is there", () => on.counts("Hand-one").x === 2);
    await on.settled();
    expect((await decide(id, item.id, "share")).status).toBe(409);
    expect(on.counts("Hand-one")).toMatchObject({ mastodon: 2, x: 2 });
  });
});

describe("a copy that waits for its time", () => {
  it("is a draft again when its original is deleted meanwhile, unless a person has changed it", async () => {
    const { id } = await on.link("mastodon", ["x"], { delayMinutes: 90 });
    await on.phone("mastodon", "Hand-three: stays");
    const [taken, changed] = [
      await on.phone("mastodon", "Hand-three: taken back"),
      await on.phone("mastodon", "Hand-three: another"),
    ];
    const planned = async (word: string) => {
      const [item] = await seen(id, word);
      const [copy] = item?.copies ?? [];
      return copy && on.call<Planned>("GET", `/v1/posts/${copy.postId}`);
    };
    interface Planned {
      readonly id: string;
      readonly state: string;
      readonly revision: number;
    }
    const theirs = await until("it is planned", () => planned("another"));
    await until("so is the other", () => planned("taken back"));
    const words = { text: "Hand-three: my own words" };
    await on.request("PATCH", `/v1/posts/${theirs.id}`, words, { "if-match": `"${theirs.revision}"` });
    await on.phoneAgain("mastodon", taken, "delete");
    await on.phoneAgain("mastodon", changed, "delete");
    await until("it is a draft", async () => (await planned("taken back"))?.state === "draft");
    await until("both ask", async () =>
      [...(await seen(id, "taken back")), ...(await seen(id, "another"))].every(({ change }) => change),
    );
    await on.settled();
    const left = await on.sql(
      "select text, due_at is null as draft from posts where text like 'Hand-three%' order by text",
    );
    expect(left).toEqual([
      { text: "Hand-three: my own words", draft: false },
      { text: "Hand-three: stays", draft: false },
      { text: "Hand-three: taken back", draft: true },
    ]);
  });
});

describe("a link that is paused or deleted", () => {
  const copiesOf = async (word: string) =>
    on.sql<{ accounts: string[]; draft: boolean }>(
      "select content->'accounts' as accounts, due_at is null as draft from posts where text like $1",
      [`${word}%`],
    );

  it("stops what waits for its time, alone or beside others, and says so", async () => {
    const { id } = await on.link("mastodon", ["x"], { delayMinutes: 90 });
    await on.link("mastodon", ["facebook"], { delayMinutes: 90 });
    await on.link("instagram", ["threads"], { delayMinutes: 90 });
    await on.phone("mastodon", "Ends-five");
    await until("it is planned", async () => (await copiesOf("Ends-five"))[0]?.accounts.length === 2);
    await on.call("PATCH", `/v1/links/${id}`, { state: "paused" });
    expect(await copiesOf("Ends-five")).toEqual([{ accounts: [on.on.facebook.id], draft: false }]);
    const [item] = await seen(id, "Ends-five");
    expect(item?.copies).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ accountId: on.on.x.id, state: "left_out" }),
        expect.objectContaining({ accountId: on.on.facebook.id, state: "scheduled" }),
      ]),
    );
    expect(await on.fates("Ends-five")).toMatchObject([
      { notes: [{ accountId: on.on.x.id, code: "link_ended" }] },
    ]);
    const links = await on.call<{ data: { id: string; targets: string[] }[] }>("GET", "/v1/links");
    const other = links.data.find(({ targets }) => targets[0] === on.on.facebook.id);
    expect((await on.request("DELETE", `/v1/links/${other?.id}`)).status).toBe(204);
    expect(await copiesOf("Ends-five")).toMatchObject([{ draft: true }]);
  });

  it("stops what waits once more when it is paused again", async () => {
    const { id } = await on.link("mastodon", ["x"], { delayMinutes: 90 });
    await on.phone("mastodon", "Ends-again");
    await until("it is planned", async () => (await copiesOf("Ends-again")).length === 1);
    await on.sql("update links set mirrors_since = now() + interval '5 seconds'");
    await on.call("PATCH", `/v1/links/${id}`, { state: "paused" });
    expect(await copiesOf("Ends-again")).toMatchObject([{ draft: true }]);
  });

  it("stops what waits though a younger link leads there, too", async () => {
    const { id } = await on.link("mastodon", ["x"], { delayMinutes: 90 });
    await on.phone("mastodon", "Ends-younger");
    await until("it is planned", async () => (await copiesOf("Ends-younger")).length === 1);
    const other = await on.link("mastodon", ["x"]);
    await on.sql("update links set mirrors_since = now() + interval '5 seconds' where id = $1", [other.id]);
    expect((await on.request("DELETE", `/v1/links/${id}`)).status).toBe(204);
    expect(await copiesOf("Ends-younger")).toMatchObject([{ draft: true }]);
  });

  it("shares nothing of what was posted while it was paused, however short that was", async () => {
    const { id } = await on.link("mastodon", ["x"]);
    await on.call("PATCH", `/v1/links/${id}`, { state: "paused" });
    await on.phone("mastodon", "Short-six");
    const beganMs = Date.now();
    await until("more than what clocks may differ has passed", () => Date.now() - beganMs > 3500);
    await on.call("PATCH", `/v1/links/${id}`, { state: "active" });
    await on.phone("mastodon", "After-six");
    await until("it goes on", () => on.counts("After-six").x);
    await on.settled();
    expect(on.counts("Short-six").x).toBe(0);
  });
});

describe("what a person has passed on by hand already", () => {
  it("does not come there a second time, though nobody reads that account", async () => {
    await on.link("instagram", ["facebook", "threads"]);
    const file = await picture("A well that is ours");
    await on.phone("facebook", "Twice-seven: clean water", file);
    await on.phone("instagram", "Twice-seven: clean water", file);
    await until("it is on the other one", () => on.counts("Twice-seven").threads);
    await on.settled();
    expect(on.counts("Twice-seven")).toMatchObject({ facebook: 1, instagram: 1, threads: 1 });
    expect(await on.fates("Twice-seven")).toMatchObject([
      { state: "shared", notes: [{ accountId: on.on.facebook.id, code: "same_again" }] },
    ]);
  });
});

describe("a post whose files its platform does not give yet", () => {
  it("waits for them, and then goes without, which it says", async () => {
    const { id } = await on.link("mastodon", ["x"]);
    await on.settled();
    await on.sql("update sources set held_at = now()");
    await on.phone("mastodon", "Hand-four: a film");
    await until("it is held", async () => (await seen(id, "Hand-four"))[0]?.state === "held");
    await on.sql("update sources set next_read_at = now() + interval '1 hour'");
    await on.sql(
      `update source_items set content = content || '{"missingFiles": 1}' where content->>'text' like 'Hand-four%'`,
    );
    await on.call("POST", `/v1/links/${id}/held`, { decision: "share" });
    await until("it waits", async () => (await seen(id, "Hand-four"))[0]?.reason?.code === "files_not_ready");
    expect(on.counts("Hand-four").x).toBe(0);
    await on.sql(
      "update source_items set seen_at = now() - interval '16 minutes', next_share_at = now() where state = 'new'",
    );
    await until("it is there", () => on.counts("Hand-four").x === 1);
    expect(await on.fates("Hand-four")).toMatchObject([
      { state: "shared", notes: [{ code: "file_missing" }] },
    ]);
  });
});
