import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Step } from "../../src/publishing/engine.ts";
import { type MirrorStage, openMirrorStage, photo } from "../support/mirror-stage.ts";
import { until } from "../support/until.ts";

let on: MirrorStage;
let linkId: string;
beforeAll(async () => {
  on = await openMirrorStage({
    role: "api",
    timings: { watchLeaseMs: 1500, shareLeaseMs: 1500 },
  });
  linkId = (await on.link("instagram", ["x"])).id;
  for (const [from, to] of [
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
const count = (platform: "x" | "facebook" | "instagram" | "threads", word: string) =>
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

  it.each(["shared", "claimed", "answered"] as const)(
    "when what had been shared went further, and was just %s: it is everywhere once",
    async (step) => {
      const word = `Further-${step}`;
      const first = await on.process(null);
      first.begin();
      const file = { bytes: await photo(step.length * 31), type: "image/jpeg", altText: "A well" };
      await on.phone("instagram", word, file);
      await until("it is there", () => count("x", word) && count("facebook", word), 30_000);
      await on.settled();
      await first.end();
      await on.call("PATCH", `/v1/links/${linkId}`, { targets: [on.on.x.id, on.on.threads.id] });
      const { data } = await on.call<{ data: { id: string }[] }>("GET", `/v1/links/${linkId}/items`);
      await on.call("POST", `/v1/links/${linkId}/items/${data[0]?.id}/decide`, { decision: "share" });
      const doomed = await on.process(step);
      doomed.begin();
      expect(await doomed.ended).toBe("SIGKILL");
      const next = await on.process(null);
      next.begin();
      await until("it is on the new target", () => count("threads", word), 30_000);
      await on.settled();
      await next.end();
      expect((["instagram", "x", "facebook", "threads"] as const).map((name) => count(name, word))).toEqual([
        1, 1, 1, 1,
      ]);
      await on.call("PATCH", `/v1/links/${linkId}`, { targets: [on.on.x.id] });
    },
    120_000,
  );
});
