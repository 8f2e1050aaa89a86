import { expect, it } from "@jest/globals";
import type { PrepareCall } from "../adapters/contract/adapter.ts";
import type { ClaimedDelivery } from "../db/hot/claim.ts";
import type { Engine } from "./engine.ts";
import { readyPrepared } from "./ready-prepared.ts";

const parent = { externalId: "4711", rootExternalId: "4710" };

it.each([null, parent])(
  "what a part of a chain answers is known when it is prepared: %j",
  async (answers) => {
    const seen: PrepareCall<never>[] = [];
    const prepare = async (_variant: unknown, call: PrepareCall<never>) => {
      seen.push(call);
      return { values: {}, expiresAt: "9999-12-31T00:00:00.000Z" };
    };
    const engine = { world: { adapters: { threads: { prepare } } } } as unknown as Engine;
    const delivery = { id: "dlv_1", platform: "threads", prepared: null, sentAt: null, parent: answers };
    const call = { now: () => new Date() } as unknown as PrepareCall<never>;
    await readyPrepared(engine, delivery as unknown as ClaimedDelivery, call);
    expect(seen).toEqual([
      expect.objectContaining({ deliveryKey: "dlv_1", ...(answers && { parent: answers }) }),
    ]);
    expect("parent" in (seen[0] ?? {})).toBe(answers !== null);
  },
);
