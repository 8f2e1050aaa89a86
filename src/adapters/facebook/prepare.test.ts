import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import { type Actor, prepared } from "../../../test/contract/world.ts";
import { type GraphWorld, graphOnPractice, variant } from "../../../test/support/graph-on-practice.ts";
import { facebook } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let page: Actor;

beforeAll(async () => {
  on = await graphOnPractice(facebook, practice);
});
afterAll(() => on.world.close());
beforeEach(() => {
  page = on.world.actor();
  on.instead.length = 0;
  on.asked.length = 0;
});

const posted = () => on.asked.filter(({ method }) => method === "POST");
const picture = (altText = "") => anyFile(on.world, "image", altText);
const film = () => anyFile(on.world, "video");
const link = "https://example.org/water";

describe("what is made before the moment", () => {
  it("is one unpublished post for a text with a link", async () => {
    await prepared(on.world, variant({ link }), page.call());
    expect(posted()[0]).toMatchObject({
      path: `/v26.0/${page.identity.externalId}/feed`,
      given: { published: false, message: "Clean water is a right.", link },
    });
  });

  it("leaves out a message that is empty", async () => {
    await prepared(on.world, variant({ text: "", link }), page.call());
    expect(posted()[0]?.given).toEqual({ published: false, link });
  });

  it("is every photo unpublished, in its order, and the link below the text", async () => {
    const media = [await picture("A well"), await picture()];
    await publishFully(on.world, page, variant({ link, media }));
    const [first, second, feed] = posted();
    const photoIds = [first, second]
      .map((upload) => upload?.reply.body)
      .map((body) => (body as { id: string }).id);
    expect(posted().map(({ files }) => files)).toEqual([["source"], ["source"], [], []]);
    expect(new Set([first?.given, second?.given])).toEqual(
      new Set([{ published: "false", alt_text_custom: "A well" }, { published: "false" }]),
    );
    expect(feed?.given).toMatchObject({ published: false, message: `Clean water is a right.\n${link}` });
    expect(feed?.given).not.toHaveProperty("link");
    const attached = feed?.given.attached_media as readonly { media_fbid: string }[];
    expect(new Set(attached.map(({ media_fbid }) => media_fbid))).toEqual(new Set(photoIds));
    expect(page.posts()[0]?.media.map(({ altText }) => altText)).toEqual(["A well", ""]);
  });

  it("is an unpublished video, waited for ever less often", async () => {
    const media = [await film()];
    const call = page.call();
    const first = await on.world.adapter.prepare?.(variant({ media }), call);
    expect(posted()[0]).toMatchObject({
      path: `/v26.0/${page.identity.externalId}/videos`,
      given: { published: "false", description: "Clean water is a right." },
      files: ["source"],
    });
    expect(first).toMatchObject({ pollAfterMs: 3000 });
    const second = await on.world.adapter.prepare?.(variant({ media }), {
      ...call,
      ...(first && { soFar: first }),
    });
    expect(second).toMatchObject({ pollAfterMs: 6000, values: { videoId: first?.values.videoId } });
    expect(posted()).toHaveLength(1);
    on.world.clock.advance(9000);
    const ready = await on.world.adapter.prepare?.(variant({ media }), {
      ...call,
      ...(second && { soFar: second }),
    });
    expect(ready).toEqual({ values: { videoId: first?.values.videoId }, expiresAt: first?.expiresAt });
    expect(page.posts()).toEqual([]);
  });

  it("goes to the upload host with a video, and with nothing else", async () => {
    const { baseUrl } = page.call();
    const call = page.call({ baseUrl: { ...baseUrl, upload: `${baseUrl.api}/elsewhere` } });
    await prepared(on.world, variant({ media: [await picture()] }), call);
    const media = [await film()];
    await expect(prepared(on.world, variant({ media }), call)).rejects.toMatchObject({ kind: "unavailable" });
    const elsewhere = on.world.wire.requests.filter(({ path }) => path.includes("/elsewhere/"));
    expect(elsewhere.map(({ path }) => path)).toEqual([
      `/facebook/elsewhere/v26.0/${page.identity.externalId}/videos`,
    ]);
  });

  test.each(["error", "upload_failed", "expired"])(
    "fails for good where the video's status is %s",
    async (status) => {
      const media = [await film()];
      const soFar = await on.world.adapter.prepare?.(variant({ media }), page.call());
      const reply = { status: 200, body: { id: "1", status: { video_status: status } } };
      on.instead.push({ method: "GET", path: `/${soFar?.values.videoId}`, reply });
      const again = on.world.adapter.prepare?.(variant({ media }), {
        ...page.call(),
        ...(soFar && { soFar }),
      });
      await expect(again).rejects.toMatchObject({ kind: "invalid", detail: { code: `video_${status}` } });
    },
  );

  it("is nothing for a comment", async () => {
    const answer = await on.world.adapter.prepare?.(variant({ role: "comment" }), page.call());
    expect(answer).toMatchObject({ values: {} });
    expect(on.asked).toEqual([]);
  });

  it("is good for 20 of the 24 hours that Facebook keeps it", async () => {
    const ready = await prepared(on.world, variant(), page.call());
    const hours = (Date.parse(ready?.expiresAt ?? "") - on.world.clock.now().getTime()) / 3_600_000;
    expect(hours).toBeCloseTo(20, 1);
  });
});
