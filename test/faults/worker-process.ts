import { createInterface } from "node:readline";
import { pino } from "pino";
import { readSettings } from "../../config/env.ts";
import { adapters } from "../../src/adapters/registry.ts";
import { makeWorld } from "../../src/compose/make-world.ts";
import type { Platform } from "../../src/domain/platform.ts";
import type { Timings } from "../../src/domain/timings.ts";
import type { Step } from "../../src/publishing/engine.ts";
import { startDelivery } from "../../src/queue/start-delivery.ts";

export interface WorkerJob {
  readonly env: Readonly<Record<string, string>>;
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
  };
  readonly platforms: readonly Platform[];
  readonly timings: Timings;
  /** Absent: it works for its platforms alone. */
  readonly role?: "worker" | "all";
  /** Where it kills itself, without warning, the first time it comes there; null: it works on. */
  readonly dieAt: Step | null;
}

// A worker that is prepared, says so, and begins when told; ends with its standard input.
const {
  env,
  connection,
  platforms,
  timings,
  dieAt,
  role = "worker",
} = JSON.parse(process.argv[2] ?? "") as WorkerJob;
const settings = readSettings(env);
const { world, close } = await makeWorld(settings, adapters, connection, pino({ level: "silent" }));
const lines = createInterface({ input: process.stdin });
process.stdout.write("ready\n");
await new Promise((resolve) => lines.once("line", resolve));

const delivery = await startDelivery({
  world,
  connection,
  redis: settings.redis?.reveal() ?? null,
  role,
  platforms,
  timings,
  step: (at) => {
    if (at === dieAt) process.kill(process.pid, "SIGKILL");
  },
});
lines.once("close", () => void stop());

async function stop(): Promise<void> {
  await delivery.stop();
  await close();
  process.exit(0);
}
