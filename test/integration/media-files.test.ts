import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";

import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { type MediaFiles, mediaFiles } from "../support/media-files.ts";
import { plainImage } from "../support/sample-media.ts";
import { addStranger } from "../support/stranger.ts";
import { until } from "../support/until.ts";

let api: ComposedApi;
let files: MediaFiles;
beforeAll(async () => {
  api = await startComposedApi();
  files = mediaFiles(api);
});
afterAll(() => api.close());

/** Whatever a test did, nothing waits half-received. */
afterEach(() => until("nothing is left behind", async () => (await files.waiting()).length === 0));

describe("a file", () => {
  it("is described anew, listed, and deleted for good", async () => {
    await files.upload(await plainImage("gif"));
    const { json } = await files.upload(await plainImage("png"));
    const path = `/v1/media/${json.id}`;
    expect((await api.call("PATCH", path, { altText: "Better words" })).json.altText).toBe("Better words");
    const { json: list } = await api.call("GET", "/v1/media?limit=1");
    expect(list.data[0]).toMatchObject({ id: json.id, altText: "Better words" });
    const next = await api.call("GET", `/v1/media?limit=1&cursor=${list.nextCursor}`);
    expect(next.json.data[0]!.id < json.id).toBe(true);
    const before = await files.kept();
    expect((await api.call("DELETE", path)).status).toBe(204);
    expect(await files.kept()).toBe(before - 1);
    expect((await api.call("GET", path)).status).toBe(404);
    expect((await fetch(`${api.url}${json.url}`)).status).toBe(404);
    expect((await api.call("DELETE", path)).status).toBe(404);
  });

  it("that a post uses is not deleted", async () => {
    const { json } = await files.upload(await plainImage("png"));
    const post = await api.call("POST", "/v1/posts", {
      text: "With a picture",
      media: [{ id: json.id }],
      accounts: [],
    });
    expect(post.status).toBe(201);
    const answer = await api.call("DELETE", `/v1/media/${json.id}`);
    expect([answer.status, answer.json.code]).toEqual([409, "media_in_use"]);
    expect((await files.bytesOf(json.url)).length).toBe(json.bytes);
  });

  it("is there for its own workspace alone", async () => {
    const { json } = await files.upload(await plainImage("png"));
    const { headers } = await addStranger(api);
    for (const [method, body] of [["GET"], ["PATCH", { altText: "x" }], ["DELETE"]] as const) {
      const answer = await api.call(method, `/v1/media/${json.id}`, body, headers);
      expect(answer.status).toBe(404);
    }
    const list = await api.call("GET", "/v1/media", undefined, headers);
    expect(list.json.data).toEqual([]);
  });
});

describe("a signed address", () => {
  it("gives the file, inert, in parts if asked", async () => {
    const { json } = await files.upload(await plainImage("jpeg"));
    const answer = await fetch(`${api.url}${json.url}`);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/jpeg",
      "x-content-type-options": "nosniff",
      "content-disposition": expect.stringMatching(/^attachment/),
      "content-security-policy": expect.stringContaining("sandbox"),
    });
    const whole = Buffer.from(await answer.arrayBuffer());
    const part = await fetch(`${api.url}${json.url}`, { headers: { range: "bytes=10-19" } });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(10, 20))).toBe(true);
    const beyond = await fetch(`${api.url}${json.url}`, { headers: { range: "bytes=999999-" } });
    expect(beyond.status).toBe(416);
  });

  it("leads nowhere on any doubt", async () => {
    const [{ json }, { json: other }] = [
      await files.upload(await plainImage("jpeg")),
      await files.upload(await plainImage("png")),
    ];
    const url = new URL(json.url, api.url);
    const [exp, sig] = [url.searchParams.get("exp") ?? "", url.searchParams.get("sig") ?? ""];
    const doubts = [
      `/media/${json.id}`,
      `/media/${json.id}?exp=${exp}`,
      `/media/${json.id}?exp=${Number(exp) + 3600}&sig=${sig}`,
      `/media/${json.id}?exp=${exp}&sig=${sig.slice(0, -1)}`,
      `/media/${json.id}?exp=${exp}&sig=${sig}&sig=${sig}`,
      `/media/${json.id}?exp=1000000000&sig=${sig}`,
      `/media/${other.id}?exp=${exp}&sig=${sig}`,
      `/media/..%2f..%2fapi-key?exp=${exp}&sig=${sig}`,
      `/media/%252e%252e%2fapi-key?exp=${exp}&sig=${sig}`,
      `/media/${json.id}%00?exp=${exp}&sig=${sig}`,
    ];
    const statuses = await Promise.all(doubts.map(async (path) => (await fetch(`${api.url}${path}`)).status));
    expect(statuses).toEqual(doubts.map(() => 404));
  });
});
