import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import type { Actor } from "../../../test/contract/world.ts";
import {
  type Answer,
  ask,
  type GraphWorld,
  graphOnPractice,
} from "../../../test/support/graph-on-practice.ts";
import type { MediaLimit } from "../contract/capabilities.ts";
import { threads } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let us: Actor;
let other: Actor;

beforeAll(async () => {
  on = await graphOnPractice(threads, practice, "v1.0");
});
afterAll(() => on.world.close());
beforeEach(() => {
  [us, other] = [on.world.actor(), on.world.actor()];
});

const tokenOf = (actor: Actor) => actor.identity.credentials.accessToken ?? "";
const post = (path: string, body: Record<string, unknown>, as = us): Promise<Answer> =>
  ask(on, tokenOf(as), "POST", path, body);
const container = (body: Record<string, unknown>, as = us) => post("me/threads", body, as);
const publish = (creation_id: unknown, as = us) => post("me/threads_publish", { creation_id }, as);
const status = async (id: string) =>
  (await ask(on, tokenOf(us), "GET", `${id}?fields=status,error_message`)).body;
const later = (ms: number) => on.world.clock.advance(ms);
const text = async (more: Record<string, unknown> = {}, as = us): Promise<string> =>
  (await container({ media_type: "TEXT", text: "Clean water", ...more }, as)).body.id;
const links = (count: number) =>
  Array.from({ length: count }, (_, n) => `https://example.org/${n}`).join(" ");

async function urlOf(mimeType: string, limit: Partial<MediaLimit> = {}): Promise<string> {
  const kind = mimeType.startsWith("video/") ? "video" : "image";
  const file = await on.world.shelf.make(kind, mimeType, { mimeTypes: [], maxBytes: 1, ...limit }, "");
  return us.call().media.publicUrl(file?.id ?? "");
}
const part = async () =>
  (await container({ media_type: "IMAGE", image_url: await urlOf("image/png"), is_carousel_item: "true" }))
    .body.id as string;

describe("a container is refused", () => {
  test.each<[string, () => Promise<Record<string, unknown>> | Record<string, unknown>, string]>([
    ["without a kind", () => ({ text: "a" }), "100"],
    ["of a kind that is not known", () => ({ media_type: "POEM", text: "a" }), "100"],
    ["without a word", () => ({ media_type: "TEXT" }), "100"],
    ["with a word too many", () => ({ media_type: "TEXT", text: "a".repeat(501) }), "100"],
    ["with emojis too many", () => ({ media_type: "TEXT", text: "🐟".repeat(126) }), "100"],
    ["with six links", () => ({ media_type: "TEXT", text: links(6) }), "100"],
    [
      "with five links and another attached",
      () => ({ media_type: "TEXT", text: links(5), link_attachment: "https://example.org/x" }),
      "100",
    ],
    [
      "with a link that is none",
      () => ({ media_type: "TEXT", text: "a", link_attachment: "x" }),
      "-1/4279047",
    ],
    [
      "with a link beside a picture",
      async () => ({
        media_type: "IMAGE",
        image_url: await urlOf("image/png"),
        link_attachment: "https://example.org/x",
      }),
      "-1/4279047",
    ],
    ["with a topic that is none", () => ({ media_type: "TEXT", text: "a", topic_tag: "U.N." }), "100"],
    ["for nobody we know", () => ({ media_type: "TEXT", text: "a", reply_control: "friends" }), "100"],
    ["with alt text too long", () => ({ media_type: "TEXT", text: "a", alt_text: "a".repeat(1001) }), "100"],
    ["below a post that is not there", () => ({ media_type: "TEXT", text: "a", reply_to_id: "1" }), "100/33"],
    ["of a picture that is not named", () => ({ media_type: "IMAGE" }), "100"],
    [
      "of a picture that cannot be fetched",
      () => ({ media_type: "IMAGE", image_url: "http://127.0.0.1:1/x.jpg" }),
      "9004/2207052",
    ],
    [
      "of a video elsewhere in the world",
      () => ({ media_type: "VIDEO", video_url: "https://example.org/x.mp4" }),
      "9004/2207052",
    ],
    [
      "of a picture of another kind",
      async () => ({ media_type: "IMAGE", image_url: await urlOf("image/webp") }),
      "36001/2207005",
    ],
    [
      "of a picture too long",
      async () => ({ media_type: "IMAGE", image_url: await urlOf("image/png", { minAspect: 20 }) }),
      "36003/2207009",
    ],
    ["as a carousel of one", async () => ({ media_type: "CAROUSEL", children: await part() }), "100/4279004"],
    [
      "as a carousel of what is not there",
      () => ({ media_type: "CAROUSEL", children: "1,2" }),
      "100/4279004",
    ],
  ])("%s", async (_name, body, refusal) => {
    expect(await container(await body())).toMatchObject({ status: 400, refusal });
  });

  it("for another account, or for nobody", async () => {
    const body = { media_type: "TEXT", text: "a" };
    expect(await post(`${other.identity.externalId}/threads`, body)).toMatchObject({ refusal: "200" });
    expect(await ask(on, null, "POST", "me/threads", body)).toMatchObject({ refusal: "104" });
    expect(await ask(on, "stranger", "POST", "me/threads", body)).toMatchObject({ refusal: "190" });
  });

  it("as a carousel of parts that are not ready, not ours, no parts, or more than twenty", async () => {
    const [one, two] = [await part(), await part()];
    const carousel = (children: string, as = us) => container({ media_type: "CAROUSEL", children }, as);
    expect(await carousel(`${one},${two}`)).toMatchObject({ refusal: "100/4279004" });
    later(1000);
    expect(await carousel(`${one},${two}`)).toMatchObject({ status: 200 });
    expect(await carousel(`${one},${two}`, other)).toMatchObject({ refusal: "100/4279004" });
    expect(await carousel(`${one},${await text()}`)).toMatchObject({ refusal: "100/4279004" });
    expect(await carousel(Array(21).fill(one).join(","))).toMatchObject({ refusal: "100/4279004" });
  });

  it("in somebody else's conversation", async () => {
    const theirs = await text({}, other);
    later(1000);
    const { body } = await publish(theirs, other);
    expect(await container({ media_type: "TEXT", text: "a", reply_to_id: body.id })).toMatchObject({
      refusal: "10",
    });
  });
});

