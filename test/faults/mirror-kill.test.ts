import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Step } from "../../src/publishing/engine.ts";
import { type MirrorStage, openMirrorStage, photo } from "../support/mirror-stage.ts";
import { until } from "../support/until.ts";

let on: MirrorStage;
beforeAll(async () => {
  on = await openMirrorStage({
    role: "api",
    timings: { watchLeaseMs: 1500, shareLeaseMs: 1500 },
  });
  for (const [from, to] of [
    ["instagram", "x"],
    ["x", "facebook"],
    ["facebook", "instagram"],
  ] as const)
    await on.link(from, [to]);
}, 60_000);
afterAll(() => on.close());

const steps: readonly Step[] = [
  "read",
  "kept",
  "fetched",
  "noted",
  "shared",
  "claimed",
  "intended",
  "answered",
  "recorded",
];
const count = (platform: "x" | "facebook" | "instagram", word: string) =>
  on.posts(platform).filter(({ text }) => text.includes(word)).length;

describe("kill -9 of all that works", () => {
  it.each(steps)(
    "when something of a mirrored photo was just %s: it is everywhere once",
    async (step) => {
      const word = `Killed-${step}`;
      const doomed = await on.process(step);
      await on.phone("instagram", word, {
        bytes: await photo(step.length * 17 + step.charCodeAt(0)),
        type: "image/jpeg",
        altText: "A well",
      });
      doomed.begin();
      expect(await doomed.ended).toBe("SIGKILL");
      const next = await on.process(null);
      next.begin();
      await until("it is everywhere", () => count("x", word) && count("facebook", word), 30_000);
      await on.settled();
      await next.end();
      expect([count("instagram", word), count("x", word), count("facebook", word)]).toEqual([1, 1, 1]);
      const files = await on.sql(
        "select 1 from media m where m.of_id is null and not exists (select 1 from post_media u where u.media_id = m.id)",
      );
      expect(files).toEqual([]);
    },
    120_000,
  );
});
