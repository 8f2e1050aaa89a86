import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import { anyFile, attempt, publishFully } from "../../../test/contract/check.ts";
import { type Actor, type AnyCall, prepared } from "../../../test/contract/world.ts";
import { type GraphWorld, graphOnPractice, variant } from "../../../test/support/graph-on-practice.ts";
import type { Variant } from "../../domain/post.ts";
import type { Prepared } from "../contract/adapter.ts";
import { threads } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let us: Actor;

beforeAll(async () => {
  on = await graphOnPractice(threads, practice, "v1.0");
});
afterAll(() => on.world.close());
beforeEach(() => {
  us = on.world.actor();
  on.instead.length = 0;
  on.asked.length = 0;
});

async function published(of: Variant, more: Partial<AnyCall> = {}) {
  const sentAt = on.world.clock.now();
  const { answer, ready } = await attempt(on.world, us, of, more);
  return { result: await answer, ready, sentAt };
}
const ask = (of: Variant, ready: Prepared | undefined, sentAt: Date, more = {}) =>
  on.world.adapter.reconcile(
    us.question(of, { sentAt, ...(ready && { prepared: ready }), ...more }),
    us.call(),
  );
const listed = (path: string, posts: readonly Record<string, unknown>[]) =>
  on.instead.push({ method: "GET", path, reply: { status: 200, body: { data: posts } } });
const parentOf = (externalId: string) => ({ parent: { externalId, rootExternalId: externalId } });

describe("what the container says is what became of the post", () => {
  test.each([
    ["FINISHED", undefined, { state: "absent" }],
    ["IN_PROGRESS", undefined, { state: "pending", checkAfterMs: 15_000 }],
    ["EXPIRED", undefined, { state: "unknown" }],
    ["ERROR", "INVALID_DURATION", { state: "refused", code: "media_refused", message: expect.any(String) }],
    ["ERROR", "UNKNOWN", { state: "unknown" }],
    ["ERROR", undefined, { state: "unknown" }],
    [undefined, undefined, { state: "unknown" }],
  ])("%s %s", async (status, error_message, expected) => {
    const ready = await prepared(on.world, variant(), us.call());
    on.instead.push({ method: "GET", path: "", reply: { status: 200, body: { status, error_message } } });
    expect(await ask(variant(), ready, on.world.clock.now())).toMatchObject(expected);
  });

  it("and a container that is gone says nothing", async () => {
    const missing = { values: { containerId: "4711" }, expiresAt: "2027-01-01T00:00:00Z" };
    expect(await ask(variant(), missing, on.world.clock.now())).toEqual({ state: "unknown" });
    expect(await ask(variant(), undefined, on.world.clock.now())).toEqual({ state: "unknown" });
  });
});

describe("a published container's post is found in the list", () => {
  it("by its time and words, among others", async () => {
    const other = variant({ text: "Something else" });
    const sentAt = on.world.clock.now();
    await publishFully(on.world, us, other);
    const { result, ready } = await published(variant());
    await publishFully(on.world, us, other);
    expect(await ask(variant(), ready, sentAt)).toEqual(result);
  });

  it("by its kind, where the words are the same", async () => {
    const sentAt = on.world.clock.now();
    const [photo, film] = [await anyFile(on.world, "image"), await anyFile(on.world, "video")];
    for (const media of [[], [photo], [film], [photo, film]]) {
      const { result, ready } = await published(variant({ media }));
      expect(await ask(variant({ media }), ready, sentAt)).toEqual(result);
    }
  });

  it("when Threads shows the tag it made a topic of without its sign", async () => {
    const of = variant({ text: "Clean #water now" });
    const { ready, sentAt, result } = await published(of);
    const timestamp = sentAt.toISOString().replace(/\.\d+Z/, "+0000");
    const externalId = "externalId" in result ? result.externalId : "";
    listed("/threads", [{ id: externalId, timestamp, text: "Clean water now", media_type: "TEXT_POST" }]);
    expect(await ask(of, ready, sentAt)).toMatchObject({ state: "published", externalId });
  });

  it("not among older ones, nor among two alike, nor where there is none", async () => {
    await publishFully(on.world, us, variant());
    on.world.clock.advance(60 * 60_000);
    const { ready, sentAt, result } = await published(variant());
    expect(await ask(variant(), ready, sentAt)).toEqual(result);
    await publishFully(on.world, us, variant());
    expect(await ask(variant(), ready, sentAt)).toEqual({ state: "unknown" });
    listed("/threads", []);
    expect(await ask(variant(), ready, sentAt)).toEqual({ state: "unknown" });
  });

  it("a reply among the replies, by what it answers", async () => {
    const [root, other] = [
      await publishFully(on.world, us, variant()),
      await publishFully(on.world, us, variant()),
    ];
    const reply = variant({ role: "reply", text: "Sign here" });
    const sentAt = on.world.clock.now();
    await publishFully(on.world, us, reply, parentOf(other.externalId));
    const { ready, result } = await published(reply, parentOf(root.externalId));
    expect(us.posts().at(-1)).toMatchObject({ text: "Sign here", replyTo: root.externalId });
    expect(await ask(reply, ready, sentAt, parentOf(root.externalId))).toEqual(result);
  });
});

describe("publishing", () => {
  it("uses a container up: a second request makes no second post, and is no no", async () => {
    const { ready, sentAt, result } = await published(variant());
    const again = on.world.adapter.publish(variant(), { ...us.call(), ...(ready && { prepared: ready }) });
    await expect(again).rejects.toMatchObject({ kind: "indeterminate", detail: { code: "24/4279009" } });
    expect(us.posts()).toHaveLength(1);
    expect(await ask(variant(), ready, sentAt)).toEqual(result);
  });

  it("too early is not taken for a no either, and what is there then is published once", async () => {
    const soFar = await on.world.adapter.prepare?.(variant(), us.call());
    const early = { ...us.call(), ...(soFar && { prepared: soFar }) };
    const sentAt = on.world.clock.now();
    await expect(on.world.adapter.publish(variant(), early)).rejects.toMatchObject({ kind: "indeterminate" });
    on.world.clock.advance(30_000);
    expect(await ask(variant(), soFar, sentAt)).toEqual({ state: "absent" });
    await on.world.adapter.publish(variant(), early);
    expect(us.posts()).toHaveLength(1);
  });

  it("sends nothing when nothing is prepared", async () => {
    const answer = on.world.adapter.publish(variant(), us.call());
    await expect(answer).rejects.toMatchObject({ kind: "unavailable", detail: { notSent: true } });
    expect([on.asked, us.commits()]).toEqual([[], 0]);
  });

  it("leads to the profile where Threads gives no address", async () => {
    on.instead.push({ method: "GET", path: "", reply: { status: 200, body: { id: "1" } } });
    const soFar = await on.world.adapter.prepare?.(variant(), us.call());
    on.world.clock.advance(30_000);
    const call = { ...us.call(), ...(soFar && { prepared: soFar }) };
    const { externalUrl } = (await on.world.adapter.publish(variant(), call)) as { externalUrl: string };
    expect(externalUrl).toMatch(new RegExp(`/@${us.identity.handle}$`));
    on.instead.length = 0;
    expect((await fetch(externalUrl)).status).toBe(200);
  });
});
