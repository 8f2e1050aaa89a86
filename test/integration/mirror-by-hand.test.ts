import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { type MirrorStage, openMirrorStage } from "../support/mirror-stage.ts";
import { until } from "../support/until.ts";

let on: MirrorStage;
beforeAll(async () => {
  on = await openMirrorStage();
}, 60_000);
afterAll(() => on.close());
beforeEach(async () => {
  await on.sql("delete from links");
  await on.sql("delete from sources");
});

interface Seen {
  readonly id: string;
  readonly text: string;
  readonly state: string;
  readonly reason: { readonly code: string } | null;
  readonly change: { readonly kind: string } | null;
  readonly copies: readonly { readonly postId: string }[];
}
const seen = async (linkId: string, word: string) =>
  (await on.call<{ data: Seen[] }>("GET", `/v1/links/${linkId}/items`)).data.filter(({ text }) =>
    text.includes(word),
  );
const decide = (linkId: string, itemId: string, decision: string) =>
  on.request("POST", `/v1/links/${linkId}/items/${itemId}/decide`, { decision });

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
