import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import { lose } from "../../../test/contract/checks-reconcile.ts";
import type { Actor } from "../../../test/contract/world.ts";
import {
  type LinkedInWorld,
  linkedinOnPractice,
  variant,
} from "../../../test/support/linkedin-on-practice.ts";
import type { Variant } from "../../domain/post.ts";
import type { Question } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";

let pages: LinkedInWorld;
let members: LinkedInWorld;
let page: Actor;
let member: Actor;

beforeAll(async () => {
  [pages, members] = await Promise.all([linkedinOnPractice("pages"), linkedinOnPractice("members")]);
});
afterAll(() => Promise.all([pages.world.close(), members.world.close()]));
beforeEach(() => {
  [page, member] = [pages.world.actor(), members.world.actor()];
  for (const on of [pages, members]) {
    on.world.calm();
    on.asked.length = 0;
    on.instead.length = 0;
  }
});

const look = (question: Question, actor = page, on = pages) =>
  on.world.adapter.reconcile(question, actor.call());
const isThere = (id: string | undefined) => ({ state: "published", externalId: id });
const unknown = { state: "unknown" };
const absent = { state: "absent" };

/** What the engine does when a second try is called a duplicate: it looks again, with what LinkedIn named. */
async function handleOfSecondTry(content: Variant, actor = page, on = pages): Promise<string> {
  const error = await publishFully(on.world, actor, content).catch((reason: unknown) => reason);
  if (!(error instanceof PublishError)) throw new Error("The second try was taken");
  expect(error).toMatchObject({ kind: "invalid", detail: { code: "duplicate", status: 422 } });
  return error.detail.handle ?? "";
}

describe("a page's post whose second try was called a duplicate", () => {
  const content = variant({ text: "Water (now) #WaterForAll https://example.org/a/long/address" });

  it("is the one that LinkedIn names, found by one question", async () => {
    const { question } = await lose(pages.world, page, content, "reset_after_accept");
    const handle = await handleOfSecondTry(content);
    pages.asked.length = 0;
    expect(await look({ ...question, handle })).toMatchObject(isThere(handle));
    expect(pages.asked.map(({ route }) => route)).toEqual(["/rest/posts/:urn"]);
  });

  it("is not the one LinkedIn names where that was there before", async () => {
    const first = await publishFully(pages.world, page, content);
    pages.world.clock.advance(5 * 60_000);
    const { question } = await lose(pages.world, page, content, "reset_before");
    const handle = await handleOfSecondTry(content);
    expect(handle).toBe(first.externalId);
    expect(await look({ ...question, handle })).toEqual(absent);
  });

  it("is not one that says something else, or somebody else's", async () => {
    const { question } = await lose(pages.world, page, content, "reset_before");
    const other = await publishFully(pages.world, page, variant({ text: "Other words" }));
    expect(await look({ ...question, handle: other.externalId })).toEqual(absent);
    const author = "urn:li:organization:1";
    const post = {
      id: "urn:li:share:1",
      author,
      commentary: "Clean water is a right.",
      createdAt: pages.world.clock.now().getTime(),
    };
    pages.instead.push({ method: "GET", route: "/rest/posts/:urn", reply: { status: 200, body: post } });
    const asked = page.question(variant(), { handle: post.id });
    expect(await look(asked)).toEqual(absent);
  });

  it("is looked for among all posts where the URN leads nowhere", async () => {
    const gone = await publishFully(pages.world, page, content);
    await pages.world.adapter.delete?.(gone.externalId, page.call());
    const { question } = await lose(pages.world, page, content, "reset_before");
    const handle = await handleOfSecondTry(content);
    expect(await look({ ...question, handle })).toEqual(absent);
    expect(pages.asked.map(({ route }) => route).slice(-2)).toEqual(["/rest/posts/:urn", "/rest/posts"]);
  });
});

describe("what a member posted nobody but a person can tell", () => {
  test.each(["reset_before", "reset_after_accept"] as const)(
    "after %s: LinkedIn is not even asked",
    async (fault) => {
      const { question } = await lose(members.world, member, variant(), fault);
      members.asked.length = 0;
      expect(await look(question, member, members)).toEqual(unknown);
      expect(members.asked).toEqual([]);
    },
  );

  it("also when a second try is called a duplicate: what LinkedIn names may lead nowhere", async () => {
    const { question } = await lose(members.world, member, variant(), "reset_after_accept");
    const handle = await handleOfSecondTry(variant(), member, members);
    expect(await look({ ...question, handle }, member, members)).toEqual(unknown);
  });

  it("nor a comment", async () => {
    const parent = { externalId: "urn:li:share:1", rootExternalId: "urn:li:share:1" };
    const asked = member.question(variant({ role: "comment" }), { parent });
    expect(await look(asked, member, members)).toEqual(unknown);
  });
});

