import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import sharp from "sharp";
import { openWorld, type World } from "../../../test/contract/world.ts";
import { blueskyPerson, no, type Person, rkey, text } from "../../../test/support/bluesky-person.ts";
import { bluesky } from "./index.ts";
import { practice } from "./practice.ts";

const post = "app.bsky.feed.post";
const minuteMs = 60_000;

let world: World;
let us: Person;
beforeAll(async () => {
  world = await openWorld(bluesky, practice);
});
afterAll(() => world.close());
beforeEach(async () => {
  us = await blueskyPerson(world);
});

describe("the pretend Bluesky", () => {
  it("takes the same record twice for one, and no other in its place", async () => {
    const record = text("Hello");
    const first = await us.put({ record });
    expect(first).toMatchObject({ status: 200, body: { uri: us.uri(rkey), validationStatus: "valid" } });
    expect((await us.put({ record })).body).toEqual({ ...first.body, commit: undefined });
    expect(await us.put({ record: text("Hello?") })).toEqual(
      no("InvalidSwap", `Record was at ${first.body.cid}`),
    );
    expect(us.actor.posts()).toHaveLength(1);
  });

  it.each<[string, object, string]>([
    ["a long text", text("a".repeat(301)), "text must not be longer than 300 graphemes"],
    ["a heavy text", text("👩‍👩‍👧".repeat(167)), "text must not be longer than 3000 characters"],
    ["no text", { createdAt: "2026-11-20T12:00:00Z" }, 'must have the property "text"'],
    ["no date", { text: "Hello" }, 'must have the property "createdAt"'],
    ["a wrong date", text("Hello", { createdAt: "today" }), "createdAt must be an valid atproto datetime"],
    [
      "four languages",
      text("Hello", { langs: ["en", "az", "de", "fr"] }),
      "langs must not have more than 3 elements",
    ],
    ["a language that is none", text("Hello", { langs: ["a b"] }), "well-formed BCP 47"],
    ["another kind of record", text("Hello", { $type: "app.bsky.feed.like" }), "Invalid $type"],
    ["a link that is none", text("Hello", { embed: card("nowhere") }), "uri must be a uri"],
    [
      "a facet without a place",
      text("Hello", { facets: [{ features: [] }] }),
      'must have the property "index"',
    ],
    [
      "a mention of nobody",
      text("Hello", { facets: [facet({ did: "water.test" })] }),
      "did must be a valid did",
    ],
    [
      "an answer without hash",
      text("Hello", { reply: { root: ref(""), parent: ref("") } }),
      "cid must be a cid",
    ],
  ])("refuses %s", async (_what, record, says) => {
    expect(await us.put({ record })).toEqual(no("InvalidRequest", expect.stringContaining(says)));
    expect(us.actor.posts()).toEqual([]);
  });

  it.each(["sched-123", "zzzzzzzzzzzzz", "3lxgcnyjyze6", "3lxgcnyjyze61"])(
    "refuses the key %s",
    async (wrong) => {
      const says = `Invalid TID string (got "${wrong}")`;
      expect(await us.put({ rkey: wrong })).toEqual(no("InvalidRequest", expect.stringContaining(says)));
    },
  );

  it("refuses what is not asked for properly: no record, another's repository, nobody's", async () => {
    expect((await us.put({ record: undefined })).body.error).toBe("InvalidRequest");
    const other = await blueskyPerson(world);
    expect(await us.put({ repo: other.did })).toMatchObject({
      status: 401,
      body: { error: "AuthenticationRequired" },
    });
    expect(await us.put({ repo: "did:plc:abcdefghijklmnopqrstuvwx" })).toMatchObject({
      status: 403,
      body: { error: "AccountNotFound" },
    });
  });

  it("refuses a method it does not have", async () => {
    expect(await us.get("app.bsky.feed.getTimeline", {})).toMatchObject({ status: 501 });
  });
});

describe("files at the pretend Bluesky", () => {
  it("are taken for what they are, and kept for an hour until a post has them", async () => {
    const { blob } = (await us.upload(await picture(), "image/jpeg")).body;
    expect(blob).toMatchObject({ mimeType: "image/png", ref: { $link: expect.stringMatching(/^bafkrei/) } });
    world.clock.advance(61 * minuteMs);
    expect((await us.put({ record: images(blob) })).body.error).toBe("BlobNotFound");
    await us.upload(await picture(), "image/png");
    expect((await us.put({ record: images(blob) })).status).toBe(200);
    world.clock.advance(30 * 24 * 60 * minuteMs);
    const file = await us.get("com.atproto.sync.getBlob", {
      did: us.did,
      cid: (blob as { ref: { $link: string } }).ref.$link,
    });
    expect(file.status).toBe(200);
  });

  it.each<[string, (blob: Blob) => unknown, string]>([
    ["another's size", (blob) => ({ ...blob, size: 7 }), "InvalidSize"],
    ["another's type", (blob) => ({ ...blob, mimeType: "image/jpeg" }), "InvalidMimeType"],
    ["no picture", (blob) => ({ ...blob, mimeType: "video/mp4" }), "InvalidRequest"],
    ["two megabytes and more", (blob) => ({ ...blob, size: 2_000_001 }), "InvalidRequest"],
  ])("are refused in a post with %s", async (_what, change, error) => {
    const { blob } = (await us.upload(await picture(), "image/png")).body;
    expect((await us.put({ record: images(change(blob as Blob)) })).body.error).toBe(error);
  });

  it("are at most four, and nobody else's", async () => {
    const { blob } = (await us.upload(await picture(), "image/png")).body;
    const five = images(blob, blob, blob, blob, blob);
    expect((await us.put({ record: five })).body.message).toMatch(
      /images must not have more than 4 elements/,
    );
    const other = await blueskyPerson(world);
    expect((await other.put({ record: images(blob) })).body.error).toBe("BlobNotFound");
  });
});

function card(uri: string): object {
  return { $type: "app.bsky.embed.external", external: { uri, title: "", description: "" } };
}

function facet(feature: object): object {
  const features = [{ $type: "app.bsky.richtext.facet#mention", ...feature }];
  return { index: { byteStart: 0, byteEnd: 5 }, features };
}

function ref(cid: string): object {
  return { uri: `at://did:plc:abcdefghijklmnopqrstuvwx/${post}/${rkey}`, cid };
}

function images(...blobs: unknown[]): object {
  return text("Look", {
    embed: { $type: "app.bsky.embed.images", images: blobs.map((image) => ({ alt: "", image })) },
  });
}

async function picture(): Promise<Uint8Array<ArrayBuffer>> {
  const made = sharp({ create: { width: 8, height: 8, channels: 3, background: "#2a6b99" } });
  return new Uint8Array(await made.png().toBuffer());
}
