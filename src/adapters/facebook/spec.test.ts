import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import {
  type Asked,
  type GraphWorld,
  graphOnPractice,
  variant,
} from "../../../test/support/graph-on-practice.ts";
import { hasGraphSpecs, unlisted, unlistedFields, valuesOf } from "../../../test/support/graph-spec.ts";
import { facebook } from "./index.ts";
import { practice } from "./practice.ts";

const title = "every request uses names from Meta's lists";
const suite = hasGraphSpecs ? describe : describe.skip;

suite(hasGraphSpecs ? title : `${title} (left out: ../shared/specs is not here)`, () => {
  let on: GraphWorld;
  const kinds = new Map<string, string>();
  const asked = (method: string, route: string) =>
    on.asked.filter((request) => request.method === method && request.route === `/v26.0${route}`);

  beforeAll(async () => {
    on = await graphOnPractice(facebook, practice);
    const { world } = on;
    const page = world.actor();
    const parentOf = (externalId: string) => ({ parent: { externalId, rootExternalId: externalId } });
    const photo = await anyFile(world, "image", "A well");
    const post = await publishFully(world, page, variant({ link: "https://example.org/water" }));
    const photos = await publishFully(world, page, variant({ media: [photo, photo] }));
    const video = await publishFully(world, page, variant({ media: [await anyFile(world, "video")] }));
    const comment = await publishFully(world, page, variant({ role: "comment" }), parentOf(post.externalId));
    for (const { externalId } of [post, photos]) kinds.set(externalId, "PagePost");
    kinds.set(video.externalId, "AdVideo").set(comment.externalId, "Comment").set("me", "Page");
    const sent = variant({ role: "comment" });
    await world.adapter.reconcile(page.question(sent, parentOf(post.externalId)), page.call());
    for (const [values, of] of [
      [{ postId: post.externalId }, variant()],
      [{ videoId: video.externalId }, variant()],
    ] as const)
      await world.adapter.reconcile(
        page.question(of, { prepared: { values, expiresAt: "2027-01-01T00:00:00Z" } }),
        page.call(),
      );
    for (const id of kinds.keys()) if (id !== "me") await world.adapter.metrics?.(id, page.call());
    await world.adapter.auth.identify(page.call());
    await world.adapter.recent?.(new Date(world.clock.now().getTime() - 60_000), page.call());
    for (const [{ externalId }, part] of [
      [photos, { media: [photo, photo] }],
      [video, { media: [await anyFile(world, "video")] }],
      [comment, { role: "comment" }],
    ] as const)
      await world.adapter.edit?.(externalId, variant({ ...part, text: "New words" }), page.call());
    for (const id of [comment, video, photos].map(({ externalId }) => externalId))
      await world.adapter.delete?.(id, page.call());
  });
  afterAll(() => on.world.close());

  const kindOf = ({ path }: Asked) => kinds.get(path.split("/")[2] ?? "") ?? "unknown";
  const fileField = "source"; // the file of an upload; listed for videos, and for photos in the guide only

  it.each(["feed", "photos", "videos"])("to make things: /{page}/%s", (edge) => {
    const requests = asked("POST", `/:page/${edge}`);
    expect(requests.length).toBeGreaterThan(0);
    for (const request of requests) {
      expect(unlisted(request, "Page", edge)).toEqual([]);
      expect(request.files.filter((name) => name !== fileField)).toEqual([]);
    }
  });

  it("to make them public: a post's and a video's own switch; and to change their words", () => {
    const requests = asked("POST", "/:id");
    expect(new Set(requests.map(kindOf))).toEqual(new Set(["PagePost", "AdVideo", "Comment"]));
    for (const request of requests) expect(unlisted(request, kindOf(request), undefined)).toEqual([]);
  });

  it("to comment, and to look for the comment", () => {
    const requests = [...asked("POST", "/:id/comments"), ...asked("GET", "/:id/comments")];
    expect(requests).toHaveLength(2);
    for (const request of requests) expect(unlisted(request, "PagePost", "comments")).toEqual([]);
    const [look] = asked("GET", "/:id/comments");
    if (look) expect(unlistedFields(look, "Comment")).toEqual([]);
    expect(valuesOf("pagepostcomments_filter_enum_param")).toContain(look?.given.filter);
    expect(valuesOf("pagepostcomments_order_enum_param")).toContain(look?.given.order);
  });

  it("to read", () => {
    const requests = asked("GET", "/:id");
    expect(new Set(requests.map(kindOf))).toEqual(new Set(["Page", "PagePost", "AdVideo", "Comment"]));
    for (const request of requests)
      expect([request.path, ...unlistedFields(request, kindOf(request))]).toHaveLength(1);
  });

  it("to look through the page's posts, and at their photos", () => {
    const [look, ...others] = asked("GET", "/:page/published_posts");
    expect(others).toEqual([]);
    expect(look && unlisted(look, "Page", "published_posts")).toEqual([]);
    expect(look && unlistedFields(look, "PagePost")).toEqual([]);
    const [photos] = asked("GET", "/");
    expect(photos && unlistedFields(photos, "Photo")).toEqual([]);
    expect(Object.keys(photos?.given ?? {})).toEqual(["ids", "fields"]); // of every node alike, in no list
  });

  it("to delete", () => {
    const requests = asked("DELETE", "/:id");
    expect(requests.map(kindOf)).toEqual(["Comment", "AdVideo", "PagePost"]);
    for (const request of requests) expect(unlisted(request, kindOf(request), undefined)).toEqual([]);
  });
});