describe("the life of a container", () => {
  const notFound = { refusal: "24/4279009" };

  it("is a second of work, readiness, and a day", async () => {
    const made = await text();
    expect(await status(made)).toMatchObject({ status: "IN_PROGRESS" });
    expect(await publish(made)).toMatchObject(notFound);
    later(1000);
    expect(await status(made)).toMatchObject({ status: "FINISHED" });
    later(24 * 60 * 60_000);
    expect(await status(made)).toMatchObject({ status: "EXPIRED" });
    expect(await publish(made)).toMatchObject(notFound);
    expect(us.posts()).toEqual([]);
  });

  it("ends with the one post that it becomes", async () => {
    const made = await text({
      text: "Said once",
      link_attachment: "https://example.org/",
      topic_tag: "Water",
    });
    later(1000);
    const { body } = await publish(made);
    expect(us.posts()).toMatchObject([
      { id: body.id, text: "Said once", link: "https://example.org/", extra: { topic: "Water" } },
    ]);
    expect(await status(made)).toMatchObject({ status: "PUBLISHED" });
    expect(await publish(made)).toMatchObject(notFound);
    expect(us.posts()).toHaveLength(1);
    expect(on.world.practice.ledger("threads").counts.threads).toMatchObject({
      "Said once": { accepted: 1 },
    });
  });

  test.each([
    ["no video at all", () => urlOf("image/jpeg"), "FAILED_PROCESSING_VIDEO"],
    [
      "too long",
      () => urlOf("video/mp4", { minDurationMs: 301_000, maxDurationMs: 302_000 }),
      "INVALID_DURATION",
    ],
  ])("fails with a video that is %s, after a while", async (_name, url, error_message) => {
    const { body } = await container({ media_type: "VIDEO", video_url: await url() });
    expect(await status(body.id)).toMatchObject({ status: "IN_PROGRESS" });
    later(3000);
    expect(await status(body.id)).toMatchObject({ status: "ERROR", error_message });
    expect(await publish(body.id)).toMatchObject(notFound);
  });

  it("belongs to one account, and a part is no post", async () => {
    const [made, child] = [await text(), await part()];
    later(1000);
    for (const answer of [publish(made, other), publish(child), publish("4711")])
      expect(await answer).toMatchObject(notFound);
    expect(await publish(undefined)).toMatchObject({ refusal: "100" });
    expect(await ask(on, tokenOf(other), "GET", made)).toMatchObject({ refusal: "100/33" });
  });
});
