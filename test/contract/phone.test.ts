import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { SourcePost } from "../../src/adapters/contract/source-post.ts";
import { adapters } from "../../src/adapters/registry.ts";
import type { MediaKind } from "../../src/domain/post.ts";
import { practicePlatforms } from "../../src/practice/registry.ts";
import { changeFromPhone, type Filled, sendFromPhone } from "../support/practice-phone.ts";
import { anyFile, plain, publishFully } from "./check.ts";
import { type Actor, type AnyAdapter, openWorld, type World } from "./world.ts";

const text = "Clean water is a <b>right</b> & ours.\nhttps://example.org/petition #WaterForAll";
const altText = "A white sail on a river";
const phones = practicePlatforms.flatMap(({ phone, ...rest }) => (phone ? [{ ...rest, phone }] : []));

it("the phones that are tried", () => {
  expect(phones.map(({ platform }) => platform)).toEqual(
    expect.arrayContaining(["instagram", "mastodon", "facebook", "x", "bluesky", "threads", "tumblr"]),
  );
});

describe.each(phones.map((practice) => [practice.platform, practice] as const))(
  "%s",
  (platform, practice) => {
    const { phone } = practice;
    let world: World;
    let us: Actor;
    let url: string;

    beforeAll(async () => {
      world = await openWorld(adapters[platform] as unknown as AnyAdapter, practice);
      url = `http://127.0.0.1:${world.practice.port}/${platform}/phone`;
    });
    afterAll(() => world.close());
    beforeEach(() => {
      us = world.actor();
    });

    const recent = async (): Promise<readonly SourcePost[]> =>
      (await world.adapter.recent?.(new Date(world.clock.now().getTime() - 3_600_000), us.call())) ?? [];
    const send = (filled: Filled) =>
      sendFromPhone(url, { identity: us.identity.externalId, text, ...filled });
    const pageOf = (id = us.posts()[0]?.id) => `${url}/${encodeURIComponent(id ?? "")}`;

    async function fileOf(kind: MediaKind): Promise<NonNullable<Filled["file"]>> {
      const media = await anyFile(world, kind, altText);
      const blob = await us.call().media.open(media.id);
      return { bytes: new Uint8Array(await blob.arrayBuffer()), name: "from-phone", type: "text/plain" };
    }

    it.each<MediaKind>(["image", "video"])(
      "reads for Clarion like its own post, with an %s",
      async (kind) => {
        if (!world.adapter.capabilities.media.types[kind]) return;
        const answer = await send({ file: await fileOf(kind), altText });
        expect([answer.status, answer.headers.get("location")]).toEqual([
          303,
          `/${platform}/posts/${encodeURIComponent(us.posts()[0]?.id ?? "")}`,
        ]);
        world.clock.advance(20_000); // some lists wait for a video
        const [byHand, ...others] = await recent();
        expect(others).toEqual([]);
        expect(byHand).toMatchObject({ text, isReply: false, isRepost: false, media: [{ kind }] });
        expect(byHand?.externalId).toBe(us.posts()[0]?.id);
        expect((await fetch(byHand?.externalUrl ?? "")).status).toBe(200);
        expect((await fetch(byHand?.media[0]?.url ?? "")).headers.get("content-type")).toMatch(kind);
        us = world.actor();
        await publishFully(
          world,
          us,
          await plain(world, { text, media: [await anyFile(world, kind, altText)] }),
        );
        world.clock.advance(20_000);
        const [byUs] = await recent();
        expect(shape(byHand)).toEqual(shape(byUs));
      },
    );

    it("may be words alone where the platform takes them", async () => {
      const { status } = await send({ text: "Only words" });
      expect(status).toBe(phone.needsFile ? 422 : 303);
      expect((await recent()).map((post) => post.text)).toEqual(phone.needsFile ? [] : ["Only words"]);
    });

    it("stands in no ledger, accepted or refused", async () => {
      const before = world.practice.ledger();
      await send({ file: await fileOf("image") });
      await send({ text: "" });
      expect(us.posts().length).toBeGreaterThan(0);
      expect(world.practice.ledger()).toEqual(before);
    });

    it.each<[string, Filled]>([
      ["a text that is much too long", { text: "long ".repeat(20_000) }],
      [
        "a file that is no picture",
        { file: { bytes: Buffer.from("Hello"), name: "a.jpg", type: "image/jpeg" } },
      ],
      [
        "a file that only begins like a picture of a kind nobody takes",
        { file: { bytes: Buffer.from("RIFF\0\0\0\0WAVEfmt "), name: "a.jpg", type: "image/jpeg" } },
      ],
      ["nothing at all", { text: "" }],
    ])("is refused in words for %s, and nothing of it is public", async (_what, filled) => {
      const answer = await send(filled);
      expect(answer.status).toBe(422);
      const [, words = ""] =
        /role="alert"[^>]*>.*?<span dir="auto">([^<]*)</s.exec(await answer.text()) ?? [];
      expect(words).toMatch(/\w+ \w+ \w+/);
      expect([us.posts(), await recent()]).toEqual([[], []]);
      expect(world.failures).toEqual([]);
    });

    it("can be edited where the platform has that, and is gone once it is deleted", async () => {
      await send({ file: await fileOf("image"), altText });
      const [before] = await recent();
      const edited = await changeFromPhone(`${pageOf()}/edit`, "Better");
      expect(edited.status).toBe(phone.edit ? 303 : 404);
      const after = phone.edit ? { ...before, text: "Better", externalUrl: expect.anything() } : before;
      expect(await recent()).toEqual([after]);
      if (phone.edit) {
        expect((await changeFromPhone(`${pageOf()}/edit`, "long ".repeat(20_000))).status).toBe(422);
        expect(await recent()).toEqual([after]);
      }
      expect((await changeFromPhone(`${pageOf()}/delete`)).status).toBe(303);
      expect([us.posts(), await recent()]).toEqual([[], []]);
    });
  },
);

/** What does not differ from one post to the next. */
function shape(post: SourcePost | undefined): unknown {
  const media = post?.media.map(({ kind, altText: alt }) => ({ kind, alt }));
  const words = post?.text.replaceAll("\r\n", "\n"); // as a multipart form sends them
  return { ...post, text: words, media, externalId: "", externalUrl: "", createdAt: null };
}
