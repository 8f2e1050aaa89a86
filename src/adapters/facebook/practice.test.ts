import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import { anyFile } from "../../../test/contract/check.ts";
import type { Actor } from "../../../test/contract/world.ts";
import {
  type Answer,
  ask,
  form,
  type GraphWorld,
  graphOnPractice,
} from "../../../test/support/graph-on-practice.ts";
import type { MediaKind } from "../../domain/post.ts";
import { facebook } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let page: Actor;
let other: Actor;
let id: string;

beforeAll(async () => {
  on = await graphOnPractice(facebook, practice);
});
afterAll(() => on.world.close());
beforeEach(() => {
  [page, other] = [on.world.actor(), on.world.actor()];
  id = page.identity.externalId;
});

type Body = Parameters<typeof ask>[4];
const tokenOf = (actor: Actor) => actor.identity.credentials.accessToken ?? "";
const post = (path: string, body?: Body, as = page): Promise<Answer> =>
  ask(on, tokenOf(as), "POST", path, body);
const get = (path: string, as = page): Promise<Answer> => ask(on, tokenOf(as), "GET", path);
const remove = (path: string, as = page): Promise<Answer> => ask(on, tokenOf(as), "DELETE", path);

async function bytesOf(kind: MediaKind): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await page.call().media.open((await anyFile(on.world, kind)).id);
  return new Uint8Array(await blob.arrayBuffer());
}
const unpublished = async (message = "Hello", as = page): Promise<string> =>
  (await post(`${as.identity.externalId}/feed`, { message, published: false }, as)).body.id;
const photo = async (fields: Record<string, string> = {}): Promise<Answer> =>
  post(`${id}/photos`, form({ published: "false", ...fields }, await bytesOf("image")));
const video = async (fields: Record<string, string> = {}): Promise<Answer> =>
  post(`${id}/videos`, form({ published: "false", description: "Look", ...fields }, await bytesOf("video")));

describe("who may speak", () => {
  test.each([
    ["nobody", null, "104"],
    ["a stranger's token", "EAAstranger", "190"],
  ])("not %s", async (_name, token, refusal) => {
    const answer = await ask(on, token, "GET", "me");
    expect(answer).toMatchObject({ status: 400, refusal });
    expect(answer.body.error).toMatchObject({ type: "OAuthException", fbtrace_id: expect.any(String) });
  });
  it("not one page for another", async () => {
    for (const edge of ["feed", "photos", "videos"])
      expect(await post(`${other.identity.externalId}/${edge}`, { message: "Hi" })).toMatchObject({
        refusal: "200",
      });
    expect(await post("4711/feed", { message: "Hi" })).toMatchObject({ refusal: "100/33" });
  });
  it("every answer tells how much of the hour is used", async () => {
    const header = (await get("me")).headers.get("x-business-use-case-usage") ?? "";
    expect(JSON.parse(header)[id]).toMatchObject([{ type: "pages", estimated_time_to_regain_access: 0 }]);
  });
  it("and a field that a node does not have is refused", async () => {
    expect(await get("me?fields=id,shoe_size")).toMatchObject({ refusal: "100" });
  });
});

describe("an unpublished post", () => {
  it("is on no timeline and for nobody else, until it is published; once", async () => {
    const postId = await unpublished();
    expect((await get(`${postId}?fields=is_published`)).body).toEqual({ id: postId, is_published: false });
    expect(await get(`${postId}?fields=message`, other)).toMatchObject({ refusal: "100/33" });
    expect(await post(`${postId}/comments`, { message: "Hi" })).toMatchObject({ refusal: "100/33" });
    expect(page.posts()).toEqual([]);
    for (const _ of [1, 2])
      expect((await post(postId, { is_published: true })).body).toEqual({ success: true });
    expect(page.posts()).toHaveLength(1);
    expect((await get(`${postId}?fields=is_published`, other)).body).toMatchObject({ is_published: true });
  });
  it("is published by nobody else, nor by a word that is not its own", async () => {
    const postId = await unpublished();
    expect(await post(postId, { is_published: true }, other)).toMatchObject({ refusal: "100/33" });
    await post(postId, { published: true });
    expect(page.posts()).toEqual([]);
  });
  it("is public at once when nobody said otherwise", async () => {
    await post(`${id}/feed`, { message: "At once" });
    expect(page.posts()).toMatchObject([{ text: "At once" }]);
  });
});

