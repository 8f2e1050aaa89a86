import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import { anyFile } from "../../../test/contract/check.ts";
import { type Actor, prepared } from "../../../test/contract/world.ts";
import { type GraphWorld, graphOnPractice, variant } from "../../../test/support/graph-on-practice.ts";
import type { Variant } from "../../domain/post.ts";
import type { PrepareCall, Prepared } from "../contract/adapter.ts";
import { threads } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let us: Actor;

beforeAll(async () => {
  on = await graphOnPractice(threads, practice, "v1.0");
});
afterAll(() => on.world.close());
beforeEach(() => {
  us = on.world.actor();
  on.instead.length = 0;
  on.asked.length = 0;
});

const made = () => on.asked.filter(({ method }) => method === "POST").map(({ given }) => given);
const urlOf = (id: string) => us.call().media.publicUrl(id);
const text = "Clean water is a right.";
const link = "https://example.org/water";

async function step(of: Variant, more: Partial<PrepareCall<never>> = {}): Promise<Prepared> {
  const answer = await on.world.adapter.prepare?.(of, { ...us.call(), ...more });
  if (!answer) throw new Error("No prepare");
  return answer;
}

function answerStatus(containerId: string | undefined, status: string, error_message?: string) {
  const reply = { status: 200, body: { id: containerId, status, error_message } };
  on.instead.push({ method: "GET", path: `/${containerId}`, reply });
}

describe("containers are made as Threads wants them", () => {
  it("a text with its link attached", async () => {
    await step(variant({ link }));
    expect(made()).toEqual([{ media_type: "TEXT", text, link_attachment: link }]);
  });

  it("a picture with its alt text, and the link below the words", async () => {
    const photo = await anyFile(on.world, "image", "A well");
    await step(variant({ media: [photo], link }));
    const image = { media_type: "IMAGE", image_url: urlOf(photo.id), alt_text: "A well" };
    expect(made()).toEqual([{ ...image, text: `${text}\n${link}` }]);
  });

  it("a video, which has an alt text too", async () => {
    const film = await anyFile(on.world, "video", "A pump at work");
    await step(variant({ media: [film], text: "" }));
    const video = { media_type: "VIDEO", video_url: urlOf(film.id), alt_text: "A pump at work" };
    expect(made()).toEqual([video]);
  });

  it("a carousel: parts without words, in their order, and the whole when they are ready", async () => {
    const [photo, film] = [await anyFile(on.world, "image", "A well"), await anyFile(on.world, "video")];
    const options = { topic: "Water", replyControl: "followers_only" };
    const ready = await prepared(on.world, variant({ media: [photo, film], options }), us.call());
    const parts = [
      { media_type: "IMAGE", image_url: urlOf(photo.id), alt_text: "A well", is_carousel_item: "true" },
      { media_type: "VIDEO", video_url: urlOf(film.id), is_carousel_item: "true" },
    ];
    const [one, other, carousel] = made();
    expect(new Set([one, other])).toEqual(new Set(parts));
    const idOf = (url: string) =>
      on.asked.find(({ given }) => Object.values(given).includes(url))?.reply.body;
    const children = [photo, film].map(({ id }) => (idOf(urlOf(id)) as { id: string }).id).join(",");
    const about = { text, topic_tag: "Water", reply_control: "followers_only" };
    expect(carousel).toEqual({ media_type: "CAROUSEL", children, ...about });
    expect(Object.keys(ready?.values ?? {})).toEqual(["containerId"]);
    expect(us.posts()).toEqual([]);
  });

  it.each(["reply", "comment"] as const)(
    "a %s, once its post has settled, and without what is the first one's",
    async (role) => {
      const parent = { externalId: "4711", rootExternalId: "4710" };
      const of = variant({ role, options: { topic: "Water", replyControl: "followers_only" } });
      const soFar = await step(of, { parent });
      expect([soFar.pollAfterMs, on.asked]).toEqual([10_000, []]);
      on.instead.push({ method: "POST", path: "/threads", reply: { status: 200, body: { id: "1" } } });
      expect(await step(of, { parent, soFar })).toMatchObject({ values: { containerId: "1" } });
      expect(made()).toEqual([{ media_type: "TEXT", text, reply_to_id: "4711" }]);
    },
  );

  it("no reply to nothing", async () => {
    await expect(step(variant({ role: "reply" }))).rejects.toMatchObject({ detail: { notSent: true } });
    expect(on.asked).toEqual([]);
  });
});

describe("a container is waited for, not made again", () => {
  it("a text too: it is asked about after 3 seconds, then ever less often", async () => {
    let soFar = await step(variant());
    answerStatus(soFar.values.containerId, "IN_PROGRESS");
    const waits = [soFar.pollAfterMs];
    for (let poll = 0; poll < 6; poll++) {
      soFar = await step(variant(), { soFar });
      waits.push(soFar.pollAfterMs);
    }
    expect(waits.map((ms) => Number(ms) / 1000)).toEqual([3, 6, 12, 24, 48, 60, 60]);
    expect(made()).toHaveLength(1);
  });

  test.each(["FINISHED", "PUBLISHED"])("%s: it is left to publishing", async (status) => {
    const soFar = await step(variant());
    answerStatus(soFar.values.containerId, status);
    const ready = await step(variant(), { soFar });
    expect(ready).toEqual({ values: { containerId: soFar.values.containerId }, expiresAt: soFar.expiresAt });
    expect(made()).toHaveLength(1);
  });
});

describe("a container that came to nothing", () => {
  const gone = (code: number, error_subcode: number) => ({ error: { message: "no", code, error_subcode } });

  test.each([
    ["expired", 200, { status: "EXPIRED" }],
    ["could not fetch the file", 200, { status: "ERROR", error_message: "FAILED_DOWNLOADING_VIDEO" }],
    ["does not know why", 200, { status: "ERROR", error_message: "UNKNOWN" }],
    ["does not say why", 200, { status: "ERROR" }],
    ["is not found", 400, gone(24, 4279009)],
    ["is not there", 400, gone(100, 33)],
  ])("is made anew where it %s", async (_name, status, body) => {
    const soFar = await step(variant());
    on.instead.push({ method: "GET", path: `/${soFar.values.containerId}`, reply: { status, body } });
    const anew = await step(variant(), { soFar });
    expect(anew.values.containerId).not.toBe(soFar.values.containerId);
    expect(made()).toHaveLength(2);
  });

  test.each([
    ["FAILED_PROCESSING_VIDEO", /export it as an MP4/],
    ["FAILED_PROCESSING_AUDIO", /sound/],
    ["INVALID_ASPEC_RATIO", /shape/],
    ["INVALID_BIT_RATE", /100 Mbit/],
    ["INVALID_DURATION", /5 minutes/],
    ["INVALID_FRAME_RATE", /23 to 60/],
    ["INVALID_AUDIO_CHANNELS", /two channels/],
    ["INVALID_AUDIO_CHANNEL_LAYOUT", /two channels/],
  ])("because of the file is the author's: %s", async (reason, says) => {
    const soFar = await step(variant());
    answerStatus(soFar.values.containerId, "ERROR", reason);
    await expect(step(variant(), { soFar })).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringMatching(says),
      detail: { code: reason.toLowerCase() },
    });
    expect(made()).toHaveLength(1);
  });
});

it("says in words that Threads cannot fetch a file", async () => {
  const lost = { ...(await anyFile(on.world, "image")), id: "med_lost" };
  await expect(step(variant({ media: [lost] }))).rejects.toMatchObject({
    kind: "invalid",
    message: expect.stringMatching(/public address must be reachable/),
  });
});
