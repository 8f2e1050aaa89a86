import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  clip,
  type OnYouTube,
  prepareFully,
  variant,
  youtubeOnPractice,
} from "../../../test/support/youtube-on-practice.ts";
import type { Media, Options } from "../../domain/post.ts";
import type { Fetch } from "../contract/adapter.ts";
import { publish } from "./publish.ts";
import { reconcile } from "./reconcile.ts";
import { newestUploads } from "./uploads.ts";

const update = "PUT /youtube/v3/videos";
let on: OnYouTube;
let film: Media;

beforeAll(async () => {
  on = await youtubeOnPractice();
  film = on.file(clip(1000));
});
afterAll(() => on.world.close());

async function published(options: Options) {
  const channel = on.channel();
  const content = variant([film], { options: { title: "Water for all", ...options } });
  const prepared = await prepareFully(on.world, content, channel.call());
  const answer = publish(content, channel.call({ prepared }));
  return { channel, content, prepared, answer };
}

describe("publishing changes who may see the video", () => {
  it.each([
    [{}, "public", false],
    [{ privacy: "public", madeForKids: true }, "public", true],
    [{ privacy: "unlisted", madeForKids: false }, "unlisted", false],
    [{ privacy: "private" }, "private", false],
  ])("%j", async (options, privacyStatus, selfDeclaredMadeForKids) => {
    const { channel, prepared, answer } = await published(options);
    const result = await answer;
    const { videoId } = prepared.values;
    const [sent, ...others] = channel.sent.filter(({ request }) => request === update);
    expect(others).toEqual([]);
    // Everything an update leaves out is reset.
    expect(sent?.body).toEqual({
      id: videoId,
      status: {
        privacyStatus,
        selfDeclaredMadeForKids,
        embeddable: true,
        license: "youtube",
        publicStatsViewable: true,
      },
    });
    expect(result).toMatchObject({ state: "published", externalId: videoId });
    expect(channel.actor.posts()[0]).toMatchObject({
      text: "Clean water is a right.",
      extra: { title: "Water for all", visibility: privacyStatus },
    });
  });

  it("at the address people know", async () => {
    const { answer, prepared } = await published({});
    const result = await answer;
    expect("externalUrl" in result && result.externalUrl).toBe(
      `${on.world.wire.url}/youtube/watch?v=${prepared.values.videoId}`,
    );
  });

  it("and nothing is sent where nothing was prepared", async () => {
    const channel = on.channel();
    await expect(publish(variant([film]), channel.call())).rejects.toMatchObject({
      kind: "unavailable",
      detail: { notSent: true },
    });
    expect(channel.requests).toEqual([]);
  });
});

/** Prepares, and publishes with an answer that was changed on its way. */
async function answered(change: (video: { id: string; status: object }) => unknown) {
  const channel = on.channel();
  const content = variant([film]);
  const prepared = await prepareFully(on.world, content, channel.call());
  const fetching: Fetch = async (url, init) => {
    const video = (await (await channel.call().fetch(url, init)).json()) as { id: string; status: object };
    return Response.json(change(video));
  };
  const answer = publish(content, channel.call({ prepared, fetch: fetching }));
  return { channel, content, prepared, answer };
}

describe("an answer is a yes only where it says that this video has this audience", () => {
  it.each<[string, (video: { id: string; status: object }) => unknown]>([
    ["another video", (video) => ({ ...video, id: "dQw4w9WgXcQ" })],
    ["no audience", ({ id }) => ({ id })],
    ["another audience", ({ id, status }) => ({ id, status: { ...status, privacyStatus: "private" } })],
  ])("%s: we do not know", async (_what, change) => {
    const { answer } = await answered(change);
    await expect(answer).rejects.toMatchObject({ kind: "indeterminate" });
  });
});

describe("a public video that YouTube still works on", () => {
  it("is pending, and found published once it is ready", async () => {
    const { channel, content, prepared, answer } = await answered(({ id, status }) => ({
      id,
      status: { ...status, uploadStatus: "uploaded" },
    }));
    const handle = prepared.values.videoId ?? "";
    expect(await answer).toEqual({ state: "pending", handle, checkAfterMs: 60_000 });
    const question = channel.actor.question(content, { handle });
    expect(await reconcile(question, channel.call())).toMatchObject({ state: "published" });
  });

  it("and that turns out unusable is told so", async () => {
    const none = on.file(new Uint8Array(Buffer.from("<html>no video</html>")));
    const channel = on.channel();
    const content = variant([none]);
    await expect(prepareFully(on.world, content, channel.call())).rejects.toThrow();
    const handle = (await newestUploads(50, channel.call()))[0]?.videoId ?? "";
    const prepared = { values: { videoId: handle }, expiresAt: "9999-12-31T23:59:59.999Z" };
    const answer = await publish(content, channel.call({ prepared }));
    expect(answer).toMatchObject({ state: "pending", handle });
    const question = channel.actor.question(content, { handle });
    expect(await reconcile(question, channel.call())).toMatchObject({
      state: "refused",
      code: "media_refused",
    });
    expect(channel.actor.posts()).toEqual([]);
  });
});

describe("a first comment", () => {
  it("stands below its video, and its address opens there", async () => {
    const { channel, answer } = await published({});
    const { externalId } = (await answer) as { externalId: string };
    const parent = { externalId, rootExternalId: externalId };
    const comment = variant([], { role: "comment", text: "1 < 2 & more" });
    const result = await publish(comment, channel.call({ parent }));
    const post = channel.actor.posts()[1];
    expect(post).toMatchObject({ replyTo: externalId, text: "1 < 2 & more" });
    expect(result).toEqual({
      state: "published",
      externalId: post?.id,
      externalUrl: `${on.world.wire.url}/youtube/watch?v=${externalId}&lc=${post?.id}`,
    });
  });

  it.each([
    ["private", { privacy: "private" }, "forbidden"],
    ["made for kids", { madeForKids: true }, "invalid"],
  ])("is refused below a video that is %s", async (_what, options, kind) => {
    const { channel, answer } = await published(options);
    const { externalId } = (await answer) as { externalId: string };
    const parent = { externalId, rootExternalId: externalId };
    const comment = variant([], { role: "comment", text: "More" });
    await expect(publish(comment, channel.call({ parent }))).rejects.toMatchObject({ kind });
  });

  it.each([{}, { id: "" }, { id: 5 }, { kind: "youtube#commentThread" }])(
    "is not called a success by %j",
    async (body) => {
      const channel = on.channel(undefined, () => Response.json(body));
      const parent = { externalId: "dQw4w9WgXcQ", rootExternalId: "dQw4w9WgXcQ" };
      const comment = variant([], { role: "comment", text: "More" });
      await expect(publish(comment, channel.call({ parent }))).rejects.toMatchObject({
        kind: "indeterminate",
      });
    },
  );

  it("needs to know what it is below", async () => {
    const channel = on.channel();
    await expect(publish(variant([], { role: "comment" }), channel.call())).rejects.toMatchObject({
      kind: "invalid",
      detail: { notSent: true },
    });
  });
});
