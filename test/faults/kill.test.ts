import { describe, expect, it } from "@jest/globals";
import { platforms } from "../../src/domain/platform.ts";
import type { Step } from "../../src/publishing/engine.ts";
import { killWorkers } from "./kill.ts";

const steps = ["claimed", "intended", "answered"] as const satisfies readonly Step[];

// A taste of `npm run faults`, which kills fifty each on both queues.
describe.each(platforms)(
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
