import { describe, expect, it } from "@jest/globals";
import { until } from "../support/until.ts";
import { useMirrorStage } from "../support/use-mirror-stage.ts";

const on = useMirrorStage();

interface Listed {
  readonly data: readonly {
    readonly text: string;
    readonly state: string;
    readonly copies: readonly {
      readonly postId: string;
      readonly platform: string;
      readonly state: string;
    }[];
  }[];
  readonly nextCursor: string | null;
}
const items = (linkId: string, query = "") => on.call<Listed>("GET", `/v1/links/${linkId}/items${query}`);

describe("the items of a link", () => {
  it("can be narrowed to one state, page by page, the newest of all sources first", async () => {
    const { id } = await on.link("mastodon", ["x"], { filter: { exclude: "#private" }, bothWays: true });
    await on.link("tumblr", ["facebook"]);
    await on.settled();
    const posted = [
      ["tumblr", "Narrow-0, of another link"],
      ["mastodon", "Narrow-1 #private"],
      ["mastodon", "Narrow-2 #private"],
      ["x", "Narrow-3 #private"],
      ["mastodon", "Narrow-4"],
      ["x", "Narrow-5 #private"],
      ["mastodon", "Narrow-6 #private"],
    ] as const;
    for (const [platform, text] of posted) {
      await on.phone(platform, text);
      await on.settled();
    }
    const narrowed = async (query: string) => {
      const { data, nextCursor } = await items(id, query);
      return { texts: data.map(({ text }) => text.slice(0, 8)), nextCursor };
    };
    expect(await narrowed("?state=shared")).toEqual({ texts: ["Narrow-4"], nextCursor: null });
    expect((await narrowed("?state=held")).texts).toEqual([]);
    // The copy of the fourth on X is our own there.
    const skipped = [6, 5, 4, 3, 2, 1].map((n) => `Narrow-${n}`);
    const first = await narrowed("?state=skipped&limit=2");
    expect(first.texts).toEqual(skipped.slice(0, 2));
    const rest = await narrowed(`?state=skipped&cursor=${first.nextCursor}`);
    expect(rest).toEqual({ texts: skipped.slice(2), nextCursor: null });
    expect((await on.request("GET", `/v1/links/${id}/items?state=own`)).status).toBe(400);
  });

  const closed = { byTarget: { reddit: { options: { subreddit: "Closed", title: "{title}" } } } };
  const over = ["published", "failed"];
  const copiesOf = async (linkId: string, word: string) =>
    (await items(linkId, "?state=shared")).data.find(({ text }) => text.startsWith(word))?.copies ?? [];
  const finished = (linkId: string, word: string) =>
    until("all is over", async () => {
      const copies = await copiesOf(linkId, word);
      const isOver = copies.length > 0 && copies.every(({ state }) => over.includes(state));
      return isOver ? copies : undefined;
    });

  it("say of each copy where it is, or what its platform said against it", async () => {
    const { id } = await on.link("mastodon", ["reddit", "x", "tumblr"], { transform: closed });
    await on.settled();
    await on.phone("mastodon", "Copies-1");
    const copies = await finished(id, "Copies");
    const copyOn = (name: string) => copies.find(({ platform }) => platform === name);
    const there = { state: "published", externalUrl: expect.stringMatching(/^http/), error: null };
    expect(copies).toHaveLength(3);
    expect(copyOn("x")).toMatchObject(there);
    expect(copyOn("tumblr")).toMatchObject(there);
    expect(copyOn("reddit")).toMatchObject({
      state: "failed",
      externalUrl: null,
      error: { code: expect.any(String), message: expect.stringContaining("subreddit") },
    });
  });

  it("say nothing against a copy that a person has made a draft of again", async () => {
    const { id } = await on.link("mastodon", ["facebook"]);
    await on.settled();
    on.app.practice.setFault("facebook", { fault: "429", times: 1, resetAfterMs: 3_600_000 });
    await on.phone("mastodon", "Draft-1");
    const waiting = await until("it is tried again", async () => {
      const copies = await copiesOf(id, "Draft");
      return copies.find(({ state }) => state === "retrying");
    });
    expect(waiting).toMatchObject({ externalUrl: null, error: { code: expect.any(String) } });
    const match = { "if-match": '"1"' };
    const path = `/v1/posts/${waiting.postId}`;
    expect((await on.request("PATCH", path, { dueAt: null }, match)).status).toBe(200);
    const draft = { platform: "facebook", state: "draft", externalUrl: null, error: null };
    expect(await copiesOf(id, "Draft")).toMatchObject([draft]);
  });
});
