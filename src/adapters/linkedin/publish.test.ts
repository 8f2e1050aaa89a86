import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import { anyFile, attempt, publishFully } from "../../../test/contract/check.ts";
import type { Actor, AnyCall } from "../../../test/contract/world.ts";
import {
  type LinkedInWorld,
  linkedinOnPractice,
  variant,
} from "../../../test/support/linkedin-on-practice.ts";
import type { Variant } from "../../domain/post.ts";
import type { NewPost } from "./api.ts";

const link = "https://www.example.org/petition?a=1";
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

const picture = (altText = "") => anyFile(pages.world, "image", altText);
const sent = ({ asked }: LinkedInWorld) => {
  const last = asked.filter(({ route }) => route === "/rest/posts").at(-1);
  if (!last) throw new Error("No post was sent");
  return { headers: last.headers, json: last.json as Partial<NewPost> };
};
const publish = (part: Partial<Variant> = {}) => publishFully(pages.world, page, variant(part));

describe("a post says what its author meant", () => {
  it("as little text, to everyone, by the account and in the version we know", async () => {
    await publish({ text: "(Water) #WaterForAll" });
    const { json, headers } = sent(pages);
    expect(json).toEqual({
      author: page.identity.externalId,
      commentary: "\\(Water\\) #WaterForAll",
      visibility: "PUBLIC",
      distribution: { feedDistribution: "MAIN_FEED", targetEntities: [], thirdPartyDistributionChannels: [] },
      lifecycleState: "PUBLISHED",
      isReshareDisabledByAuthor: false,
    });
    expect(headers).toMatchObject({ "linkedin-version": "202609", "x-restli-protocol-version": "2.0.0" });
  });

  it("to those the author chose", async () => {
    await publishFully(members.world, member, variant({ options: { visibility: "CONNECTIONS" } }));
    expect(sent(members).json).toMatchObject({ visibility: "CONNECTIONS" });
    expect(member.posts()[0]?.extra.visibility).toBe("connections");
  });

  it("as the account, not as whose login it is: several pages may share one", async () => {
    const other = pages.world.practice.register("linkedin", "another page");
    const call = page.call({
      credentials: { ...page.identity.credentials, author: other.externalId } as never,
    });
    await pages.world.adapter.publish(variant(), call);
    expect(sent(pages).json).toMatchObject({ author: page.identity.externalId });
  });

  it("with the option's title, else with the host's name, above the link", async () => {
    await publish({ link });
    expect(sent(pages).json).toMatchObject({
      content: { article: { source: link, title: "www.example.org" } },
    });
    await publish({ link, text: "Another", options: { title: "Sign here" } });
    expect(sent(pages).json).toMatchObject({ content: { article: { source: link, title: "Sign here" } } });
    expect(page.posts().at(-1)).toMatchObject({ link, extra: { title: "Sign here" } });
  });

  it("with one picture, which may be described", async () => {
    await publish({ media: [await picture("A well")] });
    expect(sent(pages).json).toMatchObject({ content: { media: { altText: "A well" } } });
    await publish({ text: "Another", media: [await picture()], options: { title: "Unseen" } });
    expect(Object.keys(sent(pages).json.content?.media ?? {})).toEqual(["id"]);
  });

  it("with several pictures, and the link in the text", async () => {
    await publish({ link, media: [await picture("One"), await picture("Two")] });
    const { content, commentary } = sent(pages).json;
    expect(content).toMatchObject({ multiImage: { images: [{ altText: "One" }, { altText: "Two" }] } });
    expect(commentary).toBe(`Clean water is a right.\n${link}`);
    expect(page.posts()[0]).toMatchObject({ text: commentary, link: null });
  });

  it("with a video and its title", async () => {
    const result = await publish({
      media: [await anyFile(pages.world, "video")],
      options: { title: "A well" },
    });
    expect(sent(pages).json).toMatchObject({ content: { media: { title: "A well" } } });
    expect(result.externalId).toMatch(/^urn:li:ugcPost:\d+$/);
  });

  it("and not without its files", async () => {
    const answer = pages.world.adapter.publish(variant({ media: [await picture()] }), page.call());
    await expect(answer).rejects.toMatchObject({ kind: "unavailable", detail: { notSent: true } });
    expect(pages.asked).toEqual([]);
  });
});

