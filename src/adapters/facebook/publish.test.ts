import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import { anyFile, attempt, publishFully } from "../../../test/contract/check.ts";
import type { Actor, AnyCall } from "../../../test/contract/world.ts";
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

const posted = () => on.asked.filter(({ method }) => method === "POST");
const film = () => anyFile(on.world, "video");

describe("a post is made public exactly once", () => {
  it("by one switch on the prepared post", async () => {
    const { answer, ready } = await attempt(on.world, page, variant());
    await answer;
    expect(posted().at(-1)).toMatchObject({
      path: `/v26.0/${ready?.values.postId}`,
      given: { is_published: true },
    });
  });

  it("also when the switch is thrown twice", async () => {
    const { answer, ready } = await attempt(on.world, page, variant());
    const first = await answer;
    const call: AnyCall = { ...page.call(), ...(ready && { prepared: ready }) };
    expect(await on.world.adapter.publish(variant(), call)).toEqual(first);
    expect(page.posts()).toHaveLength(1);
  });

  it("by `published`, as Meta's lists call it, for a video; its address gets the host Facebook leaves out", async () => {
    const result = await publishFully(on.world, page, variant({ media: [await film()] }));
    expect(posted().at(-1)).toMatchObject({
      path: `/v26.0/${result.externalId}`,
      given: { published: true },
    });
    const { web } = page.call().baseUrl;
    expect(result.externalUrl).toBe(`${web}/${page.identity.externalId}/videos/${result.externalId}/`);
  });

  it("and sends nothing when nothing is prepared", async () => {
    const answer = on.world.adapter.publish(variant(), page.call());
    await expect(answer).rejects.toMatchObject({ kind: "unavailable", detail: { notSent: true } });
    expect([on.asked, page.commits()]).toEqual([[], 0]);
  });

  test.each([
    ["says `success: false`", { status: 200, body: { success: false } }],
    ["says `success: true` and leads elsewhere", { status: 302, body: { success: true } }],
  ])("does not take an answer for a yes that %s", async (_name, refusal) => {
    const { answer } = await attempt(on.world, page, variant(), {}, () => {
      on.world.wire.refusal = refusal;
    });
    await expect(answer).rejects.toMatchObject({ kind: "indeterminate" });
    on.world.wire.refusal = undefined;
  });
});

describe("where the post is", () => {
  test.each([
    ["the platform's permalink", "https://www.facebook.com/1/posts/2", "https://www.facebook.com/1/posts/2"],
    ["built from ids when there is none", undefined, undefined],
    ["built from ids when it is no web address", "javascript:alert(1)", undefined],
  ])("%s", async (_name, permalink_url, expected) => {
    const call = page.call();
    const { answer } = await attempt(on.world, page, variant(), {}, () => {
      const reply = { status: 200, body: { id: "1", permalink_url } };
      on.instead.push({ method: "GET", path: "", reply });
    });
    const result = await answer;
    const [pageId, postId] = "externalId" in result ? result.externalId.split("_") : [];
    expect(result).toMatchObject({
      externalUrl: expected ?? `${call.baseUrl.web}/${pageId}/posts/${postId}`,
    });
  });
});
