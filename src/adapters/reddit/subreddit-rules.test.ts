import { afterAll, beforeAll, describe, expect, it, test } from "@jest/globals";
import type { World } from "../../../test/contract/world.ts";
import { redditOnPractice, variant } from "../../../test/support/reddit-on-practice.ts";
import type { Media, Variant } from "../../domain/post.ts";
import { reddit } from "./index.ts";
import { prepare } from "./prepare.ts";

let world: World;
beforeAll(async () => {
  world = await redditOnPractice();
});
afterAll(() => world.close());

const file = async (mimeType: string): Promise<Media> => {
  const kind = mimeType.startsWith("video/") ? "video" : "image";
  return (await world.shelf.make(
    kind,
    mimeType,
    reddit.capabilities.media.types[kind] as never,
    "",
  )) as Media;
};
const requests = () => world.wire.requests.map(({ method, path }) => `${method} ${path.split("?")[0]}`);
const fresh = () => {
  world.calm();
  return world.actor().call();
};

describe("a subreddit's rules are known before the moment:", () => {
  const title = "[News] Clean water for all";
  const text = "Everything about it.";
  const cases: [string, Partial<Variant>, Variant["options"], string, string][] = [
    ["no such subreddit", {}, { subreddit: "NoSuchPlace" }, "invalid", "subreddit_unknown"],
    ["one that Reddit closed", {}, { subreddit: "Closed" }, "invalid", "subreddit_banned"],
    ["a private one", {}, { subreddit: "Hidden" }, "forbidden", "subreddit_closed"],
    ["one for members", {}, { subreddit: "MembersOnly" }, "forbidden", "subreddit_closed"],
    ["somebody else's profile", {}, { subreddit: "u/stranger" }, "forbidden", "subreddit_closed"],
    ["one that banned us", {}, { subreddit: "BannedMe" }, "forbidden", "banned_from_subreddit"],
    ["a text among links", {}, { subreddit: "LinksOnly" }, "invalid", "text_not_allowed"],
    [
      "a link among texts",
      { link: "https://example.org" },
      { subreddit: "TextOnly" },
      "invalid",
      "link_not_allowed",
    ],
    ["no flair", {}, { subreddit: "FlairNeeded" }, "invalid", "flair_required"],
    ["a flair it does not have", {}, { flair: "Gossip" }, "invalid", "flair_unknown"],
    ["a short title", { text }, { subreddit: "Strict", title: "[News] a" }, "invalid", "title_refused"],
    [
      "a long title",
      { text },
      { subreddit: "Strict", title: `${title}${"!".repeat(60)}` },
      "invalid",
      "title_refused",
    ],
    [
      "a word in the title",
      { text },
      { subreddit: "Strict", title: "[News] Free Money" },
      "invalid",
      "title_refused",
    ],
    [
      "a word that misses",
      { text },
      { subreddit: "Strict", title: "Clean water for all" },
      "invalid",
      "title_refused",
    ],
    ["a short text", { text: "Short" }, { subreddit: "Strict", title }, "invalid", "body_refused"],
    [
      "a word in the text",
      { text: "Just CLICK here now" },
      { subreddit: "Strict", title },
      "invalid",
      "body_refused",
    ],
    ["a text where titles suffice", {}, { subreddit: "TitlesOnly" }, "invalid", "body_not_allowed"],
    [
      "a website",
      { link: "https://www.spam.example/a" },
      { subreddit: "Strict", title },
      "invalid",
      "link_refused",
    ],
  ];
  test.each(cases)("%s", async (_name, part, options, kind, code) => {
    const call = fresh();
    await expect(prepare(variant(part, options), call)).rejects.toMatchObject({ kind, detail: { code } });
    expect(requests().filter((request) => request.startsWith("POST /reddit/api"))).toEqual([]);
  });

  it.each([
    ["image/png", 1, "NoPictures", "image_not_allowed"],
    ["image/png", 2, "NoGalleries", "gallery_not_allowed"],
    ["image/png", 4, "Strict", "too_many_media"],
    ["video/mp4", 1, "NoVideos", "video_not_allowed"],
  ])("%s, %i of them, in r/%s", async (mimeType, count, subreddit, code) => {
    const media = await Promise.all(Array.from({ length: count }, () => file(mimeType)));
    const call = fresh();
    const content = variant({ media, text }, { subreddit, title });
    await expect(prepare(content, call)).rejects.toMatchObject({ kind: "invalid", detail: { code } });
    expect(requests()).not.toContain("POST /reddit/api/media/asset.json");
  });

  it("and what keeps them goes through", async () => {
    const link = "https://example.org/news";
    for (const part of [{ text }, { link, text: "" }])
      await expect(
        prepare(variant(part, { subreddit: "Strict", title }), world.actor().call()),
      ).resolves.toBeDefined();
    const actor = world.actor();
    const own = variant({}, { subreddit: `u/${actor.identity.handle}` });
    expect((await prepare(own, actor.call())).values.subreddit).toBe(`u_${actor.identity.handle}`);
  });

  it("it is asked once for all attempts, and anew after an hour", async () => {
    const call = fresh();
    const ready = await prepare(variant(), call);
    await prepare(variant(), { ...call, soFar: ready });
    expect(requests()).toHaveLength(2);
    world.clock.advance(61 * 60_000);
    await prepare(variant(), { ...call, soFar: ready });
    expect(requests()).toHaveLength(4);
  });
});
