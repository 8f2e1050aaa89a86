import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { anyFile, attempt, plain } from "../../../test/contract/check.ts";
import { type Actor, openWorld, type World } from "../../../test/contract/world.ts";
import type { Variant } from "../../domain/post.ts";
import { tumblr } from "./index.ts";
import { practice } from "./practice.ts";
import { msUntilNextDay } from "./rate-limit.ts";

const hourMs = 60 * 60_000;

let world: World;
beforeAll(async () => {
  world = await openWorld(tumblr, practice);
  nextDay(); // and far from its end
});
afterAll(() => world.close());

describe("on one day the pretend Tumblr takes", () => {
  it("250 posts of one user, and more after midnight in New York", async () => {
    const actor = world.actor();
    const variant = await plain(world);
    await Promise.all(Array.from({ length: 250 }, () => send(actor, variant)));
    await expect(send(actor, variant)).rejects.toMatchObject({
      kind: "rate_limited",
      detail: { code: "daily_posts", retryAfterMs: expect.any(Number) },
    });
    await send(world.actor(), variant);
    nextDay();
    await send(actor, variant);
    expect(actor.posts()).toHaveLength(251);
  });

  it("250 pictures", async () => {
    const actor = world.actor();
    const picture = await anyFile(world, "image");
    const gallery = (length: number) => plain(world, { media: Array.from({ length }, () => picture) });
    for (let sent = 0; sent < 240; sent += 30) await send(actor, await gallery(30));
    await expect(send(actor, await gallery(11))).rejects.toMatchObject({ detail: { code: "daily_media" } });
    await send(actor, await gallery(10));
    await send(actor, await plain(world));
  });

  it("20 videos, one after the other", async () => {
    const actor = world.actor();
    const variant = await plain(world, { media: [await anyFile(world, "video")] });
    for (let sent = 0; sent < 20; sent++) {
      await send(actor, variant);
      const busy = send(actor, variant);
      if (sent < 19) await expect(busy).rejects.toMatchObject({ detail: { code: "video_processing" } });
      else await expect(busy).rejects.toMatchObject({ detail: { code: "daily_videos" } });
      world.clock.advance(10_000);
    }
  });
});

it("takes a thousand requests of all in an hour, and says how many are left", async () => {
  nextDay();
  const actor = world.actor();
  const headers = { authorization: `Bearer ${actor.identity.credentials.accessToken}` };
  const ask = () => fetch(`${world.practice.url}/tumblr/v2/user/info`, { headers });
  const first = await ask();
  expect(tumblr.readBudget?.(first.headers, world.clock.now())).toEqual([
    { scope: "app", of: "requests", remaining: 999, resetMs: hourMs },
    expect.objectContaining({ remaining: 4999 }),
  ]);
  for (let round = 0; round < 20; round++) await Promise.all(Array.from({ length: 50 }, ask));
  const last = await ask();
  expect(last.status).toBe(429);
  expect(await last.json()).toMatchObject({ meta: { status: 429, msg: "Limit Exceeded" }, response: [] });
  await expect(world.adapter.auth.identify(actor.call())).rejects.toMatchObject({
    kind: "rate_limited",
    detail: { retryAfterMs: expect.any(Number) },
  });
  world.clock.advance(hourMs);
  expect((await ask()).status).toBe(200);
});

async function send(actor: Actor, variant: Variant): Promise<unknown> {
  return (await attempt(world, actor, variant)).answer;
}

function nextDay(): void {
  world.clock.advance(msUntilNextDay(world.clock.now()));
}
