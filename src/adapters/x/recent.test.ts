import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import {
  picture,
  prepareFully,
  variant,
  type XCall,
  type XOnPractice,
  xOnPractice,
} from "../../../test/support/x-on-practice.ts";
import type { PracticeIdentity } from "../../practice/kit.ts";
import type { SourcePost } from "../contract/source-post.ts";
import { x } from "./index.ts";

let on: XOnPractice;
let me: PracticeIdentity;
let since: Date;

beforeAll(async () => {
  on = await xOnPractice();
});
afterAll(() => on.close());
let count = 0;
beforeEach(() => {
  me = on.account(`poster_${++count}`);
  on.pass(60_000);
  since = on.now();
});

async function post(part: Parameters<typeof variant>[0], more: Partial<XCall> = {}): Promise<string> {
  on.pass(1000);
  const [content, call] = [variant(part), on.call(me, more)];
  const result = await x.publish(content, { ...call, prepared: await prepareFully(content, call, on.pass) });
  return result.state === "published" ? result.externalId : "";
}
const recent = async (more: Partial<XCall> = {}): Promise<readonly SourcePost[]> =>
  (await x.recent?.(since, on.call(me, more))) ?? [];

/** Answers in place of X. */
const instead = (answer: (url: URL) => { status?: number; body: unknown }): Partial<XCall> => ({
  fetch: async (url) => {
    const { status = 200, body } = answer(new URL(url));
    return new Response(JSON.stringify(body), { status });
  },
});
const idNow = () => String((BigInt(on.now().getTime()) - 1_288_834_974_657n) << 22n);

describe("a post is read back as people see it", () => {
  it("with its links in full, its signs, and without the address of its files", async () => {
    const text = "Q&A <now>: https://example.org/a?b=c&d=e, example.com and https://example.org/a?b=c&d=e";
    await post({ text, media: [await on.file("image/png", await picture("png"), "A well")] });
    const [found] = await recent();
    expect(found?.text).toBe(text.replace("example.com", "http://example.com"));
    expect(found?.media).toMatchObject([{ kind: "image", altText: "A well" }]);
  });

  it("whole where it is longer than X shows at first", async () => {
    const url = { url: "https://t.co/abc", expanded_url: "https://example.org/long" };
    for (const name of ["note_tweet", "note_post"]) {
      const long = { text: "All of it &amp; more: https://t.co/abc", entities: { urls: [url] } };
      const data = [{ id: idNow(), text: "All of it &amp;…", [name]: long }];
      const [found] = await recent(instead(() => ({ body: { data } })));
      expect(found?.text).toBe("All of it & more: https://example.org/long");
    }
  });

  it("with the best version of a video, and says what cannot be fetched", async () => {
    const variants = [
      { content_type: "application/x-mpegURL", url: "https://video.example/list" },
      { content_type: "video/mp4", bit_rate: 256_000, url: "https://video.example/small" },
      { content_type: "video/mp4", bit_rate: 2_176_000, url: "https://video.example/large" },
    ];
    const media = [
      { media_key: "7_1", type: "video", alt_text: "A pump", variants },
      {
        media_key: "16_2",
        type: "animated_gif",
        variants: [{ content_type: "video/mp4", url: "https://g.example" }],
      },
      { media_key: "3_3", type: "photo" },
    ];
    const attachments = { media_keys: ["16_2", "7_1", "3_3", "3_4"] };
    const data = [{ id: idNow(), text: "Look", attachments, lang: "az" }];
    const [found] = await recent(instead(() => ({ body: { data, includes: { media } } })));
    expect(found).toMatchObject({
      language: "az",
      media: [
        { url: "https://g.example", kind: "video", altText: "" },
        { url: "https://video.example/large", kind: "video", altText: "A pump" },
        { url: null, kind: "image" },
        { url: null, kind: "video" },
      ],
    });
  });

  test.each(["und", "zxx", "qme"])("with no language where X names %s", async (lang) => {
    const data = [{ id: idNow(), text: "https://t.co/abc", lang }];
    expect((await recent(instead(() => ({ body: { data } }))))[0]?.language).toBeNull();
  });
});

test.each(["edit_history_post_ids", "edit_history_tweet_ids"])(
  "what was edited has the id it began with, so that it is not taken for another post (%s)",
  async (name) => {
    const first = idNow();
    on.pass(1000);
    const data = [{ id: idNow(), text: "Clean water", [name]: [first, idNow()] }];
    const [found] = await recent(instead(() => ({ body: { data } })));
    expect(found).toMatchObject({ externalId: first, externalUrl: expect.stringContaining(idNow()) });
  },
);

describe("X charges for every post it shows:", () => {
  it("replies, reposts and older posts are not asked for", async () => {
    const asked: URL[] = [];
    await recent(
      instead((url) => {
        asked.push(url);
        return { body: { meta: { result_count: 0 } } };
      }),
    );
    expect(asked).toHaveLength(1);
    expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toMatchObject({
      exclude: "replies,retweets",
      start_time: `${since.toISOString().slice(0, 19)}Z`,
    });
  });

  it("what is older by less than a second is left out here", async () => {
    const data = [{ id: idNow(), text: "Now" }];
    since = new Date(since.getTime() + 1);
    expect(await recent(instead(() => ({ body: { data } })))).toEqual([]);
  });
});

it("asks again where X calls its fields otherwise", async () => {
  const asked: string[] = [];
  const answer = await recent(
    instead((url) => {
      const newName = url.searchParams.get("post.fields");
      asked.push(newName ?? url.searchParams.get("tweet.fields") ?? "");
      if (newName === null) return { status: 400, body: { title: "Invalid Request" } };
      return { body: { data: [{ id: idNow(), text: "Hello" }] } };
    }),
  );
  expect(answer).toMatchObject([{ text: "Hello" }]);
  expect(asked).toEqual(["attachments,entities,lang,note_tweet", "attachments,entities,lang,note_post"]);
});

it("is nothing where only followers may read the account", async () => {
  const data = [{ id: idNow(), text: "For friends" }];
  const shown = (isProtected: boolean) =>
    recent(instead(() => ({ body: { data, includes: { users: [{ protected: isProtected }] } } })));
  expect(await shown(false)).toHaveLength(1);
  expect(await shown(true)).toEqual([]);
});

it("is nothing where X hides the account", async () => {
  expect(await recent(instead(() => ({ body: { errors: [{ title: "Forbidden" }] } })))).toEqual([]);
});