describe("only LinkedIn's header says that it took the post", () => {
  test.each([
    ["no header", {}, {}],
    ["an id in the body", {}, { id: "urn:li:share:1" }],
    ["a header that is no URN", { "x-restli-id": "1" }, {}],
  ])("%s: we do not know", async (_what, headers, body) => {
    pages.instead.push({ method: "POST", route: "/rest/posts", reply: { status: 201, headers, body } });
    const { answer } = await attempt(pages.world, page, variant());
    await expect(answer).rejects.toMatchObject({ kind: "indeterminate" });
  });

  it.each(["urn:li:share:7", "urn%3Ali%3Ashare%3A7"])("%s", async (id) => {
    pages.instead.push({
      method: "POST",
      route: "/rest/posts",
      reply: { status: 201, headers: { "x-restli-id": id } },
    });
    const { answer } = await attempt(pages.world, page, variant());
    const externalUrl = `${page.call().baseUrl.web}/feed/update/urn:li:share:7`;
    expect(await answer).toEqual({ state: "published", externalId: "urn:li:share:7", externalUrl });
  });
});

describe("a first comment", () => {
  const comment = (externalId: string, text = "(Sign) here_ #now") => ({
    content: variant({ role: "comment", text, link }),
    parent: { externalId, rootExternalId: externalId },
  });

  it("is plain text: no sign is escaped, and the link stands in it", async () => {
    const { externalId } = await publish();
    pages.world.clock.advance(5000);
    const { content, parent } = comment(externalId);
    const result = await publishFully(pages.world, page, content, { parent });
    const text = `(Sign) here_ #now\n${link}`;
    expect(pages.asked.at(-1)?.json).toEqual({
      actor: page.identity.externalId,
      object: externalId,
      message: { text },
    });
    expect(page.posts().at(-1)).toMatchObject({ id: result.externalId, text, replyTo: externalId });
    const shown = await fetch(result.externalUrl);
    expect([shown.status, new URL(shown.url).pathname]).toEqual([
      200,
      `/linkedin/posts/${encodeURIComponent(result.externalId)}`,
    ]);
  });

  it("right after the post is tried again: LinkedIn made nothing of it", async () => {
    const { externalId } = await publish();
    const { content, parent } = comment(externalId);
    await expect(publishFully(pages.world, page, content, { parent })).rejects.toMatchObject({
      kind: "unavailable",
      detail: { status: 404, notSent: true },
    });
    pages.world.clock.advance(5000);
    await publishFully(pages.world, page, content, { parent });
    expect(page.posts()).toHaveLength(2);
  });

  it("that LinkedIn does not permit says so, inside the fence, and the post stays", async () => {
    const { externalId } = await publishFully(members.world, member, variant());
    members.world.clock.advance(5000);
    const { content, parent } = comment(externalId);
    await expect(publishFully(members.world, member, content, { parent })).rejects.toMatchObject({
      kind: "forbidden",
      detail: { code: "comment_not_permitted", status: 403 },
    });
    expect(member.posts()).toHaveLength(1);
    const inside: unknown[] = [];
    const commit: AnyCall["commit"] = (send) =>
      send().catch((error: unknown) => {
        inside.push(error);
        throw error;
      });
    const error = await members.world.adapter
      .publish(content, member.call({ parent, commit }))
      .catch((reason: unknown) => reason);
    expect(inside).toEqual([error]);
  });

  test.each([
    ["nothing", ""],
    ["no URN", { id: "7" }],
    ["a URN that is no comment's", { commentUrn: "urn:li:share:7" }],
  ])("an answer with %s: we do not know", async (_what, body) => {
    const route = "/rest/socialActions/:urn/comments";
    pages.instead.push({
      method: "POST",
      route,
      reply: { status: 201, headers: { "x-restli-id": "7" }, body },
    });
    const { content, parent } = comment("urn:li:share:1");
    await expect(publishFully(pages.world, page, content, { parent })).rejects.toMatchObject({
      kind: "indeterminate",
    });
  });

  it("needs a post to stand below", async () => {
    const answer = pages.world.adapter.publish(comment("").content, page.call());
    await expect(answer).rejects.toMatchObject({ kind: "invalid", detail: { notSent: true } });
    expect(page.commits()).toBe(0);
  });
});

describe("deleting", () => {
  it("takes away a comment, and may be repeated", async () => {
    const { externalId } = await publish();
    pages.world.clock.advance(5000);
    const parent = { externalId, rootExternalId: externalId };
    const comment = await publishFully(pages.world, page, variant({ role: "comment" }), { parent });
    await pages.world.adapter.delete?.(comment.externalId, page.call());
    await pages.world.adapter.delete?.(comment.externalId, page.call());
    expect(page.posts().map(({ id }) => id)).toEqual([externalId]);
  });
});
