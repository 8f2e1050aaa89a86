import { afterAll, beforeAll, describe, expect, it, test } from "@jest/globals";
import { type Actor, prepared, type World } from "../../../test/contract/world.ts";
import { ask, redditOnPractice, variant } from "../../../test/support/reddit-on-practice.ts";
import type { Media, Variant } from "../../domain/post.ts";
import type { Prepared, Published } from "../contract/adapter.ts";
import { reddit } from "./index.ts";
import { publish } from "./publish.ts";

let world: World;
beforeAll(async () => {
  world = await redditOnPractice();
});
afterAll(() => world.close());

async function send(actor: Actor, of: Variant, parentId?: string): Promise<Published> {
  const ready = (await prepared(world, of, actor.call())) as Prepared;
  const parent = parentId && { parent: { externalId: parentId, rootExternalId: parentId } };
  return (await publish(of, { ...actor.call(), prepared: ready, ...parent })) as Published;
}
const picture = async (altText: string) =>
  (await world.shelf.make(
    "image",
    "image/png",
    reddit.capabilities.media.types.image as never,
    altText,
  )) as Media;

describe("an account's own posts", () => {
  it("come newest first, as a reader sees them, without comments and what was removed", async () => {
    const actor = world.actor();
    await send(actor, variant({ text: "Too old" }));
    world.clock.advance(60_000);
    const since = world.clock.now();
    const text = "Water_is *life*\n\nand https://example.org/a_b";
    const first = await send(actor, variant({ text }));
    await send(actor, variant({ role: "comment", text: "And sign" }), first.externalId);
    world.clock.advance(1000);
    await send(actor, variant({}, { subreddit: "Filtered" }));
    const second = await send(actor, variant({ link: "https://example.org/p", text: "" }));
    world.clock.advance(1000);
    const third = await send(actor, variant({ media: [await picture("A well"), await picture("")] }));
    const posts = (await reddit.recent?.(since, actor.call())) ?? [];
    const plain = { link: null, media: [], language: null, isReply: false, isRepost: false };
    const shown = actor.posts().at(-1)?.media ?? [];
    expect(posts.map(({ createdAt, ...post }) => post)).toEqual(
      [
        {
          ...third,
          state: undefined,
          ...plain,
          text: "A question of water\n\nClean water is a right.",
          media: shown.map(({ url, altText }) => ({ url, kind: "image", altText })),
        },
        { ...second, state: undefined, ...plain, text: "A question of water", link: "https://example.org/p" },
        { ...first, state: undefined, ...plain, text: `A question of water\n\n${text}` },
      ].map(({ state: _state, ...post }) => post),
    );
    expect(posts[0]?.createdAt.getTime()).toBeGreaterThan(posts[1]?.createdAt.getTime() ?? 0);
    expect(shown.map(({ altText }) => altText)).toEqual(["A well", ""]);
    expect((await fetch(posts[0]?.media[0]?.url ?? "")).status).toBe(200);
  });

  it("tell a picture, a video and somebody else's post, and nothing from where not everybody may read", async () => {
    const base = {
      created_utc: 2e9,
      title: "T",
      subreddit: "s",
      selftext: "",
      permalink: "/r/s/comments/a/t/",
    };
    const children = [
      { ...base, name: "t3_a", post_hint: "image", url: "https://i.redd.it/a.png" },
      {
        ...base,
        name: "t3_b",
        is_video: true,
        media: { reddit_video: { fallback_url: "https://v.redd.it/b" } },
      },
      { ...base, name: "t3_c", crosspost_parent: "t3_x", url: "/r/other/comments/x/" },
      { ...base, name: "t3_d", subreddit_type: "private", is_self: true },
    ].map((data) => ({ kind: "t3", data }));
    const body = { kind: "Listing", data: { children, after: null } };
    const call = world.actor().call({ fetch: async () => Response.json(body) });
    const posts = (await reddit.recent?.(new Date(0), call)) ?? [];
    expect(posts.map(({ media, link, isRepost }) => [media[0]?.kind, media[0]?.url, link, isRepost])).toEqual(
      [
        ["image", "https://i.redd.it/a.png", null, false],
        ["video", "https://v.redd.it/b", null, false],
        [undefined, undefined, null, true],
      ],
    );
  });
});

describe("flairs to choose from", () => {
  const choices = (given: Variant["options"], option = "flair") =>
    reddit.choices?.(option, given, world.actor().call());

  it("are the subreddit's", async () => {
    expect(await choices({ subreddit: "r/Clarion" })).toEqual([
      { value: "8f1c2d3e-0000-4000-8000-000000000001", label: "Announcement" },
      { value: "8f1c2d3e-0000-4000-8000-000000000002", label: "Question & answer" },
    ]);
  });

  it("are none before a subreddit is chosen, nor for other options", async () => {
    expect(await choices({})).toEqual([]);
    expect(await choices({ subreddit: "Clarion" }, "title")).toEqual([]);
  });

  it("are not for everyone", async () => {
    await expect(choices({ subreddit: "Hidden" })).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("numbers", () => {
  it("are likes and answers", async () => {
    const actor = world.actor();
    const { externalId } = await send(actor, variant());
    await send(world.actor(), variant({ role: "comment", text: "Yes" }), externalId);
    expect(await reddit.metrics?.(externalId, actor.call())).toEqual({ likes: 1, replies: 1 });
  });

  test.each([
    [{ ups: -3 }, { likes: 0 }],
    [
      { ups: 5, num_comments: 2, view_count: null },
      { likes: 5, replies: 2 },
    ],
  ])("%j", async (said, numbers) => {
    const data = { name: "t3_a", created_utc: 1, ...said };
    const body = { kind: "Listing", data: { children: [{ kind: "t3", data }] } };
    const call = world.actor().call({ fetch: async () => Response.json(body) });
    expect(await reddit.metrics?.("t3_a", call)).toEqual(numbers);
  });

  it("of a post that is gone are none", async () => {
    await expect(reddit.metrics?.("t3_zzz9", world.actor().call())).rejects.toMatchObject({
      kind: "invalid",
    });
  });
});

describe("deleting", () => {
  it("another account's post is refused, a comment is taken down", async () => {
    const [actor, other] = [world.actor(), world.actor()];
    const { externalId } = await send(actor, variant());
    const comment = await send(actor, variant({ role: "comment", text: "Yes" }), externalId);
    await expect(reddit.delete?.(externalId, other.call())).rejects.toMatchObject({ kind: "forbidden" });
    await reddit.delete?.(comment.externalId, actor.call());
    expect(actor.posts().map(({ id }) => id)).toEqual([externalId]);
  });
});

it("a login for nobody is no identity", async () => {
  const call = world.actor().call({ fetch: async () => Response.json({ features: {} }) });
  await expect(reddit.auth.identify(call)).rejects.toMatchObject({ kind: "unavailable" });
});

it("the pages of the live site lead to the post", async () => {
  const actor = world.actor();
  const { externalId, externalUrl } = await send(actor, variant());
  for (const path of [
    `/comments/${externalId.slice(3)}/`,
    new URL(externalUrl).pathname.replace("/reddit", ""),
  ])
    expect((await ask(world, null, "GET", path)).headers.get("location")).toMatch(`/posts/${externalId}`);
});
