import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { clip, type OnYouTube, youtubeOnPractice } from "../../../test/support/youtube-on-practice.ts";

let on: OnYouTube;
beforeAll(async () => {
  on = await youtubeOnPractice();
});
afterAll(() => on.world.close());

const upload = "/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status";
const video = (part: { snippet?: object; status?: object } = {}) => ({
  snippet: { title: "Water", description: "A right", ...part.snippet },
  status: { privacyStatus: "private", ...part.status },
});
const mebibyte = 1024 * 1024;

type Asked = {
  method?: string;
  headers?: Record<string, string>;
  json?: unknown;
  bytes?: Uint8Array<ArrayBuffer>;
};

/** A new channel, asked without the adapter. The answer's `reason` is YouTube's word for a no. */
function stranger() {
  const { identity } = on.channel();
  const bearer = { authorization: `Bearer ${identity.credentials.accessToken}` };
  return async (path: string, { method = "GET", headers = {}, json, bytes }: Asked = {}) => {
    const url = path.startsWith("http") ? path : `${on.world.wire.url}/youtube${path}`;
    const body = json === undefined ? (bytes ?? null) : JSON.stringify(json);
    const type = json === undefined ? {} : { "content-type": "application/json" };
    const response = await fetch(url, {
      method,
      headers: { ...bearer, ...type, ...headers },
      body,
      redirect: "manual",
    });
    const text = await response.text();
    const answer = text.startsWith("{") ? JSON.parse(text) : text;
    const { status } = response;
    const reason = answer.error?.errors[0].reason;
    return { status, reason, headers: response.headers, body: answer };
  };
}
type Stranger = ReturnType<typeof stranger>;

const opening = (json: unknown, bytes = 3, type = "video/mp4") => ({
  method: "POST",
  headers: { "x-upload-content-length": String(bytes), "x-upload-content-type": type },
  json,
});
const put = (range: string, bytes?: Uint8Array<ArrayBuffer>) => ({
  method: "PUT",
  headers: { "content-range": range },
  ...(bytes && { bytes }),
});

async function uploaded(ask: Stranger, content = clip(500), json = video()): Promise<string> {
  const { headers } = await ask(upload, opening(json, content.length));
  const range = `bytes 0-${content.length - 1}/${content.length}`;
  return (await ask(headers.get("location") ?? "", put(range, content))).body.id;
}

describe("opening an upload", () => {
  it.each<[string, object, number, string, string]>([
    ["no title", video({ snippet: { title: " " } }), 3, "video/mp4", "invalidTitle"],
    ["a title too long", video({ snippet: { title: "a".repeat(101) } }), 3, "video/mp4", "invalidTitle"],
    ["brackets in the title", video({ snippet: { title: "<b>" } }), 3, "video/mp4", "invalidTitle"],
    [
      "a text too long",
      video({ snippet: { description: "ə".repeat(2501) } }),
      3,
      "video/mp4",
      "invalidDescription",
    ],
    [
      "brackets in the text",
      video({ snippet: { description: "a > b" } }),
      3,
      "video/mp4",
      "invalidDescription",
    ],
    ["too many tags", video({ snippet: { tags: ["a b".repeat(167)] } }), 3, "video/mp4", "invalidTags"],
    ["no category", video({ snippet: { categoryId: "water" } }), 3, "video/mp4", "invalidCategoryId"],
    ["an unknown audience", video({ status: { privacyStatus: "friends" } }), 3, "video/mp4", "badRequest"],
    ["a field it does not know", video({ snippet: { text: "x" } }), 3, "video/mp4", "badRequest"],
    ["a picture", video(), 3, "image/png", "badContent"],
    ["no file", video(), 0, "video/mp4", "mediaBodyRequired"],
  ])("with %s is refused", async (_what, json, bytes, type, reason) => {
    expect(await stranger()(upload, opening(json, bytes, type))).toMatchObject({ status: 400, reason });
  });

  it("goes a hundred times a day, to midnight in California", async () => {
    const ask = stranger();
    for (let n = 0; n < 100; n++) expect((await ask(upload, opening(video()))).status).toBe(200);
    const refused = await ask(upload, opening(video()));
    expect(refused).toMatchObject({ status: 403, reason: "quotaExceeded" });
    expect(refused.body.error.errors[0].domain).toBe("youtube.quota");
    expect((await ask("/youtube/v3/channels?part=id&mine=true")).status).toBe(200); // another quota
    on.world.clock.advance(24 * 60 * 60_000);
    expect((await ask(upload, opening(video()))).status).toBe(200);
  });
});

