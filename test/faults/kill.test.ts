import { describe, expect, it } from "@jest/globals";
import { adapters } from "../../src/adapters/registry.ts";
import type { Step } from "../../src/publishing/engine.ts";
import { killWorkers } from "./kill.ts";

const steps = ["claimed", "intended", "answered"] as const satisfies readonly Step[];

// A taste of `npm run faults`, which kills fifty each on every platform and both queues: one platform for each way of
// finding out what became of a post.
const byRecovery = new Map(
  Object.values(adapters).map(({ platform, capabilities }) => [capabilities.recovery.by, platform]),
);

describe.each([...byRecovery.values()])(
  "%s: a worker killed without warning loses nothing and doubles nothing",
  (platform) => {
    it.each(steps)(
      "when its attempt was just %s",
      async (step) => {
        const { breaches, states } = await killWorkers("postgres", platform, step, 2);
        expect(breaches).toEqual([]);
        expect(states).toEqual({ published: 2 });
      },
      120_000,
    );
  },
);
