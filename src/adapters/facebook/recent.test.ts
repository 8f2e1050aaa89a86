import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import type { Actor } from "../../../test/contract/world.ts";
import { ask, type GraphWorld, graphOnPractice, variant } from "../../../test/support/graph-on-practice.ts";
import { facebook } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let page: Actor;
let since: Date;

beforeAll(async () => {
  on = await graphOnPractice(facebook, practice);
});
afterAll(() => on.world.close());
beforeEach(() => {
  page = on.world.actor();
  since = on.world.clock.now();
  on.instead.length = 0;
  on.asked.length = 0;
});

const recent = () => on.world.adapter.recent?.(since, page.call());
const listed = (data: readonly object[]) =>
  on.instead.push({ method: "GET", path: "/published_posts", reply: { status: 200, body: { data } } });
const postAt = (more: object) => ({ id: "1_2", created_time: "2099-01-01T00:00:00+0000", ...more });
const photo = (id: string) => ({
  media_type: "photo",
  media: { image: { src: `https://small.example/${id}` } },
  target: { id },
});

describe("what the page posted", () => {
  it("is texts, links, photos, albums and videos", async () => {
    const [well, film] = [await anyFile(on.world, "image", "A well"), await anyFile(on.world, "video")];
    const link = "https://example.org/water?a=1&b=2";
    const posts = [
      variant(),
      variant({ link }),
      variant({ media: [well] }),
      variant({ media: [well, well] }),
    ];
    for (const each of posts) await publishFully(on.world, page, each);
    const video = await publishFully(on.world, page, variant({ media: [film] }));
    const altText = "A well";
    expect(await recent()).toMatchObject([
      { externalId: video.externalId, media: [{ kind: "video" }] },
      { media: [{ altText }, { altText }] },
      { media: [{ kind: "image", altText }] },
      { link, media: [] },
      { link: null, media: [], isReply: false, isRepost: false },
    ]);
  });

  it("asks fifty photos at once for their alt texts and their largest files", async () => {
    const ids = Array.from({ length: 51 }, (_, index) => String(100 + index));
    listed(ids.map((id) => postAt({ id: `1_${id}`, attachments: { data: [photo(id)] } })));
    on.instead.push({
      method: "GET",
      path: "/v26.0/",
      reply: {
        status: 200,
        body: {
          "100": { id: "100", alt_text_custom: "A well", images: [{ source: "https://large.example" }] },
        },
      },
    });
    const posts = (await recent()) ?? [];
    expect(posts[0]?.media).toEqual([{ url: "https://large.example", kind: "image", altText: "A well" }]);
    expect(posts[1]?.media).toEqual([{ url: "https://small.example/101", kind: "image", altText: "" }]);
    const asked = on.asked.filter(({ path }) => path === "/v26.0/").map(({ given }) => String(given.ids));
    expect(asked.map((one) => one.split(",").length)).toEqual([50, 1]);
  });

  it("loses no alt text because of a photo that is gone", async () => {
    const well = await anyFile(on.world, "image", "A well");
    await publishFully(on.world, page, variant({ media: [well] }));
    const [found] = (await recent()) ?? [];
    const token = page.identity.credentials.accessToken ?? "";
    const { body } = await ask(
      on,
      token,
      "GET",
      `${page.identity.externalId}/published_posts?fields=attachments{target}`,
    );
    const { id } = body.data[0].attachments.data[0].target;
    listed([
      postAt({
        attachments: {
          data: [{ media_type: "album", subattachments: { data: [photo(id), photo("4711")] } }],
        },
      }),
    ]);
    expect(await recent()).toMatchObject([
      { media: [{ url: found?.media[0]?.url, altText: "A well" }, { url: "https://small.example/4711" }] },
    ]);
  });

  it("is not what only some may see, nor what was taken off the timeline", async () => {
    listed([
      postAt({ id: "1_1", privacy: { value: "EVERYONE" } }),
      postAt({ id: "1_2", privacy: { value: "ALL_FRIENDS" } }),
      postAt({ id: "1_3", privacy: { value: "CUSTOM" } }),
      postAt({ id: "1_4", privacy: { value: "" }, is_hidden: true }),
      postAt({ id: "1_5" }),
    ]);
    const found = await recent();
    expect(found?.map(({ externalId }) => externalId)).toEqual(["1_1", "1_5"]);
  });

  it("tells what only passes on another's post, and names a film that has no address yet", async () => {
    listed([
      postAt({ parent_id: "9_9", permalink_url: "/1/posts/2" }),
      postAt({ attachments: { data: [{ media_type: "event" }, { media_type: "video", media: {} }] } }),
    ]);
    expect(await recent()).toMatchObject([
      { isRepost: true, text: "", externalUrl: `${page.call().baseUrl.web}/1/posts/2` },
      { isRepost: false, media: [{ url: null, kind: "video" }], link: null, externalId: "1_2" },
    ]);
  });
});

describe("the pretend page's list", () => {
  const get = (path: string) => ask(on, page.identity.credentials.accessToken ?? "", "GET", path);

  it("leaves comments out, and what lies before", async () => {
    const { externalId } = await publishFully(on.world, page, variant());
    const parent = { externalId, rootExternalId: externalId };
    await publishFully(on.world, page, variant({ role: "comment", text: "Sign" }), { parent });
    const { body } = await get("me/published_posts?fields=message,permalink_url");
    expect(body.data).toMatchObject([{ id: externalId, message: "Clean water is a right." }]);
    const later = Math.ceil(on.world.clock.now().getTime() / 1000) + 1;
    expect((await get(`me/published_posts?since=${later}`)).body.data).toEqual([]);
  });

  it.each(["me/published_posts?limit=101", "me/published_posts?limit=0", "?ids=", "?fields=id"])(
    "refuses %s",
    async (path) => {
      expect(await get(path)).toMatchObject({ status: 400, refusal: "100" });
    },
  );

  it("of another page is nobody's business", async () => {
    expect(await get(`${on.world.actor().identity.externalId}/published_posts`)).toMatchObject({
      refusal: "200",
    });
    expect(await get("?ids=4711")).toMatchObject({ refusal: "100/33" });
  });
});
