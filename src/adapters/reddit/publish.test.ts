import { afterAll, beforeAll, describe, expect, it, test } from "@jest/globals";
import { prepared, type World } from "../../../test/contract/world.ts";
import { redditOnPractice, variant } from "../../../test/support/reddit-on-practice.ts";
import type { Media } from "../../domain/post.ts";
import type { Fetch, Prepared } from "../contract/adapter.ts";
import { reddit } from "./index.ts";
import { publish } from "./publish.ts";

let world: World;
beforeAll(async () => {
  world = await redditOnPractice();
});
afterAll(() => world.close());

const never = "9999-12-31T00:00:00.000Z";
const picture = async (altText = "") =>
  (await world.shelf.make(
    "image",
    "image/png",
    reddit.capabilities.media.types.image as never,
    altText,
  )) as Media;
const ready = (ids: readonly string[] = [], more: Readonly<Record<string, string>> = {}): Prepared => ({
  values: {
    subreddit: "Clarion",
    assetIds: ids.join(" "),
    urls: ids.map((id) => `https://s3.example/${id}`).join(" "),
    ...more,
  },
  expiresAt: never,
});

/** A call that is answered with this, and what it sent. */
function answered(body: unknown) {
  const sent: { url: string; init: RequestInit }[] = [];
  const fetch: Fetch = async (url, init) => {
    sent.push({ url, init });
    return Response.json(body);
  };
  const form = () => Object.fromEntries(new URLSearchParams(String(sent[0]?.init.body)));
  return { call: world.actor().call({ fetch, baseUrl: reddit.hosts }), sent, form };
}

// Answers as recorded in PRAW's cassettes, 2025-05.
const recorded = {
  self: {
    json: {
      errors: [],
      data: {
        url: "https://www.reddit.com/r/Clarion/comments/1kh35wk/a_question/",
        drafts_count: 0,
        id: "1kh35wk",
        name: "t3_1kh35wk",
      },
    },
  },
  gallery: {
    json: {
      errors: [],
      data: { url: "https://www.reddit.com/r/Clarion/comments/1khu9tf/x/", id: "t3_1khu9tf" },
    },
  },
  image: {
    json: {
      errors: [],
      data: {
        user_submitted_page: "https://www.reddit.com/user/x/submitted/",
        websocket_url: "wss://k8s-lb.wss.redditmedia.com:443/ky0147al7eze1?m=AQAA",
      },
    },
  },
  comment: {
    json: {
      errors: [],
      data: {
        things: [
          {
            kind: "t1",
            data: { id: "d162ara", name: "t1_d162ara", permalink: "/r/Clarion/comments/1kh35wk/a/d162ara/" },
          },
        ],
      },
    },
  },
};

