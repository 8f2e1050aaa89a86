import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import { type Actor, type AnyCall, prepared, stored } from "../../../test/contract/world.ts";
import {
  type LinkedInWorld,
  linkedinOnPractice,
  variant,
} from "../../../test/support/linkedin-on-practice.ts";
import type { Variant } from "../../domain/post.ts";
import type { Prepared } from "../contract/adapter.ts";
import { fileUrnsOf } from "./prepare.ts";

const hourMs = 60 * 60_000;
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
    on.asked.length = 0;
    on.instead.length = 0;
  }
});

const pictures = async (on: LinkedInWorld, count: number) =>
  variant({
    media: await Promise.all(Array.from({ length: count }, () => anyFile(on.world, "image", "A well"))),
  });
const film = async (on: LinkedInWorld) => variant({ media: [await anyFile(on.world, "video")] });
const requests = ({ asked }: LinkedInWorld) =>
  asked.map(({ method, route, query }) => [method, route, query.get("action") ?? []].flat().join(" "));
const prepare = (on: LinkedInWorld, content: Variant, call: AnyCall, soFar?: Prepared) =>
  on.world.adapter.prepare?.(content, { ...call, ...(soFar && { soFar }) }) as Promise<Prepared>;

describe("a text alone needs no preparation", () => {
  it("asks LinkedIn nothing and stays good", async () => {
    const ready = await prepare(pages, variant(), page.call());
    expect(ready).toEqual({ values: {}, expiresAt: "9999-12-31T23:59:59.999Z" });
    expect(pages.asked).toEqual([]);
  });
});

describe("pictures", () => {
  it("are all uploaded before any is waited for, and belong to whoever posts them", async () => {
    const content = await pictures(pages, 2);
    const pending = await prepare(pages, content, page.call());
    expect(requests(pages)).toEqual([
      "POST /rest/images initializeUpload",
      "PUT /dms-uploads/:key",
      "POST /rest/images initializeUpload",
      "PUT /dms-uploads/:key",
      "GET /rest/images/:urn",
    ]);
    expect(pages.asked[0]?.json).toEqual({ initializeUploadRequest: { owner: page.identity.externalId } });
    expect(pages.asked[1]?.headers.authorization).toBe(`Bearer ${page.identity.credentials.accessToken}`);
    expect(pending.pollAfterMs).toBe(3000);
    pages.world.clock.advance(3000);
    pages.asked.length = 0;
    const ready = await prepare(pages, content, page.call(), stored(pending));
    expect(requests(pages)).toEqual(["GET /rest/images/:urn", "GET /rest/images/:urn"]);
    expect([fileUrnsOf(ready), ready.pollAfterMs]).toEqual([fileUrnsOf(pending), undefined]);
  });

  it("of a member are given ten seconds, since LinkedIn does not say how far it is, and are asked for once", async () => {
    const content = await pictures(members, 3);
    const pending = await prepare(members, content, member.call());
    expect(pending.pollAfterMs).toBeGreaterThan(9000);
    members.world.clock.advance(5000);
    const still = await prepare(members, content, member.call(), stored(pending));
    expect(still.pollAfterMs).toBeGreaterThan(4000);
    expect(still.pollAfterMs).toBeLessThan(5001);
    members.world.clock.advance(still.pollAfterMs ?? 0);
    const ready = await prepare(members, content, member.call(), stored(still));
    expect([fileUrnsOf(ready).length, ready.pollAfterMs]).toEqual([3, undefined]);
    expect(requests(members).filter((request) => request.startsWith("GET"))).toHaveLength(1);
    await publishFully(members.world, member, content);
    expect(member.posts()[0]?.media.map(({ altText }) => altText)).toEqual(["A well", "A well", "A well"]);
  });

  it("that LinkedIn cannot use end the post, with words", async () => {
    const content = await pictures(pages, 1);
    const bad: AnyCall = page.call({
      media: { ...page.call().media, open: async () => new Blob(["no picture"]) },
    });
    await expect(prepared(pages.world, content, bad)).rejects.toMatchObject({
      kind: "invalid",
      detail: { code: "media_refused" },
    });
  });

  it("are not sent, and our token with them, to an address that is not LinkedIn's", async () => {
    const value = { uploadUrl: "https://linkedin.com.example.org/upload", image: "urn:li:image:A" };
    pages.instead.push({ method: "POST", route: "/rest/images", reply: { status: 200, body: { value } } });
    await expect(prepare(pages, await pictures(pages, 1), page.call())).rejects.toMatchObject({
      kind: "unavailable",
      detail: { code: "strange_upload_address" },
    });
    expect(requests(pages)).toEqual(["POST /rest/images initializeUpload"]);
  });

  it.each([{}, { value: {} }, { value: { uploadUrl: "https://www.linkedin.com/" } }])(
    "an answer without what we asked for is none: %j",
    async (body) => {
      pages.instead.push({ method: "POST", route: "/rest/images", reply: { status: 200, body } });
      await expect(prepare(pages, await pictures(pages, 1), page.call())).rejects.toMatchObject({
        kind: "unavailable",
        detail: { code: "unreadable_answer" },
      });
    },
  );
});