describe("a post is refused", () => {
  test.each<[string, Record<string, unknown>, string]>([
    ["that says nothing", {}, "100"],
    ["that is too long", { message: "a".repeat(63_207) }, "100"],
    ["with a link that is none", { link: "example" }, "100/2061006"],
    ["with photos in another form", { attached_media: "7" }, "100"],
    ["with photos that are not there", { attached_media: [{ media_fbid: "4711" }] }, "100/33"],
    ["with too many photos", { attached_media: Array(11).fill({ media_fbid: "4711" }) }, "100"],
  ])("%s", async (_name, body, refusal) => {
    expect(await post(`${id}/feed`, body)).toMatchObject({ status: 400, refusal });
    expect(page.posts()).toEqual([]);
  });

  it("that says the same as the last one, and is written down as refused", async () => {
    const [first, second, third] = [
      await unpublished("Hello"),
      await unpublished("Hello"),
      await unpublished("Bye"),
    ];
    await post(first, { is_published: true });
    expect(await post(second, { is_published: true })).toMatchObject({ refusal: "506" });
    expect(on.world.practice.ledger("facebook").data.at(-1)).toMatchObject({
      accepted: false,
      text: "Hello",
    });
    await post(third, { is_published: true });
    await post(second, { is_published: true });
    expect(page.posts().map(({ text }) => text)).toEqual(["Hello", "Bye", "Hello"]);
  });

  it("with photos of a post that is public, or of another page", async () => {
    const { body } = await photo();
    const attached_media = [{ media_fbid: body.id }];
    const foreign = await post(`${other.identity.externalId}/feed`, { attached_media }, other);
    expect(foreign).toMatchObject({ refusal: "100/33" });
    await post(`${id}/feed`, { "attached_media[0]": JSON.stringify(attached_media[0]) }); // as the guide writes it
    expect(page.posts()[0]?.media).toHaveLength(1);
    expect(await post(`${id}/feed`, { attached_media })).toMatchObject({ refusal: "100/1366051" });
  });
});

describe("a file is refused", () => {
  it("that is not there", async () => {
    expect(await post(`${id}/photos`, form({ published: "false" }))).toMatchObject({ refusal: "324" });
  });
  it("that is no picture or no video, whatever it calls itself", async () => {
    const text = new TextEncoder().encode("This is a picture, believe me");
    expect(await post(`${id}/photos`, form({ published: "false" }, text))).toMatchObject({
      refusal: "100/1366046",
    });
    expect(await post(`${id}/videos`, form({ published: "false" }, text))).toMatchObject({ refusal: "6000" });
  });
  it("that has more than 10 MB", async () => {
    const large = new Uint8Array(10_000_001);
    large.set(await bytesOf("image"));
    expect(await post(`${id}/photos`, form({ published: "false" }, large))).toMatchObject({
      refusal: "100/1366046",
    });
  });
  it("with a description beyond measure", async () => {
    expect(await photo({ alt_text_custom: "a".repeat(1001) })).toMatchObject({ refusal: "100" });
  });
  it("and is a post at once when nobody said otherwise", async () => {
    const { body } = await photo({ published: "true", message: "A well" });
    expect(page.posts()).toMatchObject([{ id: body.post_id, text: "A well" }]);
    await video({ published: "true" });
    expect(page.posts()).toMatchObject([{ text: "A well" }, { text: "Look" }]);
  });
});

describe("a video", () => {
  it("is processed for a while, and published afterwards, once, by its own switch", async () => {
    const { body } = await video();
    const status = async () => (await get(`${body.id}?fields=status`)).body.status.video_status;
    expect(await status()).toBe("processing");
    expect(await post(body.id, { published: true })).toMatchObject({ refusal: "100" });
    on.world.clock.advance(3000);
    expect(await status()).toBe("ready");
    await post(body.id, { is_published: true });
    expect(page.posts()).toEqual([]);
    for (const _ of [1, 2]) await post(body.id, { published: true });
    expect(page.posts()).toMatchObject([{ id: body.id, text: "Look", media: [{ kind: "video" }] }]);
  });
});

describe("comments and deletion", () => {
  it("takes a comment with words, and gives it back newest first, page by page", async () => {
    const { body } = await post(`${id}/feed`, { message: "Hello" });
    expect(await post(`${body.id}/comments`, {})).toMatchObject({ refusal: "100" });
    expect(await post(`${body.id}/comments`, { message: "a".repeat(8001) })).toMatchObject({
      refusal: "100",
    });
    for (const message of ["one", "two", "three"]) {
      await post(`${body.id}/comments`, { message }, other);
      on.world.clock.advance(1000);
    }
    const asked = `${body.id}/comments?fields=message,from&order=reverse_chronological&limit=2`;
    const first = await get(asked);
    const second = await get(`${asked}&after=${first.body.paging.cursors.after}`);
    const messages = [first, second].map((page) =>
      page.body.data.map(({ message }: { message: string }) => message),
    );
    expect(messages).toEqual([["three", "two"], ["one"]]);
    expect([first.body.paging.next !== undefined, second.body.paging.next]).toEqual([true, undefined]);
    expect(first.body.data[0].from.id).toBe(other.identity.externalId);
  });
  it("deletes one's own, and what is gone is gone", async () => {
    const { body } = await post(`${id}/feed`, { message: "Hello" });
    expect(await remove(body.id, other)).toMatchObject({ refusal: "100/33" });
    expect((await remove(body.id)).body).toEqual({ success: true });
    expect(page.posts()).toEqual([]);
    for (const answer of [
      await remove(body.id),
      await get(body.id),
      await post(body.id, { is_published: true }),
    ])
      expect(answer).toMatchObject({ refusal: "100/33" });
  });
});