describe("an upload's session", () => {
  const bytes = clip(mebibyte);
  const half = mebibyte / 2;

  it("keeps what has arrived, and asks for what comes next", async () => {
    const ask = stranger();
    const session = (await ask(upload, opening(video(), mebibyte))).headers.get("location") ?? "";
    const asked = await ask(session, put(`bytes */${mebibyte}`));
    expect([asked.status, asked.headers.get("range")]).toEqual([308, null]);
    const first = await ask(session, put(`bytes 0-${half - 1}/${mebibyte}`, bytes.slice(0, half)));
    expect([first.status, first.headers.get("range")]).toEqual([308, `bytes=0-${half - 1}`]);
    const gap = await ask(session, put(`bytes 800000-800009/${mebibyte}`, bytes.slice(0, 10)));
    expect([gap.status, gap.headers.get("range")]).toEqual([308, `bytes=0-${half - 1}`]);
    const last = await ask(session, put(`bytes ${half}-${mebibyte - 1}/${mebibyte}`, bytes.slice(half)));
    expect(last.body).toMatchObject({ kind: "youtube#video", status: { uploadStatus: "uploaded" } });
    expect((await ask(session, put(`bytes */${mebibyte}`))).body.id).toBe(last.body.id);
  });

  it.each([
    ["a chunk that is no multiple of 256 KiB", `bytes 0-99/${mebibyte}`, 100],
    ["a chunk of another size than it says", `bytes 0-${half - 1}/${mebibyte}`, 100],
    ["a file of another size", `bytes 0-${half - 1}/${mebibyte + 1}`, half],
    ["nonsense", "bytes 1", 100],
  ])("refuses %s", async (_what, range, length) => {
    const ask = stranger();
    const session = (await ask(upload, opening(video(), mebibyte))).headers.get("location") ?? "";
    expect(await ask(session, put(range, bytes.slice(0, length)))).toMatchObject({ status: 400 });
  });

  it("is at the address the network was asked under", async () => {
    const own = `http://127.0.0.1:${on.world.practice.port}/youtube`;
    const { headers } = await stranger()(`${own}${upload}`, opening(video()));
    expect(headers.get("location")).toContain(`${own}/upload/`);
  });

  it("is enough by itself, ends after a week, and is none that was not opened", async () => {
    const ask = stranger();
    const session = (await ask(upload, opening(video(), 3))).headers.get("location") ?? "";
    const bare = await fetch(session, { method: "PUT", headers: { "content-range": "bytes */3" } });
    expect(bare.status).toBe(308);
    expect(
      (await ask(session, { ...put("bytes */3"), headers: { authorization: "Bearer no" } })).status,
    ).toBe(401);
    on.world.clock.advance(7 * 24 * 60 * 60_000);
    expect((await ask(session, put("bytes */3"))).status).toBe(410);
    expect((await ask(`${session}x`, put("bytes */3"))).status).toBe(404);
  });
});

