import type { Adapter } from "../adapters/contract/adapter.ts";
import { defaultTimings } from "../domain/timings.ts";
import { startDelivery } from "../queue/start-delivery.ts";
import { touchHeartbeat } from "./heartbeat-file.ts";
import { inServerMode, type LoadSettings } from "./in-server-mode.ts";

/** A process that publishes to one platform. */
export async function runWorker(loadSettings: LoadSettings, adapter: Adapter<never>): Promise<void> {
  await inServerMode(loadSettings, { [adapter.platform]: adapter }, ({ world, connection, redis }) =>
    startDelivery({
      world,
      connection,
      redis,
      role: "worker",
      platforms: [adapter.platform],
      timings: defaultTimings,
      onBeat: touchHeartbeat,
    }),
  );
}
