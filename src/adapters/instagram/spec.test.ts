import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import { type GraphWorld, graphOnPractice, variant } from "../../../test/support/graph-on-practice.ts";
import { hasGraphSpecs, unlisted, unlistedFields, valuesOf } from "../../../test/support/graph-spec.ts";
import { instagram } from "./index.ts";
import { practice } from "./practice.ts";

const title = "every request uses names from Meta's lists";
const suite = hasGraphSpecs ? describe : describe.skip;

suite(hasGraphSpecs ? title : `${title} (left out: ../shared/specs is not here)`, () => {
  let on: GraphWorld;
  const asked = (method: string, route: string) =>
    on.asked.filter((request) => request.method === method && request.route === `/v26.0${route}`);

  beforeAll(async () => {
    on = await graphOnPractice(instagram, practice);
    const { world } = on;
    const us = world.actor();
    const [photo, reel] = [await anyFile(world, "image", "A well"), await anyFile(world, "video")];
    await publishFully(world, us, variant({ media: [photo] }));
    await publishFully(world, us, variant({ media: [reel] }));
    const { externalId } = await publishFully(world, us, variant({ media: [photo, reel] }));
    const parent = { externalId, rootExternalId: externalId };
    const comment = variant({ role: "comment" });
    await publishFully(world, us, comment, { parent });
    await world.adapter.reconcile(us.question(comment, { parent }), us.call());
    const published = asked("POST", "/:user/media_publish")[0]?.given.creation_id;
    const ready = { values: { containerId: String(published) }, expiresAt: "2027-01-01T00:00:00Z" };
    await world.adapter.reconcile(us.question(variant({ media: [photo] }), { prepared: ready }), us.call());
    await world.adapter.metrics?.(externalId, us.call());
    await world.adapter.recent?.(world.clock.now(), us.call());
    await world.adapter.auth.identify(us.call());
  });
  afterAll(() => on.world.close());

  it("to make containers", () => {
    const requests = asked("POST", "/:user/media");
    expect(requests).toHaveLength(5);
    for (const request of requests) {
      expect(unlisted(request, "IGUserForIGOnlyAPI", "media")).toEqual([]);
      expect(unlisted(request, "IGUser", "media")).toEqual([]);
    }
  });

  it("to publish one; for Instagram Login the list spells the edge otherwise than the guide", () => {
    const requests = asked("POST", "/:user/media_publish");
    expect(requests).toHaveLength(3);
    for (const request of requests) {
      expect(unlisted(request, "IGUser", "media_publish")).toEqual([]);
      expect(unlisted(request, "IGUserForIGOnlyAPI", "mediapublish")).toEqual([]);
    }
  });

  it("to comment, and to look for the comment", () => {
    const [write] = asked("POST", "/:media/comments");
    const [look] = asked("GET", "/:media/comments");
    expect(write && unlisted(write, "IGMediaForIGOnlyAPI", "comments")).toEqual([]);
    expect(look && unlisted(look, "IGMediaForIGOnlyAPI", "comments")).toEqual([]);
    expect(look && unlistedFields(look, "IGComment")).toEqual([]);
  });

  it("to look through our posts", () => {
    const looks = asked("GET", "/:user/media"); // to find one, and to mirror all
    expect(looks).toHaveLength(2);
    for (const look of looks) {
      expect(unlisted(look, "IGUser", "media")).toEqual([]);
      expect(unlistedFields(look, "IGMediaForIGOnlyAPI")).toEqual([]);
    }
  });

  it("to read the account, containers and posts", () => {
    const requests = asked("GET", "/:id");
    const read = (fields: string, node: string) => {
      const some = requests.filter(({ given }) => String(given.fields).startsWith(fields));
      expect(some.length).toBeGreaterThan(0);
      for (const request of some) expect(unlistedFields(request, node)).toEqual([]);
      return some.length;
    };
    const known =
      read("user_id", "IGUserForIGOnlyAPI") +
      read("status_code", "ShadowIGMediaBuilder") +
      read("permalink", "IGMediaForIGOnlyAPI");
    expect(known).toBe(requests.length);
  });

  it("to count", () => {
    const [look] = asked("GET", "/:media/insights");
    expect(look && unlisted(look, "IGMediaForIGOnlyAPI", "insights")).toEqual([]);
    const known = valuesOf("mediainsights_metric_enum_param");
    for (const metric of String(look?.given.metric).split(",")) expect(known).toContain(metric);
  });
});
