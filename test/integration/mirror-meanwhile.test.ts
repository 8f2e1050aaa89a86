import { describe, expect, it } from "@jest/globals";
import { noteMissing } from "../../src/db/missing-items.ts";
import { askAbout, type TakenItem } from "../../src/db/source-items.ts";
import { transaction } from "../../src/db/transaction.ts";
import { until } from "../support/until.ts";
import { holdSharing, itemsOn, type SeenItem, useMirrorStage } from "../support/use-mirror-stage.ts";

const on = useMirrorStage();

const { seen, decide, when } = itemsOn(on);
const isShared = ({ state }: SeenItem) => state === "shared";
const change = (linkId: string, body: object) => on.call("PATCH", `/v1/links/${linkId}`, body);

describe("what is told to go further", () => {
  it("goes with the words of an edit that came meanwhile, which is still asked about", async () => {
    const { id } = await on.link("mastodon", ["x"]);
    const original = await on.phone("mastodon", "Further-four first");
    const { id: itemId } = await when(id, "Further-four", isShared);
    await on.settled();
    await change(id, { targets: [on.on.x.id, on.on.tumblr.id] });
    const release = await holdSharing(on, [itemId]);
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

  it("goes though who looked after its deletion ends only then", async () => {
    const { id } = await on.link("mastodon", ["x"]);
    await on.phone("mastodon", "Further-late");
    const { id: itemId } = await when(id, "Further-late", isShared);
    await on.settled();
    await change(id, { targets: [on.on.x.id, on.on.tumblr.id] });
    const [before] = await on.sql<TakenItem>(
      `select source_id as "sourceId", external_id as "externalId", fence from source_items where id = $1`,
      [itemId],
    );
    const release = await holdSharing(on, [itemId]);
    expect((await decide(id, itemId, "share")).status).toBe(200);
    if (before) await askAbout(on.app.world.db, before);
    expect(
      await on.sql("select next_share_at is null as stuck from source_items where id = $1", [itemId]),
    ).toEqual([{ stuck: false }]);
    await release();
    await until("it is there", () => on.counts("Further-late").tumblr);
  });

  it("does not when its original is deleted meanwhile", async () => {
    const { id } = await on.link("mastodon", ["x"]);
    await on.phone("mastodon", "Further-five stays");
    const original = await on.phone("mastodon", "Further-five goes");
    const { id: itemId } = await when(id, "Further-five goes", isShared);
    await on.settled();
    await change(id, { targets: [on.on.x.id, on.on.tumblr.id] });
    const release = await holdSharing(on, [itemId]);
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
    const release = await holdSharing(on, [itemId]);
    expect((await decide(id, itemId, "share")).status).toBe(200);
    await change(id, { filter: { include: "#share" } });
    await release();
    await when(id, "Further-six", ({ reason }) => reason?.code === "not_opted_in");
    expect(await seen(id, "Further-six")).toMatchObject({ state: "shared" });
    expect(on.counts("Further-six")).toMatchObject({ x: 1, tumblr: 0 });
    expect((await decide(id, itemId, "share")).status).toBe(409);
  });

  it("does not once it turned out to be gone, whoever was about to", async () => {
    const { id } = await on.link("mastodon", ["x"]);
    await on.phone("mastodon", "Further-seven");
    const { id: itemId } = await when(id, "Further-seven", isShared);
    await change(id, { targets: [on.on.x.id, on.on.tumblr.id] });
    const release = await holdSharing(on, [itemId]);
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