describe("a page's post is found", () => {
  it("with a video, by the file", async () => {
    const content = variant({ media: [await anyFile(pages.world, "video")] });
    const { question } = await lose(pages.world, page, content, "reset_after_accept");
    expect(await look({ ...question, variant: { ...content, text: "Cut" } })).toMatchObject(
      isThere(page.posts()[0]?.id),
    );
  });

  it("on a later page, among many", async () => {
    const sentAt = pages.world.clock.now();
    const first = await publishFully(pages.world, page, variant({ text: "The one" }));
    for (let n = 0; n < 120; n++) await publishFully(pages.world, page, variant({ text: `Another ${n}` }));
    const asked = page.question(variant({ text: "The one" }), { sentAt });
    expect(await look(asked)).toMatchObject(isThere(first.externalId));
  });
});

describe("what LinkedIn says of a post is passed on", () => {
  const answers = (elements: readonly object[]) =>
    pages.instead.push({ method: "GET", route: "/rest/posts", reply: { status: 200, body: { elements } } });
  const post = (part: object = {}) => ({
    id: "urn:li:share:1",
    author: page.identity.externalId,
    commentary: "Clean water is a right.",
    createdAt: pages.world.clock.now().getTime(),
    lifecycleState: "PUBLISHED",
    ...part,
  });

  test.each([
    ["still at work: asked again", "PUBLISH_REQUESTED", { state: "pending", handle: "urn:li:share:1" }],
    ["turned down after all", "PUBLISH_FAILED", { state: "refused", code: "removed_by_platform" }],
    ["public", "PUBLISHED", { state: "published", externalId: "urn:li:share:1" }],
  ])("%s", async (_what, lifecycleState, expected) => {
    answers([post({ lifecycleState })]);
    expect(await look(page.question(variant()))).toMatchObject(expected);
  });

  it("two that could be it", async () => {
    answers([post(), post({ id: "urn:li:share:2" })]);
    expect(await look(page.question(variant()))).toEqual(unknown);
  });

  it("more than we read", async () => {
    for (let n = 0; n < 5; n++) answers(Array.from({ length: 100 }, () => post({ commentary: "Another" })));
    expect(await look(page.question(variant()))).toEqual(unknown);
  });

  test.each([
    ["posts without an author", [{ id: "urn:li:share:1", createdAt: 1 }]],
    ["posts without a time", [{ id: "urn:li:share:1", author: "urn:li:organization:1" }]],
    ["a null", [null]],
  ])("%s are no list to look through", async (_what, elements) => {
    answers(elements as object[]);
    await expect(look(page.question(variant()))).rejects.toMatchObject({ kind: "unavailable" });
  });

  test.each([
    [403, "forbidden"],
    [429, "rate_limited"],
    [503, "unavailable"],
  ])("a look that fails with %i is an error, not an answer", async (status, kind) => {
    pages.instead.push({ method: "GET", route: "/rest/posts", reply: { status, body: {} } });
    await expect(look(page.question(variant()))).rejects.toMatchObject({ kind });
  });
});

describe("a page's comment", () => {
  const comments = (elements: readonly object[]) =>
    pages.instead.push({
      method: "GET",
      route: "/rest/socialActions/:urn/comments",
      reply: { status: 200, body: { elements } },
    });
  const parent = { externalId: "urn:li:share:1", rootExternalId: "urn:li:share:1" };
  const asked = () => page.question(variant({ role: "comment", text: "(Sign) #now" }), { parent });
  const comment = (part: object = {}) => ({
    commentUrn: "urn:li:comment:(urn:li:activity:5,6)",
    actor: page.identity.externalId,
    message: { text: "(Sign) #now" },
    created: { time: pages.world.clock.now().getTime() },
    ...part,
  });

  test.each<[string, object, object]>([
    ["is ours by words, time and who said it", {}, isThere("urn:li:comment:(urn:li:activity:5,6)")],
    [
      "is ours where LinkedIn leaves out who said it",
      { actor: undefined },
      isThere("urn:li:comment:(urn:li:activity:5,6)"),
    ],
    ["is not ours from another", { actor: "urn:li:person:1" }, absent],
    ["is not ours from before", { created: { time: 1 } }, absent],
    ["is not ours in other words", { message: { text: "\\(Sign\\) #now" } }, absent],
  ])("%s", async (_what, part, expected) => {
    comments([comment(part)]);
    expect(await look(asked())).toMatchObject(expected);
  });

  it("is unknown where two could be it, or there are more than we read", async () => {
    comments([comment(), comment()]);
    expect(await look(asked())).toEqual(unknown);
    for (let n = 0; n < 5; n++)
      comments(Array.from({ length: 100 }, () => comment({ actor: "urn:li:person:1" })));
    expect(await look(asked())).toEqual(unknown);
  });

  it("is absent below a post that is gone", async () => expect(await look(asked())).toEqual(absent));

  it("without a post to look below is unknown", async () =>
    expect(await look(page.question(variant({ role: "comment" })))).toEqual(unknown));
});
