import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import { anyFile } from "../../../test/contract/check.ts";
import { type Actor, prepared } from "../../../test/contract/world.ts";
import { type GraphWorld, graphOnPractice, variant } from "../../../test/support/graph-on-practice.ts";
import type { Variant } from "../../domain/post.ts";
import type { Prepared } from "../contract/adapter.ts";
import { instagram } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let us: Actor;

beforeAll(async () => {
  on = await graphOnPractice(instagram, practice);
});
afterAll(() => on.world.close());
beforeEach(() => {
  us = on.world.actor();
  on.instead.length = 0;
  on.asked.length = 0;
});

const made = () => on.asked.filter(({ method }) => method === "POST").map(({ given }) => given);
const picture = (altText = "") => anyFile(on.world, "image", altText);
const film = () => anyFile(on.world, "video", "Ignored");
const urlOf = (id: string) => us.call().media.publicUrl(id);

async function step(of: Variant, soFar?: Prepared): Promise<Prepared> {
  const answer = await on.world.adapter.prepare?.(of, { ...us.call(), ...(soFar && { soFar }) });
  if (!answer) throw new Error("No prepare");
  return answer;
}

/** One step after another, each when its time has come. */
async function steps(of: Variant, count: number): Promise<Prepared> {
  let soFar = await step(of);
  for (let done = 1; done < count; done++) {
    on.world.clock.advance(soFar.pollAfterMs ?? 0);
    soFar = await step(of, soFar);
  }
  return soFar;
}

function answerStatus(containerId: string | undefined, status_code: string, status = "") {
  const reply = { status: 200, body: { id: containerId, status_code, status } };
  on.instead.push({ method: "GET", path: `/${containerId}`, reply });
}

describe("containers are made as Instagram wants them", () => {
  it("a picture, with caption, link and alt text", async () => {
    const photo = await picture("A well");
    await step(variant({ media: [photo], link: "https://example.org/water" }));
    const caption = "Clean water is a right.\nhttps://example.org/water";
    expect(made()).toEqual([{ image_url: urlOf(photo.id), caption, alt_text: "A well" }]);
  });

  it("a single video, as a reel, which has no alt text", async () => {
    const reel = await film();
    await step(variant({ media: [reel], text: "" }));
    expect(made()).toEqual([{ media_type: "REELS", video_url: urlOf(reel.id), share_to_feed: true }]);
  });

  it("a carousel: parts without caption, in their order, and the whole when they are ready", async () => {
    const [photo, reel] = [await picture("A well"), await film()];
    const ready = await prepared(on.world, variant({ media: [photo, reel] }), us.call());
    const parts = [
      { image_url: urlOf(photo.id), alt_text: "A well", is_carousel_item: true },
      { media_type: "VIDEO", video_url: urlOf(reel.id), is_carousel_item: true },
    ];
    const [one, other, carousel] = made();
    expect(new Set([one, other])).toEqual(new Set(parts));
    expect(carousel).toMatchObject({ media_type: "CAROUSEL", caption: "Clean water is a right." });
    const answered = [photo, reel].map(({ id }) =>
      on.asked.find(({ given }) => Object.values(given).includes(urlOf(id))),
    );
    const ids = answered.map((asked) => asked?.reply.body).map((body) => (body as { id: string }).id);
    expect(carousel?.children).toBe(ids.join(","));
    expect(ready?.values).not.toHaveProperty("childIds");
    expect(us.posts()).toEqual([]);
  });

  it("nothing for a comment", async () => {
    expect(await step(variant({ role: "comment" }))).toMatchObject({ values: {} });
    expect(on.asked).toEqual([]);
  });
});

describe("a container is waited for, not made again", () => {
  it("at 3 seconds, then ever less often, up to a minute", async () => {
    const of = variant({ media: [await film()] });
    let soFar = await step(of);
    answerStatus(soFar.values.containerId, "IN_PROGRESS");
    const waits = [soFar.pollAfterMs];
    for (let poll = 0; poll < 7; poll++) {
      soFar = await step(of, soFar);
      waits.push(soFar.pollAfterMs);
    }
    expect(waits.map((ms) => Number(ms) / 1000)).toEqual([3, 6, 12, 24, 48, 60, 60, 60]);
    expect(made()).toHaveLength(1);
  });

  it("also while its parts are in the works, and through a failed look", async () => {
    const of = variant({ media: [await picture(), await film()] });
    const soFar = await step(of);
    on.world.clock.advance(1500); // the picture is ready, the video is not
    const still = await step(of, soFar);
    expect(still.values.childIds).toBe(soFar.values.childIds);
    on.instead.push({ method: "GET", path: "", reply: { status: 500 } });
    await expect(step(of, still)).rejects.toMatchObject({ kind: "unavailable" });
    on.instead.length = 0;
    on.world.clock.advance(60_000);
    expect((await step(of, still)).values.childIds).toBe(soFar.values.childIds);
    expect(made()).toHaveLength(3);
  });

  it("and a published one is left to publishing, which tells", async () => {
    const of = variant({ media: [await picture()] });
    const soFar = await step(of);
    answerStatus(soFar.values.containerId, "PUBLISHED");
    const ready = await step(of, soFar);
    expect(ready).toEqual({ values: { containerId: soFar.values.containerId }, expiresAt: soFar.expiresAt });
    expect(made()).toHaveLength(1);
  });
});

describe("a container that came to nothing", () => {
  const gone = (code: number, subcode: number) => ({
    status: 400,
    body: { error: { message: "no", type: "OAuthException", code, error_subcode: subcode } },
  });

  test.each([
    ["expired", { status: 200, body: { status_code: "EXPIRED" } }],
    ["failed without a reason", { status: 200, body: { status_code: "ERROR", status: "Error" } }],
    ["failed to upload", { status: 200, body: { status_code: "ERROR", status: "Error: code 2207082" } }],
    ["is not found", gone(100, 33)],
    ["is not found, in Instagram's words", gone(24, 2207008)],
  ])("is made anew where it %s", async (_name, reply) => {
    const of = variant({ media: [await picture()] });
    const soFar = await step(of);
    on.instead.push({ method: "GET", path: `/${soFar.values.containerId}`, reply });
    const anew = await step(of, soFar);
    expect(anew.values.containerId).not.toBe(soFar.values.containerId);
    expect(Date.parse(anew.expiresAt)).toBeGreaterThan(Date.parse(soFar.expiresAt) - 1);
    expect(made()).toHaveLength(2);
  });

  it("is given up after three, in words", async () => {
    const of = variant({ media: [await picture()] });
    on.instead.push({ method: "GET", path: "", reply: { status: 200, body: { status_code: "ERROR" } } });
    await expect(steps(of, 4)).rejects.toMatchObject({
      kind: "invalid",
      detail: { code: "container_failed" },
    });
    expect(made()).toHaveLength(3);
  });

  it("tells why, where the file is at fault, and is not made anew", async () => {
    const short = { ...(await film()), durationMs: 2000 };
    const of = variant({ media: [short] });
    const soFar = await step(of);
    answerStatus(soFar.values.containerId, "ERROR", "Error: Media upload has failed with error code 2207026");
    await expect(step(of, soFar)).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringMatching(/^Instagram cannot use this video/),
      detail: { code: "2207026" },
    });
    expect(made()).toHaveLength(1);
  });
});

it("says in words that Instagram cannot fetch a file", async () => {
  const lost = { ...(await picture()), id: "med_lost" };
  await expect(step(variant({ media: [lost] }))).rejects.toMatchObject({
    kind: "invalid",
    message: expect.stringMatching(/public address must be reachable/),
    detail: { code: "9004/2207052" },
  });
});
