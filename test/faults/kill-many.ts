import { describe, expect, it } from "@jest/globals";
import { platforms } from "../../src/domain/platform.ts";
import type { Step } from "../../src/publishing/engine.ts";
import { killWorkers } from "./kill.ts";

const steps = ["claimed", "intended", "answered"] as const satisfies readonly Step[];
const kills = Number(process.env.KILLS ?? 50);

/** Every platform, every step, `KILLS` times. A file per backend, so that the two run side by side. */
export function killMany(backend: "redis" | "postgres"): void {
  describe.each(platforms)(
    "%s: workers killed without warning lose nothing and double nothing",
    (platform) => {
      it.each(steps)("when an attempt was just %s", async (step) => {
        const { breaches, states } = await killWorkers(backend, platform, step, kills);
        expect(breaches).toEqual([]);
        expect(states).toEqual({ published: kills });
      });
    },
  );
}
