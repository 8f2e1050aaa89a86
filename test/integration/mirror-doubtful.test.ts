import { describe, expect, it } from "@jest/globals";
import type { Platform } from "../../src/domain/platform.ts";
import { picture } from "../support/mirror-stage.ts";
import { until } from "../support/until.ts";
import { useMirrorStage } from "../support/use-mirror-stage.ts";

const on = useMirrorStage();

const slow = { fault: "slow", times: 1, delayMs: 6000 } as const;
const post = (platform: Platform, body: object) =>
  on.call<{ id: string }>("POST", "/v1/posts", { accounts: [on.on[platform].id], dueAt: "now", ...body });

async function decideShare(linkId: string, word: string): Promise<void> {
  const { data } = await on.call<{ data: { id: string; text: string; reason: { code: string } | null }[] }>(
    "GET",
    `/v1/links/${linkId}/items`,
  );
  const item = data.find(({ text, reason }) => text.includes(word) && reason?.code === "own_words");
  await on.call("POST", `/v1/links/${linkId}/items/${item?.id}/decide`, { decision: "share" });
}

describe("what an account shows and may be what was sent there without an answer", () => {
  it("is not shared on, titles or not; a person who knows better shares it by hand", async () => {
    await on.link("mastodon", ["reddit"]);
    const { id } = await on.link("reddit", ["facebook"]);
    await on.settled();
    on.app.practice.setFault("reddit", slow);
    await on.phone("mastodon", "Doubt-one comes. It has a second sentence too.");
    await until("two are there", () => on.counts("Doubt-one").reddit === 2, 40_000);
    await on.settled();
    expect(on.counts("Doubt-one").facebook).toBe(1);
    await decideShare(id, "Doubt-one");
    await until("it is there", () => on.counts("Doubt-one").facebook === 2);
  });

  it("is known by the words that its post had then, too", async () => {
    await on.link("x", ["facebook"]);
    await on.settled();
    on.app.practice.setFault("x", { ...slow, delayMs: 9000 });
    const { id } = await post("x", { text: "Doubt-two, old words" });
    await until("it has begun", () => on.app.practice.faults().x === undefined);
    on.app.practice.setFault("x", { fault: "429", resetAfterMs: 4000 });
    const isRetrying = async () =>
      (await on.sql("select 1 from deliveries where post_id = $1 and state = 'retrying'", [id])).length > 0;
    await until("it waits to be sent again", isRetrying, 11_000);
    on.app.practice.setFault("x", null);
    const edit = { text: "Doubt-two, new words" };
    const edited = await on.request("PATCH", `/v1/posts/${id}`, edit, { "if-match": '"1"' });
    expect(edited.status).toBe(200);
    await until("both are there", () => on.counts("Doubt-two").x === 2, 40_000);
    await on.settled();
    expect(on.counts("Doubt-two").facebook).toBe(0);
  });
});

describe("what a person posts by themselves", () => {
  it.each(["reset_after_accept", "5xx_after_accept"] as const)(
    "is shared though ours had the same words, and an answer that was lost (%s) and found",
    async (fault) => {
      const word = `Person ${fault === "5xx_after_accept" ? "one" : "two"}`;
      await on.link("mastodon", ["facebook"]);
      await on.settled();
      on.app.practice.setFault("mastodon", { fault, times: 1 });
      await post("mastodon", { text: word });
      await on.settled();
      await on.phone("mastodon", `${word}!`, await picture("mine"));
      await until("it is there", () => on.counts(word).facebook === 1);
    },
  );

  it("is not taken for ours where that was given up, nor shared before they say so", async () => {
    const { id: linkId } = await on.link("x", ["facebook"]);
    await on.settled();
    on.app.practice.setFault("x", { fault: "reset_before" });
    const { id } = await post("x", { text: "Person three" });
    const inDoubt =
      "select 1 from attempts t join deliveries d on d.id = t.delivery_id where d.post_id = $1 and t.outcome is not null";
    await until("it is in doubt", async () => (await on.sql(inDoubt, [id])).length);
    await until(
      "it is given up",
      async () => (await on.request("POST", `/v1/posts/${id}/cancel`)).status === 200,
      20_000,
    );
    on.app.practice.setFault("x", null);
    await on.settled();
    await on.phone("x", "Person three");
    await until("it was seen", async () => (await on.fates("Person three"))[0]?.reason === "own_words");
    expect(on.counts("Person three").facebook).toBe(0);
    await decideShare(linkId, "Person three");
    await until("it is there", () => on.counts("Person three").facebook === 1);
  });
});
