import { describe, expect, it } from "@jest/globals";
import { picture } from "../support/mirror-stage.ts";
import { until } from "../support/until.ts";
import { itemsOn, type SeenItem, useMirrorStage } from "../support/use-mirror-stage.ts";

const on = useMirrorStage();

const { decide, when } = itemsOn(on);

describe("a copy that waits", () => {
  it("follows one edit after another, and is stopped with its original all the same", async () => {
    const { id } = await on.link("mastodon", ["x"], { delayMinutes: 90 });
    await on.phone("mastodon", "Waits-one stays");
    const original = await on.phone("mastodon", "Waits-one first");
    const { id: itemId } = await when(id, "Waits-one first", ({ copies }) => copies.length);
    for (const words of ["Waits-one second", "Waits-one third"]) {
      await on.phoneAgain("mastodon", original, "edit", words);
      await when(id, words, ({ change }) => change?.kind === "edited");
      expect((await decide(id, itemId, "follow")).json.done).toBe(true);
    }
    await on.phoneAgain("mastodon", original, "delete");
    await when(id, "Waits-one third", ({ copies }) => copies[0]?.state === "draft");
    expect(await on.fates("Waits-one third")).toMatchObject([{ notes: [{ code: "original_gone" }] }]);
  });

  it("is stopped though its account pauses, or another of its post has gone out", async () => {
    const { id } = await on.link("mastodon", ["x", "tumblr"]);
    const accountId = on.on.tumblr.id;
    await on.call("POST", "/v1/pause", { reason: "Elections", accountId });
    await on.phone("mastodon", "Waits-two stays");
    const original = await on.phone("mastodon", "Waits-two goes");
    await until("it is on the other", () => on.counts("Waits-two goes").x);
    await on.phoneAgain("mastodon", original, "delete");
    const states = ({ copies }: SeenItem) => copies.map(({ state }) => state).sort();
    await when(id, "Waits-two goes", (item) => states(item).join() === "canceled,published");
    await on.call("POST", "/v1/resume", { accountId });
    await on.settled();
    expect(on.counts("Waits-two goes")).toMatchObject({ x: 1, tumblr: 0 });
  });

  it("is stopped when its original is deleted after its link was paused and went on", async () => {
    const { id } = await on.link("mastodon", ["x"], { delayMinutes: 90 });
    const other = await on.link("mastodon", ["facebook"]);
    await on.phone("mastodon", "Waits-three stays");
    const original = await on.phone("mastodon", "Waits-three goes");
    await when(id, "Waits-three goes", ({ copies }) => copies.length === 2);
    for (const link of [other.id, id]) await on.call("PATCH", `/v1/links/${link}`, { delayMinutes: 30 });
    await on.sql("update links set mirrors_since = now() + interval '3 seconds'");
    await on.phoneAgain("mastodon", original, "delete");
    await when(id, "Waits-three goes", ({ change }) => change?.kind === "deleted");
    await when(id, "Waits-three goes", ({ copies }) => copies.some(({ state }) => state === "draft"));
  });
});

