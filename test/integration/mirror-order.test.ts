import { expect, it } from "@jest/globals";
import type { Platform } from "../../src/domain/platform.ts";
import { picture } from "../support/mirror-stage.ts";
import { until } from "../support/until.ts";
import { nobodyReads, useMirrorStage } from "../support/use-mirror-stage.ts";

const on = useMirrorStage({ timings: { copySpacingMs: 500 } });

const shown = (platform: Platform, word: string) =>
  on.withText(platform, word).map(({ text }) => Number(/ (\d+)\/6/.exec(text)?.[1]));

it("six posts that are seen at once are shared in their order, with pictures or without", async () => {
  const { id } = await on.link("threads", ["x", "facebook"]);
  await on.settled();
  await nobodyReads(on);
  for (let n = 1; n <= 6; n++)
    await on.phone("threads", `Order ${n}/6`, n % 2 === 0 ? await picture("one") : undefined);
  await on.sql("update sources set next_read_at = now()");
  await until("all are there", () => on.counts("Order").x === 6 && on.counts("Order").facebook === 6);
  const { data } = await on.call<{ data: { text: string }[] }>("GET", `/v1/links/${id}/items`);
  expect([shown("x", "Order"), shown("facebook", "Order")]).toEqual([
    [1, 2, 3, 4, 5, 6],
    [1, 2, 3, 4, 5, 6],
  ]);
  expect(data.map(({ text }) => Number(text.slice(6, 7)))).toEqual([6, 5, 4, 3, 2, 1]);
});
