import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { anyFile } from "../../../test/contract/check.ts";
import type { Actor } from "../../../test/contract/world.ts";
import {
  type Answer,
  ask,
  type GraphWorld,
  graphOnPractice,
} from "../../../test/support/graph-on-practice.ts";
import { instagram } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let us: Actor;
let id: string;

beforeAll(async () => {
  on = await graphOnPractice(instagram, practice);
});
afterAll(() => on.world.close());
beforeEach(() => {
  us = on.world.actor();
  id = us.identity.externalId;
});

const tokenOf = (actor: Actor) => actor.identity.credentials.accessToken ?? "";
const post = (path: string, body: Record<string, unknown>, as = us): Promise<Answer> =>
  ask(on, tokenOf(as), "POST", path, body);
const get = (path: string): Promise<Answer> => ask(on, tokenOf(us), "GET", path);
const container = (body: Record<string, unknown>, as = us) =>
  post(`${as.identity.externalId}/media`, body, as);
const publish = (creation_id: unknown, as = us) =>
  post(`${as.identity.externalId}/media_publish`, { creation_id }, as);
const later = (ms: number) => on.world.clock.advance(ms);

async function jpeg(): Promise<string> {
  return us.call().media.publicUrl((await anyFile(on.world, "image")).id);
}
const picture = async (more: Record<string, unknown> = {}, as = us): Promise<string> =>
  (await container({ image_url: await jpeg(), ...more }, as)).body.id;

it("takes 50 posts in 24 hours, says how many it has taken, and takes more the next day", async () => {
  const image_url = await jpeg();
  const one = async () => {
    const { body } = await container({ image_url });
    later(1000);
    return publish(body.id);
  };
  for (let count = 0; count < 50; count++) expect(await one()).toMatchObject({ status: 200 });
  expect(await one()).toMatchObject({ refusal: "9/2207042" });
  const limit = { quota_usage: 50, config: { quota_total: 50, quota_duration: 86_400 } };
  const { body } = await get(`${id}/content_publishing_limit?fields=quota_usage,config`);
  expect(body).toEqual({ data: [limit] });
  later(24 * 60 * 60_000);
  expect(await one()).toMatchObject({ status: 200 });
});

describe("reading", () => {
  it("lists what was posted in a window, newest first, as Instagram tells it", async () => {
    const ids: string[] = [];
    for (const caption of ["one", "two", "three"]) {
      const made = await picture({ caption });
      later(60_000);
      ids.push((await publish(made)).body.id);
    }
    const since = Math.floor(on.world.clock.now().getTime() / 1000) - 90;
    const { body } = await get(`${id}/media?fields=id,caption,media_type,timestamp&since=${since}`);
    expect(body.data.map((media: { id: string }) => media.id)).toEqual([ids[2], ids[1]]);
    expect(body.data[0]).toMatchObject({
      caption: "three",
      media_type: "IMAGE",
      timestamp: expect.stringMatching(/\+0000$/),
    });
  });
  it("leads from a post's address and from a profile's to what people see", async () => {
    const made = await picture({ caption: "A well" });
    later(1000);
    const { body } = await publish(made);
    const { permalink } = (await get(`${body.id}?fields=permalink`)).body;
    expect(await (await fetch(permalink)).text()).toContain("A well");
    const profile = await fetch(`${us.call().baseUrl.web}/${us.identity.handle}/`);
    expect(await profile.text()).toContain("A well");
  });
  it("counts only what can be counted", async () => {
    const made = await picture();
    later(1000);
    const { body } = await publish(made);
    expect(await get(`${body.id}/insights?metric=views,sighs`)).toMatchObject({ refusal: "100" });
    expect(await get("4711/insights?metric=views")).toMatchObject({ refusal: "100/33" });
    expect(await post(`${body.id}/comments`, {})).toMatchObject({ refusal: "100" });
    expect(await post(`${body.id}/comments`, { message: "a".repeat(2197) })).toMatchObject({
      refusal: "100",
    });
  });
});
