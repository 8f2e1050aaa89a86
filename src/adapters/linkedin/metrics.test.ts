import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import type { Actor } from "../../../test/contract/world.ts";
import {
  type LinkedInWorld,
  linkedinOnPractice,
  variant,
} from "../../../test/support/linkedin-on-practice.ts";

let on: LinkedInWorld;
let page: Actor;

beforeAll(async () => {
  on = await linkedinOnPractice("pages");
});
afterAll(() => on.world.close());
beforeEach(() => {
  page = on.world.actor();
  on.asked.length = 0;
  on.instead.length = 0;
});

const metrics = (id: string) => on.world.adapter.metrics?.(id, page.call());
const answers = (elements: readonly object[]) => {
  const route = "/rest/organizationalEntityShareStatistics";
  on.instead.push({ method: "GET", route, reply: { status: 200, body: { elements } } });
};

describe("the numbers of a page's post", () => {
  it("are counted by LinkedIn and called by our names", async () => {
    answers([
      {
        totalShareStatistics: {
          impressionCount: 1000,
          uniqueImpressionsCount: 700,
          clickCount: 50,
          likeCount: -1,
          commentCount: 3,
          shareCount: 2,
          engagement: 0.05,
        },
      },
    ]);
    expect(await metrics("urn:li:share:1")).toEqual({
      views: 1000,
      clicks: 50,
      likes: 0,
      replies: 3,
      reposts: 2,
    });
  });

  it("are asked for by the kind of post: a video is no share", async () => {
    const film = variant({ media: [await anyFile(on.world, "video")] });
    for (const content of [variant(), film]) {
      const { externalId } = await publishFully(on.world, page, content);
      expect(await metrics(externalId)).toMatchObject({ replies: 0 });
    }
  });

  test.each([
    ["nothing is known yet", []],
    ["an element is empty", [{}]],
    ["a count is no number", [{ totalShareStatistics: { likeCount: "many" } }]],
  ])("stay out where %s", async (_what, elements) => {
    answers(elements);
    expect(await metrics("urn:li:share:1")).toEqual({});
  });

  it("there are none of a comment", async () => {
    expect(await metrics("urn:li:comment:(urn:li:activity:1,2)")).toEqual({});
    expect(on.asked).toEqual([]);
  });
});

it("there are none of a member's posts, and that is said", async () => {
  const account = { externalId: "urn:li:person:abc", handle: "" };
  await expect(on.world.adapter.metrics?.("urn:li:share:1", page.call({ account }))).rejects.toMatchObject({
    kind: "forbidden",
    detail: { code: "member_not_readable" },
  });
});
