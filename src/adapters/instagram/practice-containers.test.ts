import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import type { Actor } from "../../../test/contract/world.ts";
import {
  type Answer,
  ask,
  type GraphWorld,
  graphOnPractice,
} from "../../../test/support/graph-on-practice.ts";
import type { MediaLimit } from "../contract/capabilities.ts";
import { instagram } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let us: Actor;
let other: Actor;
let id: string;
let files: Server;
const shown = new Map<string, Uint8Array>();

beforeAll(async () => {
  on = await graphOnPractice(instagram, practice);
  files = createServer((request, response) => {
    const bytes = shown.get(request.url ?? "");
    response.writeHead(bytes ? 200 : 404, { "content-type": "image/jpeg" }).end(bytes);
  }).listen(0, "127.0.0.1");
  await once(files, "listening");
});
afterAll(async () => {
  files.close();
  await on.world.close();
});
beforeEach(() => {
  [us, other] = [on.world.actor(), on.world.actor()];
  id = us.identity.externalId;
});

const tokenOf = (actor: Actor) => actor.identity.credentials.accessToken ?? "";
const post = (path: string, body: Record<string, unknown>, as = us): Promise<Answer> =>
  ask(on, tokenOf(as), "POST", path, body);
const get = (path: string): Promise<Answer> => ask(on, tokenOf(us), "GET", path);
const container = (body: Record<string, unknown>, as = us) =>
  post(`${as.identity.externalId}/media`, body, as);
const publish = (creation_id: unknown, as = us) =>
  post(`${as.identity.externalId}/media_publish`, { creation_id }, as);
const status = async (containerId: string) => (await get(`${containerId}?fields=status_code,status`)).body;
const later = (ms: number) => on.world.clock.advance(ms);

async function urlOf(mimeType: string, limit: Partial<MediaLimit> = {}): Promise<string> {
  const kind = mimeType.startsWith("video/") ? "video" : "image";
  const file = await on.world.shelf.make(kind, mimeType, { mimeTypes: [], maxBytes: 1, ...limit }, "");
  return us.call().media.publicUrl(file?.id ?? "");
}
function show(path: string, bytes: Uint8Array): string {
  shown.set(path, bytes);
  return `http://127.0.0.1:${(files.address() as AddressInfo).port}${path}`;
}
const jpeg = () => urlOf("image/jpeg");
const picture = async (more: Record<string, unknown> = {}, as = us): Promise<string> =>
  (await container({ image_url: await jpeg(), ...more }, as)).body.id;