describe("a video", () => {
  it("that is uploaded as a public one is public at once", async () => {
    const id = await uploaded(stranger(), clip(500), video({ status: { privacyStatus: undefined } }));
    expect(on.world.practice.posts("youtube").map((post) => post.id)).toContain(id);
  });

  it("without a word about its audience becomes public", async () => {
    const ask = stranger();
    const id = await uploaded(ask);
    const reply = await ask("/youtube/v3/videos?part=status", { method: "PUT", json: { id, status: {} } });
    expect(reply.body).toMatchObject({ id, status: { privacyStatus: "public" } });
    expect(reply.body.snippet).toBeUndefined(); // only what was asked for
  });

  it("that is private is seen by its own channel only, and changed by no other", async () => {
    const [owner, other] = [stranger(), stranger()];
    const id = await uploaded(owner);
    expect((await owner(`/youtube/v3/videos?part=id&id=${id}`)).body.items).toHaveLength(1);
    expect((await other(`/youtube/v3/videos?part=id&id=${id}`)).body.items).toEqual([]);
    const json = { id, status: { privacyStatus: "public" } };
    const change = { method: "PUT", json };
    expect(await other("/youtube/v3/videos?part=status", change)).toMatchObject({
      status: 403,
      reason: "forbidden",
    });
    expect(
      await owner("/youtube/v3/videos?part=status", { ...change, json: { ...json, id: "x" } }),
    ).toMatchObject({
      status: 404,
      reason: "videoNotFound",
    });
    expect(await owner("/youtube/v3/videos?part=snippet", change)).toMatchObject({ reason: "badRequest" });
    expect(await owner("/youtube/v3/videos", change)).toMatchObject({ reason: "missingRequiredParameter" });
    const text = await owner("/youtube/v3/videos?part=status", { ...change, json: { ...json, text: "x" } });
    expect(text).toMatchObject({ status: 400, reason: "badRequest" });
    const refused = on.world.practice.ledger("youtube").data.filter(({ accepted }) => !accepted);
    expect(refused.map(({ reason }) => reason)).toContain("404: videoNotFound");
  });

  it("has a cover that is a picture", async () => {
    const ask = stranger();
    const path = `/upload/youtube/v3/thumbnails/set?videoId=${await uploaded(ask)}`;
    const bytes = new Uint8Array(Buffer.from("<html>"));
    expect(await ask(path, { method: "POST", bytes })).toMatchObject({ reason: "invalidImage" });
    expect(await ask(path, { method: "POST" })).toMatchObject({ reason: "mediaBodyRequired" });
    expect(await ask(`${path}x`, { method: "POST", bytes })).toMatchObject({ reason: "videoNotFound" });
    expect(await stranger()(path, { method: "POST", bytes })).toMatchObject({ reason: "forbidden" });
  });
});

describe("a comment", () => {
  it.each<[string, string, object, string]>([
    ["without a text", " ", {}, "commentTextRequired"],
    ["of more than 10,000 characters", "a".repeat(10_001), {}, "commentTextTooLong"],
    ["below a private video", "Hello", { privacyStatus: "private" }, "forbidden"],
    ["below one for kids", "Hello", { selfDeclaredMadeForKids: true }, "commentsDisabled"],
  ])("%s is refused", async (_what, textOriginal, status, reason) => {
    const ask = stranger();
    const videoId = await uploaded(ask, clip(500), video({ status: { privacyStatus: "public", ...status } }));
    const json = { snippet: { videoId, topLevelComment: { snippet: { textOriginal } } } };
    const reply = await ask("/youtube/v3/commentThreads?part=snippet", { method: "POST", json });
    expect(reply.reason).toBe(reason);
  });
});

describe("nobody", () => {
  it.each([
    ["without a token", {}],
    ["with a wrong one", { authorization: "Bearer ya29.wrong" }],
  ])("%s is told anything", async (_what, headers) => {
    const url = `${on.world.wire.url}/youtube/youtube/v3/channels?part=id&mine=true`;
    const response = await fetch(url, { headers });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      error: { code: 401, status: "UNAUTHENTICATED", errors: [{ reason: "authError" }] },
    });
  });
});