describe("a video", () => {
  it("goes up in parts without our token, is put together in their order, and waited for", async () => {
    const content = await film(pages);
    const ready = await prepared(pages.world, content, page.call());
    expect(requests(pages).slice(0, 3)).toEqual([
      "POST /rest/videos initializeUpload",
      "PUT /dms-uploads/:key",
      "POST /rest/videos finalizeUpload",
    ]);
    const [begin, part, end] = pages.asked;
    expect(begin?.json).toEqual({
      initializeUploadRequest: {
        owner: page.identity.externalId,
        fileSizeBytes: content.media[0]?.bytes,
        uploadCaptions: false,
        uploadThumbnail: false,
      },
    });
    expect([part?.headers.authorization, part?.bytes]).toEqual([undefined, content.media[0]?.bytes]);
    expect(end?.json).toMatchObject({
      finalizeUploadRequest: { video: fileUrnsOf(ready)[0], uploadedPartIds: [part?.reply.headers?.etag] },
    });
    expect(requests(pages).slice(3)).toEqual(Array(2).fill("GET /rest/videos/:urn"));
  });

  it("is waited for ever more patiently", async () => {
    const content = await film(pages);
    const waits: (number | undefined)[] = [];
    let soFar: Prepared | undefined;
    for (let round = 0; round < 7; round++) {
      const reply = { status: 200, body: { status: "PROCESSING" } };
      pages.instead.push({ method: "GET", route: "/rest/videos/:urn", reply });
      soFar = stored(await prepare(pages, content, page.call(), soFar));
      waits.push(soFar.pollAfterMs);
    }
    expect(waits).toEqual([3000, 6000, 12_000, 24_000, 48_000, 60_000, 60_000]);
  });

  it("is given a minute where LinkedIn does not say how far it is", async () => {
    const reply = { status: 403, body: { code: "ACCESS_DENIED" } };
    members.instead.push({ method: "GET", route: "/rest/videos/:urn", reply });
    const pending = await prepare(members, await film(members), member.call());
    expect(pending.pollAfterMs).toBeGreaterThan(59_000);
  });

  it("without a part's name is not complete", async () => {
    pages.instead.push({ method: "PUT", route: "/dms-uploads/:key", reply: { status: 200 } });
    await expect(prepare(pages, await film(pages), page.call())).rejects.toMatchObject({
      kind: "unavailable",
      detail: { code: "part_refused" },
    });
  });
});

describe("what is prepared", () => {
  it("is good for a day, and made anew after it", async () => {
    const content = await pictures(pages, 1);
    const ready = await prepared(pages.world, content, page.call());
    const lifeMs = Date.parse(ready?.expiresAt ?? "") - pages.world.clock.now().getTime();
    expect(Math.abs(lifeMs - 24 * hourMs)).toBeLessThan(60_000);
    pages.world.clock.advance(25 * hourMs);
    const fresh = await prepare(pages, content, page.call(), ready);
    expect(fileUrnsOf(fresh)).not.toEqual(fileUrnsOf(ready));
  });

  test.each([
    ["login that ended", 401, "unauthorized"],
    ["limit", 429, "rate_limited"],
    ["breakdown", 503, "unavailable"],
  ])("meets a %s as what it is", async (_what, status, kind) => {
    pages.instead.push({ method: "GET", route: "/rest/images/:urn", reply: { status, body: {} } });
    await expect(prepare(pages, await pictures(pages, 1), page.call())).rejects.toMatchObject({ kind });
  });
});