describe("a container is refused", () => {
  test.each<[string, () => Promise<Record<string, unknown>> | Record<string, unknown>, string]>([
    ["without a file", () => ({}), "100"],
    ["of a file that cannot be fetched", () => ({ image_url: "http://127.0.0.1:1/x.jpg" }), "9004/2207052"],
    [
      "of a video that cannot be fetched",
      () => ({ media_type: "REELS", video_url: "http://127.0.0.1:1/x.mp4" }),
      "9004/2207052",
    ],
    ["of a file elsewhere in the world", () => ({ image_url: "https://example.org/x.jpg" }), "9004/2207052"],
    ["of a picture that is no JPEG", async () => ({ image_url: await urlOf("image/png") }), "36001/2207005"],
    [
      "of a text that is sent as a JPEG",
      () => ({ image_url: show("/text", Buffer.from("I am a picture")) }),
      "36001/2207005",
    ],
    [
      "of a picture too wide",
      async () => ({ image_url: await urlOf("image/jpeg", { minAspect: 2 }) }),
      "36003/2207009",
    ],
    [
      "of a picture too tall",
      async () => ({ image_url: await urlOf("image/jpeg", { maxAspect: 0.7 }) }),
      "36003/2207009",
    ],
    [
      "of a kind that is not known",
      async () => ({ media_type: "POEM", image_url: await jpeg() }),
      "100/2207023",
    ],
    [
      "of a single video in the old way",
      async () => ({ media_type: "VIDEO", video_url: await urlOf("video/mp4") }),
      "100/2207023",
    ],
    [
      "with a caption too long",
      async () => ({ image_url: await jpeg(), caption: "🐟".repeat(2201) }),
      "36004/2207010",
    ],
    ["with 31 hashtags", async () => ({ image_url: await jpeg(), caption: "#a ".repeat(31) }), "100/2207040"],
    ["with 21 mentions", async () => ({ image_url: await jpeg(), caption: "@a ".repeat(21) }), "100/2207040"],
    ["with alt text too long", async () => ({ image_url: await jpeg(), alt_text: "a".repeat(1001) }), "100"],
    [
      "as a carousel of one",
      async () => ({ media_type: "CAROUSEL", children: await picture() }),
      "100/2207028",
    ],
    [
      "as a carousel of what is not there",
      () => ({ media_type: "CAROUSEL", children: ["1", "2"] }),
      "100/2207028",
    ],
  ])("%s", async (_name, body, refusal) => {
    expect(await container(await body())).toMatchObject({ status: 400, refusal });
  });

  it("of a picture of more than 8 MiB", async () => {
    const small = new Uint8Array(await (await fetch(await jpeg())).arrayBuffer());
    const large = new Uint8Array(8 * 1024 * 1024 + 1);
    large.set(small);
    expect(await container({ image_url: show("/large", large) })).toMatchObject({ refusal: "36000/2207004" });
  });

  it("for another account, or for nobody", async () => {
    const body = { image_url: await jpeg() };
    expect(await post(`${other.identity.externalId}/media`, body)).toMatchObject({ refusal: "200" });
    expect(await ask(on, null, "POST", `${id}/media`, body)).toMatchObject({ refusal: "104" });
    expect(await ask(on, "stranger", "POST", `${id}/media`, body)).toMatchObject({ refusal: "190" });
  });

  it("as a carousel of parts that are not ready, not ours, or no parts", async () => {
    const part = () => picture({ is_carousel_item: true });
    const early = [await part(), await part()].join(",");
    expect(await container({ media_type: "CAROUSEL", children: early })).toMatchObject({
      refusal: "9007/2207027",
    });
    later(1000);
    expect(await container({ media_type: "CAROUSEL", children: early })).toMatchObject({ status: 200 });
    expect(await container({ media_type: "CAROUSEL", children: early }, other)).toMatchObject({
      refusal: "100/2207028",
    });
    const wholes = [await picture(), await picture()].join(",");
    expect(await container({ media_type: "CAROUSEL", children: wholes })).toMatchObject({
      refusal: "100/2207028",
    });
  });
});

describe("the life of a container", () => {
  it("is a second of work, readiness, and a day", async () => {
    const made = await picture();
    expect(await status(made)).toMatchObject({ status_code: "IN_PROGRESS" });
    expect(await publish(made)).toMatchObject({ refusal: "9007/2207027" });
    later(1000);
    expect(await status(made)).toMatchObject({ status_code: "FINISHED" });
    later(24 * 60 * 60_000);
    expect(await status(made)).toMatchObject({ status_code: "EXPIRED" });
    expect(await publish(made)).toMatchObject({ refusal: "24/2207008" });
    expect(us.posts()).toEqual([]);
  });

  it("ends with the one post that it becomes", async () => {
    const made = await picture({ caption: "A well", alt_text: "A girl at a well" });
    later(1000);
    const { body } = await publish(made);
    expect(us.posts()).toMatchObject([
      { id: body.id, text: "A well", media: [{ altText: "A girl at a well" }] },
    ]);
    expect(await status(made)).toMatchObject({ status_code: "PUBLISHED" });
    expect(await publish(made)).toMatchObject({ refusal: "24/2207008" });
    expect(us.posts()).toHaveLength(1);
    expect(on.world.practice.ledger("instagram").counts.instagram).toMatchObject({
      "A well": { accepted: 1, refused: 1 },
    });
  });

  test.each([
    ["no video at all", () => jpeg()],
    ["two seconds long", () => urlOf("video/mp4", { minDurationMs: 1, maxDurationMs: 2000 })],
  ])("fails with a video that is %s, after a while", async (_name, url) => {
    const { body } = await container({ media_type: "REELS", video_url: await url() });
    expect(await status(body.id)).toMatchObject({ status_code: "IN_PROGRESS" });
    later(3000);
    expect(await status(body.id)).toMatchObject({
      status_code: "ERROR",
      status: expect.stringContaining("2207026"),
    });
    expect(await publish(body.id)).toMatchObject({ refusal: "24/2207008" });
  });

  it("belongs to one account, and a part is no post", async () => {
    const [made, part] = [await picture(), await picture({ is_carousel_item: true })];
    later(1000);
    expect(await publish(made, other)).toMatchObject({ refusal: "24/2207006" });
    expect(await publish(part)).toMatchObject({ refusal: "24/2207006" });
    expect(await publish("4711")).toMatchObject({ refusal: "24/2207006" });
    expect(await publish(undefined)).toMatchObject({ refusal: "100" });
  });
});
