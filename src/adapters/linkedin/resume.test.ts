import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { tinyVideo } from "../../../test/contract/tiny-video.ts";
import { type Actor, type AnyCall, prepared, stored } from "../../../test/contract/world.ts";
import {
  type LinkedInWorld,
  linkedinOnPractice,
  variant,
} from "../../../test/support/linkedin-on-practice.ts";
import type { Variant } from "../../domain/post.ts";
import type { Fetch, Prepared } from "../contract/adapter.ts";
import { fileUrnsOf } from "./prepare.ts";

const partBytes = 4 * 1024 * 1024;
const parts = 3;
let on: LinkedInWorld;
let page: Actor;
let file: Blob;
let content: Variant;

beforeAll(async () => {
  on = await linkedinOnPractice("pages");
  const head = await tinyVideo("video/mp4", { width: 640, height: 640, seconds: 5 });
  // An MP4 may end in a box that says how long it is and that nobody reads.
  const rest = Buffer.alloc(parts * partBytes - 1 - head.length);
  rest.writeUInt32BE(rest.length, 0);
  rest.write("free", 4, "latin1");
  file = new Blob([new Uint8Array(head), new Uint8Array(rest)]);
  const media = { id: "med_1", kind: "video", mimeType: "video/mp4", bytes: file.size } as const;
  content = variant({ media: [{ ...media, width: 640, height: 640, durationMs: 5000, altText: "" }] });
});
afterAll(() => on.world.close());
beforeEach(() => {
  page = on.world.actor();
  on.asked.length = 0;
  on.instead.length = 0;
});

/** A line on which a part takes six seconds, cut where `cut` says so: after the request, before the answer. */
function slowLine(cut: (route: string) => boolean = () => false): AnyCall {
  const call = page.call();
  const fetch: Fetch = async (url, init) => {
    const answer = await call.fetch(url, init);
    const route = on.asked.at(-1)?.route ?? "";
    if (route === upload) on.world.clock.advance(6000);
    if (cut(route)) throw new TypeError("fetch failed");
    return answer;
  };
  return { ...call, fetch, media: { ...call.media, open: async () => file } };
}

const upload = "/dms-uploads/:key";
const prepare = async (call: AnyCall, soFar?: Prepared) =>
  stored((await on.world.adapter.prepare?.(content, { ...call, ...(soFar && { soFar }) })) as Prepared);
const finish = (call: AnyCall, soFar: Prepared) => prepared(on.world, content, { ...call, soFar });
const count = (method: string, route: string, action?: string) =>
  on.asked.filter(
    (asked) =>
      asked.method === method &&
      asked.route === route &&
      (action === undefined || asked.query.get("action") === action),
  ).length;
const begun = () => count("POST", "/rest/videos", "initializeUpload");

describe("a long upload", () => {
  it("goes on where it was noted last, ten seconds at a time", async () => {
    const noted = await prepare(slowLine());
    expect([noted.pollAfterMs, count("PUT", upload)]).toEqual([1, 2]);
    const ready = await finish(slowLine(), noted);
    expect([begun(), count("PUT", upload), fileUrnsOf(ready).length]).toEqual([1, parts, 1]);
  });

  it("keeps the addresses of what is missing sealed", async () => {
    const { values, secrets } = await prepare(slowLine());
    expect(JSON.stringify(values)).not.toMatch(/dms-uploads|ambry|token/i);
    expect(secrets?.video).toMatch(/dms-uploads/);
  });

  it("sends a part again whose answer was lost", async () => {
    let lost = 0;
    await expect(prepare(slowLine((route) => route === upload && lost++ === 1))).rejects.toMatchObject({
      kind: "unavailable",
    });
    const noted = await prepare(slowLine());
    const cut = slowLine((route) => route === upload && lost++ === 2);
    await expect(prepare(cut, noted)).rejects.toMatchObject({ kind: "unavailable" });
    expect(fileUrnsOf(await finish(slowLine(), noted))).toHaveLength(1);
  });

  it("is put together once more when the answer to that was lost", async () => {
    const noted = await prepare(slowLine());
    const cut = slowLine((route) => route === "/rest/videos");
    await expect(prepare(cut, noted)).rejects.toMatchObject({ kind: "unavailable" });
    const ready = await finish(slowLine(), noted);
    expect([fileUrnsOf(ready).length, begun()]).toEqual([1, 1]);
  });

  it("begins anew when its addresses have ended", async () => {
    const noted = await prepare(slowLine());
    on.instead.push({ method: "PUT", route: upload, reply: { status: 403, body: "Signature expired" } });
    const ready = await finish(slowLine(), noted);
    expect([begun(), fileUrnsOf(ready).length]).toEqual([2, 1]);
  });

  it("does not begin anew because LinkedIn is down", async () => {
    const noted = await prepare(slowLine());
    on.instead.push({ method: "PUT", route: upload, reply: { status: 503, body: "" } });
    await expect(prepare(slowLine(), noted)).rejects.toMatchObject({ kind: "unavailable" });
    expect(begun()).toBe(1);
  });

  it("begins anew when LinkedIn no longer knows it", async () => {
    const noted = await prepare(slowLine());
    const reply = { status: 400, body: { code: "INVALID_VIDEO_ID" } };
    on.instead.push({ method: "POST", route: "/rest/videos", reply });
    const ready = await finish(slowLine(), noted);
    expect([begun(), fileUrnsOf(ready).length]).toEqual([2, 1]);
  });
});
