import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import type { Actor } from "../../../test/contract/world.ts";
import {
  type Answer,
  ask,
  type GraphWorld,
  graphOnPractice,
} from "../../../test/support/graph-on-practice.ts";
import { threads } from "./index.ts";
import { practice } from "./practice.ts";

let on: GraphWorld;
let us: Actor;

beforeAll(async () => {
  on = await graphOnPractice(threads, practice, "v1.0");
});
afterAll(() => on.world.close());
beforeEach(() => {
  us = on.world.actor();
});

const tokenOf = (actor: Actor) => actor.identity.credentials.accessToken ?? "";
const send = (method: string, path: string, body?: Record<string, unknown>, as = us): Promise<Answer> =>
  ask(on, tokenOf(as), method, path, body);
const get = (path: string) => send("GET", path);
const later = (ms: number) => on.world.clock.advance(ms);
const dayMs = 24 * 60 * 60_000;

async function posted(text: string, more: Record<string, unknown> = {}): Promise<Answer> {
  const { body } = await send("POST", "me/threads", { media_type: "TEXT", text, ...more });
  later(1000);
  return send("POST", "me/threads_publish", { creation_id: body.id });
}

describe("what there may be in 24 hours", () => {
  it("is 250 posts, and told", async () => {
    for (let count = 0; count < 250; count++) expect((await posted(`Post ${count}`)).status).toBe(200);
    expect(await posted("One more")).toMatchObject({ refusal: "9/2207042" });
    const quota = (total: number) => ({ quota_total: total, quota_duration: 86_400 });
    const fields = "quota_usage,config,reply_quota_usage,reply_config,delete_quota_usage,delete_config";
    const { body } = await get(`me/threads_publishing_limit?fields=${fields}`);
    expect(body.data).toEqual([
      {
        quota_usage: 250,
        config: quota(250),
        reply_quota_usage: 0,
        reply_config: quota(1000),
        delete_quota_usage: 0,
        delete_config: quota(100),
      },
    ]);
    const reply_to_id = us.posts()[0]?.id;
    expect(await posted("A reply is counted apart", { reply_to_id })).toMatchObject({ status: 200 });
    later(dayMs);
    expect(await posted("The next day")).toMatchObject({ status: 200 });
  });

  it("is a hundred deletions", async () => {
    for (let count = 0; count < 101; count++) await posted(`Post ${count}`);
    const answers = [];
    for (const { id } of us.posts()) answers.push(await send("DELETE", id));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100);
    expect(answers.at(-1)).toMatchObject({ refusal: "4" });
    expect(us.posts()).toHaveLength(1);
    later(dayMs);
    expect((await send("DELETE", us.posts()[0]?.id ?? "")).body).toMatchObject({ success: true });
  });
});

describe("reading", () => {
  it("lists posts and replies apart, newest first, in a window, page by page", async () => {
    const ids: string[] = [];
    for (const text of ["one", "two", "three"]) {
      ids.push((await posted(text)).body.id);
      later(60_000);
    }
    const reply = await posted("below", { reply_to_id: ids[2] });
    const idsOf = ({ body }: Answer) => body.data.map(({ id }: { id: string }) => id);
    const since = Math.floor(on.world.clock.now().getTime() / 1000) - 130;
    expect(idsOf(await get(`me/threads?since=${since}`))).toEqual([ids[2], ids[1]]);
    const { body } = await get("me/threads?limit=2&fields=text,timestamp,media_type,permalink");
    expect(body.data[0]).toMatchObject({
      text: "three",
      media_type: "TEXT_POST",
      timestamp: expect.stringMatching(/\+0000$/),
    });
    expect(idsOf(await get(`me/threads?limit=2&after=${body.paging.cursors.after}`))).toEqual([ids[0]]);
    expect((await get("me/replies?fields=replied_to,is_reply")).body.data).toEqual([
      { id: reply.body.id, replied_to: { id: ids[2] }, is_reply: true },
    ]);
  });

  test.each(["since=1688540399", "since=20&until=10", "limit=101", "limit=x", "fields=sighs"])(
    "refuses a list with %s",
    async (query) => {
      await posted("one");
      expect(await get(`me/threads?${query}`)).toMatchObject({ refusal: "100" });
    },
  );

  it("gives only the ids of a carousel's parts, unless asked for more", async () => {
    const image = await on.world.shelf.make("image", "image/png", { mimeTypes: [], maxBytes: 1 }, "");
    const image_url = us.call().media.publicUrl(image?.id ?? "");
    const given = { media_type: "IMAGE", image_url, is_carousel_item: true, alt_text: "A well" };
    const parts = [await send("POST", "me/threads", given), await send("POST", "me/threads", given)];
    later(1000);
    const children = parts.map(({ body }) => body.id).join(",");
    const { body } = await posted("", { media_type: "CAROUSEL", children });
    const bare = (await get(`${body.id}?fields=children`)).body.children.data;
    expect(bare).toEqual([{ id: expect.any(String) }, { id: expect.any(String) }]);
    const full = (await get(`${body.id}?fields=children{alt_text,media_type},media_type`)).body;
    expect(full).toMatchObject({ media_type: "CAROUSEL_ALBUM" });
    expect(full.children.data[1]).toMatchObject({ alt_text: "A well", media_type: "IMAGE" });
  });

  it("leads from a post's address and from a profile's to what people see", async () => {
    const { body } = await posted("A well");
    const { permalink } = (await get(`${body.id}?fields=permalink`)).body;
    expect(permalink).toMatch(new RegExp(`/@${us.identity.handle}/post/[\\w-]+$`));
    expect(await (await fetch(permalink)).text()).toContain("A well");
    const profile = await fetch(`${us.call().baseUrl.web}/@${us.identity.handle}`);
    expect(await profile.text()).toContain("A well");
  });

  it("counts only what can be counted, and only of one's own", async () => {
    const { body } = await posted("A well");
    expect(await get(`${body.id}/insights?metric=views,sighs`)).toMatchObject({ refusal: "100" });
    expect(await get("4711/insights?metric=views")).toMatchObject({ refusal: "100/33" });
    const others = send("GET", `${body.id}/insights?metric=views`, undefined, on.world.actor());
    expect(await others).toMatchObject({ refusal: "100/33" });
    expect(await send("DELETE", body.id, undefined, on.world.actor())).toMatchObject({ refusal: "100/33" });
  });
});