describe("a decision", () => {
  it("to share something with a picture fetches that anew", async () => {
    const { id } = await on.link("mastodon", ["tumblr"]);
    const file = await picture("A well");
    await on.phone("mastodon", "Decides-four", file);
    await on.settled();
    await on.phone("mastodon", "Decides-four", file);
    const item = await when(id, "Decides-four", ({ reason }) => reason?.code === "there_already");
    expect((await decide(id, item.id, "share")).status).toBe(200);
    await until("it is there", () => on.withText("tumblr", "Decides-four").length === 2);
    expect(on.withText("tumblr", "Decides-four")[1]?.media).toHaveLength(1);
  });

  it("to share is refused where its link would not, and goes along no other", async () => {
    const { id } = await on.link("mastodon", ["x"]);
    await on.phone("mastodon", "Decides-five https://example.org/a");
    await on.settled();
    await on.phone("mastodon", "Decides-five https://example.org/b");
    const item = await when(id, "Decides-five", ({ reason }) => reason?.code === "there_already");
    await on.call("PATCH", `/v1/links/${id}`, { state: "paused" });
    await on.link("mastodon", ["tumblr"]);
    await on.sql("update links set mirrors_since = now() + interval '3 seconds'");
    expect((await decide(id, item.id, "share")).status).toBe(409);
    await on.call("PATCH", `/v1/links/${id}`, { state: "active" });
    await on.sql("update links set mirrors_since = now() + interval '3 seconds'");
    expect((await decide(id, item.id, "share")).status).toBe(200);
    await until("it is there", () => on.counts("Decides-five").x === 2);
    await on.settled();
    expect(on.counts("Decides-five").tumblr).toBe(0);
  });

  it("to pause is not undone by another change at the same time", async () => {
    const { id } = await on.link("mastodon", ["x"]);
    for (let n = 1; n <= 10; n++) {
      await on.call("PATCH", `/v1/links/${id}`, { state: "active" });
      const changes = [{ state: "paused" }, { delayMinutes: n }];
      await Promise.all(changes.map((change) => on.call("PATCH", `/v1/links/${id}`, change)));
      expect(await on.call("GET", `/v1/links/${id}`)).toMatchObject({ state: "paused", delayMinutes: n });
    }
  });

  it("of a person about a draft's words keeps it when the original is deleted", async () => {
    const { id } = await on.link("mastodon", ["x"], { review: true, onDelete: "delete" });
    await on.phone("mastodon", "Decides-six stays");
    const original = await on.phone("mastodon", "Decides-six goes");
    const { copies } = await when(id, "Decides-six goes", (item) => item.copies.length);
    const path = `/v1/posts/${copies[0]?.postId}`;
    await on.request("PATCH", path, { text: "Decides-six, my words" }, { "if-match": '"1"' });
    await on.phoneAgain("mastodon", original, "delete");
    await when(id, "Decides-six goes", ({ change }) => change?.kind === "deleted");
    await on.settled();
    expect((await on.request("GET", path)).json.text).toBe("Decides-six, my words");
  });
});

it("a listing that is short for long loses nothing of what was waiting", async () => {
  const { id } = await on.link("mastodon", ["x"]);
  await on.settled();
  await on.sql("update sources set held_at = now()");
  await on.phone("mastodon", "Short-seven");
  await when(id, "Short-seven", ({ state }) => state === "held");
  // As the last of three short listings would have left it.
  await on.sql("update source_items set state = 'skipped', reason_code = 'gone', missing = 3");
  await when(id, "Short-seven", ({ state }) => state === "held");
  await on.call("POST", `/v1/links/${id}/held`, { decision: "share" });
  await until("it is there", () => on.counts("Short-seven").x);
});

it("a person who skips what was held decides about that alone, not about what was gone before", async () => {
  const { id } = await on.link("mastodon", ["x"]);
  await on.settled();
  const heldAndGone = async (word: string) => {
    await on.sql("update sources set held_at = now()");
    const original = await on.phone("mastodon", word);
    await when(id, word, ({ state }) => state === "held");
    await on.phoneAgain("mastodon", original, "delete");
    await until("it is gone", async () => (await on.fates(word))[0]?.reason === "gone");
  };
  await heldAndGone("Skips-eight before");
  await on.sql("update source_items set seen_at = now() - interval '1 hour'");
  await on.call("POST", `/v1/links/${id}/held`, { decision: "share" });
  await heldAndGone("Skips-eight now");
  await on.call("POST", `/v1/links/${id}/held`, { decision: "skip" });
  expect((await on.fates("Skips-eight")).map(({ reason }) => reason)).toEqual(["gone", "dropped"]);
});

it("what was gone, came back among what is held, and is gone again is skipped with that", async () => {
  const { id } = await on.link("mastodon", ["x"]);
  await on.settled();
  await on.sql("update sources set held_at = now()");
  const original = await on.phone("mastodon", "Skips-nine");
  await when(id, "Skips-nine", ({ state }) => state === "held");
  // As three short listings left it, long before.
  await on.sql(
    `update source_items set state = 'skipped', reason_code = 'gone', missing = 3, seen_at = now() - interval '1 hour'
     where content->>'text' = 'Skips-nine'`,
  );
  await when(id, "Skips-nine", ({ state }) => state === "held");
  await on.phoneAgain("mastodon", original, "delete");
  await until("it is gone", async () => (await on.fates("Skips-nine"))[0]?.reason === "gone");
  await on.call("POST", `/v1/links/${id}/held`, { decision: "skip" });
  expect((await on.fates("Skips-nine"))[0]?.reason).toBe("dropped");
});

it("a hub that asks with a byte that no text can have is refused", async () => {
  const query = "hub.mode=subscribe&hub.topic=%00&hub.challenge=x";
  expect((await on.request("GET", `/hooks/websub/${"a".repeat(30)}?${query}`)).status).toBe(400);
});
