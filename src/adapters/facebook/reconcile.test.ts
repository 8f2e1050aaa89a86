import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { anyFile, attempt, publishFully } from "../../../test/contract/check.ts";
import { type Actor, prepared } from "../../../test/contract/world.ts";
import { type GraphWorld, graphOnPractice, variant } from "../../../test/support/graph-on-practice.ts";
import { facebook } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let page: Actor;

beforeAll(async () => {
  on = await graphOnPractice(facebook, practice);
});
afterAll(() => on.world.close());
beforeEach(() => {
  page = on.world.actor();
  on.instead.length = 0;
  on.asked.length = 0;
});

const film = () => anyFile(on.world, "video");
const link = "https://example.org/water";

describe("a video that stays a draft although Facebook said yes", () => {
  const draft = { status: 200, body: { id: "1", published: false } };

  it("is looked at again, then left to a person, and never sent again", async () => {
    const media = [await film()];
    const sentAt = on.world.clock.now();
    const { answer, ready } = await attempt(on.world, page, variant({ media }), {}, () => {
      on.instead.push({ method: "GET", path: "", reply: draft });
    });
    const result = await answer;
    expect(result).toMatchObject({ state: "pending", handle: ready?.values.videoId });
    const handle = "handle" in result ? result.handle : "";
    const question = page.question(variant({ media }), { sentAt, handle, ...(ready && { prepared: ready }) });
    expect(await on.world.adapter.reconcile(question, page.call())).toMatchObject({ state: "pending" });
    on.world.clock.advance(10 * 60_000);
    expect(await on.world.adapter.reconcile(question, page.call())).toEqual({ state: "unknown" });
    on.instead.length = 0;
    expect(await on.world.adapter.reconcile(question, page.call())).toMatchObject({ state: "published" });
  });
});

describe("what became of a post", () => {
  const ask = async (ready: Awaited<ReturnType<typeof attempt>>["ready"]) =>
    on.world.adapter.reconcile(page.question(variant(), ready && { prepared: ready }), page.call());

  it("is unknown where the prepared post is gone: it may have been public before", async () => {
    const { answer, ready } = await attempt(on.world, page, variant());
    await answer;
    await on.world.adapter.delete?.(ready?.values.postId ?? "", page.call());
    expect(await ask(ready)).toEqual({ state: "unknown" });
  });
  it("is unknown where nothing was prepared", async () => {
    expect(await ask(undefined)).toEqual({ state: "unknown" });
  });
  it("is unknown where Facebook leaves the answer out", async () => {
    const ready = await prepared(on.world, variant(), page.call());
    on.instead.push({ method: "GET", path: "", reply: { status: 200, body: { id: "1" } } });
    expect(await ask(ready)).toEqual({ state: "unknown" });
  });
});

describe("a first comment", () => {
  const comment = variant({ role: "comment", text: "Sign here", link });

  async function below() {
    const { externalId } = await publishFully(on.world, page, variant());
    return { externalId, rootExternalId: externalId };
  }

  it("is text with its link, below the post, under its own name", async () => {
    const parent = await below();
    const sentAt = on.world.clock.now();
    const result = await publishFully(on.world, page, comment, { parent });
    expect(page.posts()[1]).toMatchObject({
      id: result.externalId,
      text: `Sign here\n${link}`,
      replyTo: parent.externalId,
    });
    const answer = await on.world.adapter.reconcile(page.question(comment, { sentAt, parent }), page.call());
    expect(answer).toEqual(result);
  });

  it("leads to its post where Facebook gives no address", async () => {
    const parent = await below();
    const { answer } = await attempt(on.world, page, comment, { parent }, () => {
      on.instead.push({ method: "GET", path: "", reply: { status: 500 } });
    });
    const result = await answer;
    const [pageId, postId] = parent.externalId.split("_");
    const id = "externalId" in result ? result.externalId.split("_")[1] : "";
    expect(result).toMatchObject({
      externalUrl: `${page.call().baseUrl.web}/${pageId}/posts/${postId}?comment_id=${id}`,
    });
  });

  it("is not mistaken for the same words by somebody else", async () => {
    const parent = await below();
    const sentAt = on.world.clock.now();
    await publishFully(on.world, on.world.actor(), comment, { parent });
    const question = page.question(comment, { sentAt, parent });
    expect(await on.world.adapter.reconcile(question, page.call())).toEqual({ state: "absent" });
  });

  it("is not chosen from two", async () => {
    const parent = await below();
    const sentAt = on.world.clock.now();
    await publishFully(on.world, page, comment, { parent });
    await publishFully(on.world, page, comment, { parent });
    const question = page.question(comment, { sentAt, parent });
    expect(await on.world.adapter.reconcile(question, page.call())).toEqual({ state: "unknown" });
  });

  it("cannot be told where its post is gone", async () => {
    const parent = await below();
    await on.world.adapter.delete?.(parent.externalId, page.call());
    const question = page.question(comment, { parent });
    expect(await on.world.adapter.reconcile(question, page.call())).toEqual({ state: "unknown" });
  });
});
