import { openBackend } from "./backend.ts";
import { calmLog } from "./calm-log.ts";
import { openDoorbell } from "./doorbell.ts";
import type { Delivery, DeliveryOptions } from "./start-delivery.ts";

/** For a process that delivers nothing itself: says how the queue is, and lets go of it at the end. */
export async function watchQueue(
  options: Pick<DeliveryOptions, "world" | "connection" | "redis" | "platforms">,
): Promise<Delivery> {
  const { world, connection, redis, platforms } = options;
  const calmly = calmLog(world.log);
  const onError = (error: Error) => calmly("a connection was lost", error.message);
  const backend = await openBackend(connection, redis, 0, onError);
  const doorbell = openDoorbell(backend, platforms, onError);
  return {
    queueHealthy: () => backend.ping(),
    queueDepth: () => doorbell.depth(),
    async stop() {
      await doorbell.close().catch(() => undefined);
      await backend.close();
    },
  };
}