describe("what is sent", () => {
  it("a text, by an app that says its name", async () => {
    const { call, sent, form } = answered(recorded.self);
    const result = await publish(variant({ text: "a *b*\nc" }), { ...call, prepared: ready() });
    expect(result).toEqual({
      state: "published",
      externalId: "t3_1kh35wk",
      externalUrl: "https://www.reddit.com/r/Clarion/comments/1kh35wk/a_question/",
    });
    expect(sent[0]?.url).toBe("https://oauth.reddit.com/api/submit?raw_json=1");
    expect(sent[0]?.init.headers).toMatchObject({
      "user-agent": expect.stringMatching(/^web:clarion:v1 \(by \/u\/organisation_\d+\)$/),
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(form()).toEqual({
      api_type: "json",
      kind: "self",
      sr: "Clarion",
      title: "A question of water",
      text: "a \\*b\\*  \nc",
      nsfw: "false",
      spoiler: "false",
      sendreplies: "true",
      resubmit: "true",
      validate_on_submit: "true",
    });
  });

  it("a link with flair, marked as not for all ages", async () => {
    const { call, form } = answered(recorded.self);
    const content = variant(
      { link: "https://example.org/a?b=1&c=2", text: "" },
      { nsfw: true, flair: "News" },
    );
    await publish(content, { ...call, prepared: ready([], { flairId: "f-1" }) });
    expect(form()).toMatchObject({
      kind: "link",
      url: "https://example.org/a?b=1&c=2",
      nsfw: "true",
      flair_id: "f-1",
    });
    expect(form()).not.toHaveProperty("text");
  });

  it("a gallery, as JSON, its alt texts as captions", async () => {
    const { call, sent } = answered(recorded.gallery);
    const content = variant({ media: [await picture("A well"), await picture()] });
    const result = await publish(content, { ...call, prepared: ready(["one", "two"]) });
    expect(result).toMatchObject({ state: "published", externalId: "t3_1khu9tf" });
    expect(sent[0]?.url).toBe("https://oauth.reddit.com/api/submit_gallery_post.json?raw_json=1");
    expect(JSON.parse(String(sent[0]?.init.body))).toEqual({
      api_type: "json",
      sr: "Clarion",
      title: "A question of water",
      text: "Clean water is a right.",
      items: [
        { media_id: "one", caption: "A well", outbound_url: "" },
        { media_id: "two", caption: "", outbound_url: "" },
      ],
      nsfw: false,
      spoiler: false,
      sendreplies: true,
      show_error_list: true,
      validate_on_submit: true,
    });
  });

  it("a comment", async () => {
    const { call, form } = answered(recorded.comment);
    const parent = { externalId: "t3_1kh35wk", rootExternalId: "t3_1kh35wk" };
    const result = await publish(variant({ role: "comment", text: "1. Sign" }), { ...call, parent });
    expect(form()).toEqual({ api_type: "json", thing_id: "t3_1kh35wk", text: "1\\. Sign" });
    expect(result).toEqual({
      state: "published",
      externalId: "t1_d162ara",
      externalUrl: "https://www.reddit.com/r/Clarion/comments/1kh35wk/a/d162ara/",
    });
  });

  it("a comment without a post to stand below is not", async () => {
    const { call, sent } = answered(recorded.comment);
    await expect(publish(variant({ role: "comment" }), call)).rejects.toMatchObject({ kind: "invalid" });
    expect(sent).toEqual([]);
  });
});

describe("a yes without what we need is none", () => {
  test.each([
    ["no id", { json: { errors: [], data: {} } }],
    ["no data", { json: { errors: [] } }],
    ["no word on errors", { json: { data: { id: "1kh35wk" } } }],
    ["an id that is none", { json: { errors: [], data: { id: "../x" } } }],
    ["another shape", { jquery: [], success: true }],
  ])("%s", async (_name, body) => {
    const { call } = answered(body);
    const sending = publish(variant(), { ...call, prepared: ready() });
    await expect(sending).rejects.toMatchObject({ kind: "indeterminate" });
  });

  it("an address that is none is made", async () => {
    const { call } = answered({ json: { errors: [], data: { id: "1kh35wk", url: "javascript:alert(1)" } } });
    const result = await publish(variant(), { ...call, prepared: ready() });
    expect(result).toMatchObject({ externalUrl: "https://www.reddit.com/comments/1kh35wk/" });
  });
});

describe("a picture's result is told by socket", () => {
  const success = (redirect: unknown) => JSON.stringify({ type: "success", payload: { redirect } });

  async function told(
    firstMessage: (url: string, timeoutMs: number) => Promise<string>,
    body: unknown = recorded.image,
  ) {
    const { call } = answered(body);
    const content = variant({ media: [await picture()] });
    return publish(content, { ...call, firstMessage, prepared: ready(["8xjguc40cnrb1"]) });
  }

  it("with the post's page", async () => {
    const asked: unknown[] = [];
    const result = await told(async (...with_) => {
      asked.push(with_);
      return success("https://www.reddit.com/r/Clarion/comments/1kh35wk/a/");
    });
    expect(asked).toEqual([["wss://k8s-lb.wss.redditmedia.com:443/ky0147al7eze1?m=AQAA", 10_000]]);
    expect(result).toEqual({
      state: "published",
      externalId: "t3_1kh35wk",
      externalUrl: "https://www.reddit.com/r/Clarion/comments/1kh35wk/a/",
    });
  });

  test.each<[string, () => Promise<string>, string]>([
    ["a failure", async () => '{"type":"failed","payload":{}}', "failed"],
    ["silence", () => Promise.reject(new Error("Nothing was said in time")), "processing"],
    ["nonsense", async () => "<html>", "processing"],
    ["a null", async () => "null", "processing"],
    ["a page that is no post", async () => success("https://www.reddit.com/user/x/submitted/"), "processing"],
    ["no page", async () => success(undefined), "processing"],
  ])("%s is looked at later, and nothing is thrown", async (_name, firstMessage, handle) => {
    expect(await told(firstMessage)).toEqual({ state: "pending", handle, checkAfterMs: 15_000 });
  });

  it("nobody is asked where there is no socket", async () => {
    const body = {
      json: { errors: [], data: { user_submitted_page: "https://x.example", websocket_url: null } },
    };
    const asked: string[] = [];
    const result = await told(async (url) => {
      asked.push(url);
      return success("");
    }, body);
    expect([result.state, asked]).toEqual(["pending", []]);
  });

  it("and for real: over the network, at once", async () => {
    const actor = world.actor();
    const content = variant({ media: [await picture()] });
    const made = await prepared(world, content, actor.call());
    const result = await publish(content, { ...actor.call(), prepared: made as Prepared });
    expect(result).toMatchObject({ state: "published", externalId: actor.posts()[0]?.id });
    expect(world.wire.requests.some(({ path }) => path.startsWith("/reddit/results/"))).toBe(true);
  });
});
