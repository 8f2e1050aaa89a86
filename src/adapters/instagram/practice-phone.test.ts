import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import sharp from "sharp";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import { tinyVideo } from "../../../test/contract/tiny-video.ts";
import type { Actor } from "../../../test/contract/world.ts";
import { ask, type GraphWorld, graphOnPractice, variant } from "../../../test/support/graph-on-practice.ts";
import { changeFromPhone, type Filled, sendFromPhone } from "../../../test/support/practice-phone.ts";
import { instagram } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let us: Actor;
let phoneUrl: string;
let jpeg: NonNullable<Filled["file"]>;

beforeAll(async () => {
  on = await graphOnPractice(instagram, practice);
  phoneUrl = `http://127.0.0.1:${on.world.practice.port}/instagram/phone`;
  jpeg = file(await picture("jpeg", 640, 640), "river.jpg", "image/jpeg");
});
afterAll(() => on.world.close());
beforeEach(() => {
  us = on.world.actor();
});

const send = (filled: Filled) =>
  sendFromPhone(phoneUrl, { identity: us.identity.externalId, file: jpeg, ...filled });
const recent = async () => on.world.adapter.recent?.(new Date(0), us.call());
const change = async (what: string, text?: string) =>
  changeFromPhone(`${phoneUrl}/${us.posts()[0]?.id}/${what}`, text);

function file(bytes: Uint8Array, name: string, type: string): NonNullable<Filled["file"]> {
  return { bytes: new Uint8Array(bytes), name, type };
}

function picture(format: "jpeg" | "png", width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: "#2a6b99" } })
    .toFormat(format)
    .toBuffer();
}

describe("a post made in the app", () => {
  it("reads for apps like one that an app made, alt text and file included", async () => {
    expect((await send({ text: "Clean water is a right.", altText: "A well" })).status).toBe(303);
    on.world.clock.advance(2000);
    await publishFully(
      on.world,
      us,
      variant({ media: [await anyFile(on.world, "image", "A well")], text: "Clean water is a right." }),
    );
    const posts = (await recent()) ?? [];
    const [ofApp, ofPhone] = posts;
    expect(ofPhone).toMatchObject({
      text: "Clean water is a right.",
      media: [{ kind: "image", altText: "A well" }],
    });
    const varying = { externalId: "", externalUrl: "", createdAt: null };
    const alike = (post: typeof ofApp) => ({ ...post, ...varying, media: { ...post?.media[0], url: "" } });
    expect(alike(ofPhone)).toEqual(alike(ofApp));
    const [asked] = await Promise.all([
      fetch(ofPhone?.media[0]?.url ?? ""),
      fetch(ofPhone?.externalUrl ?? ""),
    ]);
    expect(Buffer.from(await asked.arrayBuffer())).toEqual(Buffer.from(jpeg.bytes));
    expect((await fetch(ofPhone?.externalUrl ?? "")).url).toContain(`/posts/${ofPhone?.externalId}`);
  });

  it("may be a reel, which has no alt text on Instagram", async () => {
    const video = await tinyVideo("video/mp4", { width: 640, height: 640, seconds: 5 });
    await send({ file: file(video, "river.mp4", "video/mp4"), text: "Look", altText: "A well" });
    expect(await recent()).toMatchObject([{ text: "Look", media: [{ kind: "video", altText: "" }] }]);
  });

  it("counts neither in the ledger nor among the posts that apps may make", async () => {
    await send({ text: "By hand" });
    expect(us.posts()).toHaveLength(1);
    expect(on.world.practice.ledger().counts.instagram?.["By hand"]).toBeUndefined();
    const { accessToken = "" } = us.identity.credentials;
    const path = `${us.identity.externalId}/content_publishing_limit?fields=quota_usage`;
    expect((await ask(on, accessToken, "GET", path)).body).toMatchObject({ data: [{ quota_usage: 0 }] });
  });

  it("gets another caption, and is gone with its comments once it is deleted", async () => {
    await send({ text: "Wrong" });
    expect((await change("edit", "Right 🌊 \u202Eمرحبا")).status).toBe(303);
    expect(await recent()).toMatchObject([{ text: "Right 🌊 \u202Eمرحبا" }]);
    const id = us.posts()[0]?.id ?? "";
    const { accessToken = "" } = us.identity.credentials;
    const comment = await ask(on, accessToken, "POST", `${id}/comments`, { message: "And a link" });
    expect(comment.status).toBe(200);
    expect((await changeFromPhone(`${phoneUrl}/${comment.body.id}/edit`, "Other")).status).toBe(422);
    expect((await change("delete")).status).toBe(303);
    expect([await recent(), us.posts()]).toEqual([[], []]);
    expect((await ask(on, accessToken, "GET", id)).refusal).toBe("100/33");
  });
});

describe("refuses what Instagram refuses, in words, and keeps nothing of it", () => {
  it.each<[string, () => Promise<Filled>, RegExp]>([
    ["a post without a picture", async () => ({ file: file(new Uint8Array(), "", "") }), /photo or a video/],
    ["a PNG", async () => ({ file: file(await picture("png", 64, 64), "a.jpg", "image/jpeg") }), /JPEG/],
    ["a text", async () => ({ file: file(Buffer.from("Hello"), "a.jpg", "image/jpeg") }), /JPEG/],
    [
      "what only begins like a JPEG",
      async () => ({ file: file(jpeg.bytes.slice(0, 20), "a.jpg", "image/jpeg") }),
      /JPEG/,
    ],
    [
      "a very wide picture",
      async () => ({ file: file(await picture("jpeg", 640, 64), "a.jpg", "image/jpeg") }),
      /aspect ratio/,
    ],
    [
      "a short video",
      async () => ({
        file: file(await tinyVideo("video/mp4", { width: 64, height: 64, seconds: 1 }), "a.mp4", "video/mp4"),
      }),
      /length/,
    ],
    ["a caption that is too long", async () => ({ text: "a".repeat(2201) }), /longer than 2200/],
    ["too many hashtags", async () => ({ text: "#a ".repeat(31) }), /many tags/],
    ["an alt text that is too long", async () => ({ altText: "a".repeat(1001) }), /alt_text is too long/],
  ])("%s", async (_what, filled, words) => {
    const answer = await send({ text: "Kept <words>", ...(await filled()) });
    const { text = "Kept <words>" } = await filled();
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toMatch(words);
    expect(page).toContain(text.replace("<", "&lt;").replace(">", "&gt;"));
    expect([us.posts(), await recent()]).toEqual([[], []]);
    expect(on.world.failures).toEqual([]);
  });

  it("an edit to a caption that is too long", async () => {
    await send({ text: "Short" });
    const answer = await change("edit", "a".repeat(2201));
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining("longer than 2200")]);
    expect(await recent()).toMatchObject([{ text: "Short" }]);
  });
});
