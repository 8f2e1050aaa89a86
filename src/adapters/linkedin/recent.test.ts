import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import type { Actor } from "../../../test/contract/world.ts";
import {
  type LinkedInWorld,
  linkedinOnPractice,
  variant,
} from "../../../test/support/linkedin-on-practice.ts";
import type { SourcePost } from "../contract/source-post.ts";

let on: LinkedInWorld;
let members: LinkedInWorld;
let page: Actor;

beforeAll(async () => {
  [on, members] = await Promise.all([linkedinOnPractice("pages"), linkedinOnPractice("members")]);
});
afterAll(() => Promise.all([on.world.close(), members.world.close()]));
beforeEach(() => {
  page = on.world.actor();
  on.asked.length = 0;
  on.instead.length = 0;
});

const recent = (since = new Date(0)) =>
  on.world.adapter.recent?.(since, page.call()) as Promise<SourcePost[]>;
const answers = (elements: readonly object[]) =>
  on.instead.push({ method: "GET", route: "/rest/posts", reply: { status: 200, body: { elements } } });
const post = (id: number, part: object = {}) => ({
  id: `urn:li:share:${id}`,
  author: page.identity.externalId,
  commentary: "Hello",
  createdAt: 1_700_000_000_000 + id,
  ...part,
});

describe("what a page posted", () => {
  it("is read as readers see it, newest first, with its link, files and what they show", async () => {
    await publishFully(on.world, page, variant({ text: "(Sign) #now", link: "https://example.org/" }));
    on.world.clock.advance(1000);
    const media = [await anyFile(on.world, "image", "One"), await anyFile(on.world, "image", "Two")];
    await publishFully(on.world, page, variant({ text: "Pictures", media }));
    const film = await publishFully(
      on.world,
      page,
      variant({ text: "Film", media: [await anyFile(on.world, "video")] }),
    );
    const found = await recent();
    const [shownFilm, pictures, words] = found;
    expect(found).toHaveLength(3);
    expect(shownFilm).toEqual({
      externalId: film.externalId,
      externalUrl: film.externalUrl,
      text: "Film",
      link: null,
      media: [{ kind: "video", altText: "", url: page.posts().at(-1)?.media[0]?.url }],
      language: null,
      createdAt: new Date(page.posts().at(-1)?.createdAt ?? ""),
      isReply: false,
      isRepost: false,
    });
    expect(pictures?.media.map(({ kind, altText }) => [kind, altText])).toEqual([
      ["image", "One"],
      ["image", "Two"],
    ]);
    expect((await fetch(pictures?.media[0]?.url ?? "")).status).toBe(200);
    expect([words?.text, words?.link]).toEqual(["(Sign) #now", "https://example.org/"]);
  });

  it("since a moment, and nothing else", async () => {
    await publishFully(on.world, page, variant({ text: "Before" }));
    on.world.clock.advance(60_000);
    const since = on.world.clock.now();
    on.world.clock.advance(60_000);
    await publishFully(on.world, page, variant({ text: "After" }));
    expect((await recent(since)).map(({ text }) => text)).toEqual(["After"]);
    expect(await recent(on.world.clock.now())).toEqual([]);
  });

  it("is at most a hundred posts, though not all on the first page are public", async () => {
    const drafts = Array.from({ length: 10 }, (_, n) => post(510 - n, { lifecycleState: "DRAFT" }));
    const first = [...drafts, ...Array.from({ length: 90 }, (_, n) => post(500 - n))];
    answers(first);
    expect(await recent(new Date(1_700_000_000_450))).toHaveLength(51);
    answers(first);
    answers(Array.from({ length: 100 }, (_, n) => post(410 - n)));
    expect((await recent()).map(({ externalId }) => externalId).at(-1)).toBe("urn:li:share:401");
  });

  it("says what is a repost, leaves out what is not public, and names files that cannot be had", async () => {
    answers([
      post(4, { reshareContext: { parent: "urn:li:share:1" } }),
      post(3, { lifecycleState: "PUBLISH_REQUESTED" }),
      post(2, { content: { media: { id: "urn:li:image:unknown" } } }),
      post(1, { content: { media: { id: "urn:li:video:unknown" } }, publishedAt: 1_700_000_009_000 }),
      post(0, { commentary: undefined, content: { media: { id: "urn:li:document:A", title: "Slides" } } }),
    ]);
    const found = await recent();
    expect(found.map(({ externalId, isRepost }) => [externalId.slice(-1), isRepost])).toEqual([
      ["4", true],
      ["2", false],
      ["1", false],
      ["0", false],
    ]);
    expect(found.flatMap(({ media }) => media)).toEqual([
      { url: null, kind: "image", altText: "" },
      { url: null, kind: "video", altText: "" },
    ]);
    expect(found[2]?.createdAt).toEqual(new Date(1_700_000_009_000));
    expect(found[3]?.text).toBe("");
  });

  it("asks for many pictures at once, in addresses of a sensible length", async () => {
    const images = (n: number) => Array.from({ length: 20 }, (_, at) => ({ id: `urn:li:image:${n}x${at}` }));
    answers([1, 2, 3].map((n) => post(n, { content: { multiImage: { images: images(n) } } })));
    await recent();
    const batches = on.asked
      .filter(({ route }) => route === "/rest/images")
      .map(({ query }) => query.get("ids"));
    expect(batches.map((ids) => ids?.split(",").length)).toEqual([50, 10]);
  });
});

it("a member's posts are hidden from us, which is an error and not an empty list", async () => {
  const member = members.world.actor();
  await publishFully(members.world, member, variant());
  await expect(members.world.adapter.recent?.(new Date(0), member.call())).rejects.toMatchObject({
    kind: "forbidden",
    detail: { code: "member_not_readable" },
  });
});
