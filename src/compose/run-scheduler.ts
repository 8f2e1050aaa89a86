import { adapters } from "../adapters/registry.ts";
import { platforms } from "../domain/platform.ts";
import { defaultTimings } from "../domain/timings.ts";
import { startDelivery } from "../queue/start-delivery.ts";
import { touchHeartbeat } from "./heartbeat-file.ts";
import { inServerMode, type LoadSettings } from "./in-server-mode.ts";

/** A process that rings for all platforms, when it leads. */
export async function runScheduler(loadSettings: LoadSettings): Promise<void> {
  await inServerMode(loadSettings, adapters, ({ world, connection, redis }) =>
    startDelivery({
      world,
      connection,
      redis,
      role: "scheduler",
      platforms,
      timings: defaultTimings,
      onBeat: touchHeartbeat,
    }),
  );
}
