import type { Platform } from "../../src/domain/platform.ts";
import type { Step } from "../../src/publishing/engine.ts";
import { until } from "../support/until.ts";
import { audit } from "./audit.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Worker } from "./worker.ts";

const patienceMs = 60_000;

/**
 * Kills as many workers at one step of an attempt, posting afresh for each, then lets a last one tidy up.
 * @returns how many were killed, what the audit says, and where the deliveries ended
 */
export async function killWorkers(
  backend: "redis" | "postgres",
  platform: Platform,
  step: Step,
  kills: number,
): Promise<{ killed: number; breaches: string[]; states: Record<string, number> }> {
  const stage = await openStage(backend);
  try {
    let killed = 0;
    let next = stage.worker([platform], step);
    while (killed < kills) {
      const worker = await next;
      if (killed + 1 < kills) next = stage.worker([platform], step); // warms up while this one dies
      await stage.post(platform, `${platform} ${step} ${killed}`);
      worker.begin();
      if ((await endOf(worker)) !== "SIGKILL") throw new Error(`No attempt came to "${step}"`);
      killed++;
    }
    const states = await tidyUp(stage, platform);
    return { killed, breaches: await audit(stage), states };
  } finally {
    await stage.close();
  }
}

async function tidyUp(stage: Stage, platform: Platform): Promise<Record<string, number>> {
  const worker = await stage.worker([platform]);
  worker.begin();
  const states = await until("every delivery has come to its end", () => settled(stage), patienceMs);
  await worker.end();
  return states;
}

export async function settled(stage: Stage): Promise<Record<string, number> | undefined> {
  const { rows } = await stage.app.world.db.pool.query<{ state: string; count: number }>(
    "select state, count(*) as count from deliveries group by state",
  );
  const open = rows.some(
    ({ state }) => !["published", "failed", "missed", "canceled", "needs_decision"].includes(state),
  );
  return open ? undefined : Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
}

async function endOf(worker: Worker): Promise<NodeJS.Signals | null> {
  const late = setTimeout(() => worker.kill("SIGTERM"), patienceMs);
  const signal = await worker.ended;
  clearTimeout(late);
  return signal;
}
