import type { DueSoon } from "../db/hot/ring.ts";
import type { Platform } from "../domain/platform.ts";
import type { Bell, QueueBackend } from "./bell.ts";

/** Puts into the queues what falls due. Losing what is in them loses nothing. */
export interface Doorbell {
  ring(due: readonly DueSoon[]): Promise<void>;
  /** Jobs per platform that wait, are delayed or run. */
  depth(): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

export const queueName = (platform: Platform): string => `publish-${platform}`;

export function openDoorbell(
  backend: QueueBackend,
  platforms: readonly Platform[],
  onError: (error: Error) => void,
): Doorbell {
  const bells = new Map<Platform, Bell>();
  for (const platform of platforms) {
    const bell = backend.openQueue(queueName(platform));
    bell.on("error", onError);
    bells.set(platform, bell);
  }
  return {
    async ring(due) {
      const rings = [...bells].map(([platform, bell]) => {
        const jobs = due.filter((delivery) => delivery.platform === platform).map(job);
        return jobs.length > 0 && bell.addBulk(jobs);
      });
      await Promise.all(rings);
    },
    async depth() {
      const counts = [...bells].map(async ([platform, bell]) => {
        const count = await bell.getJobCounts("waiting", "active", "delayed");
        return [platform, Object.values(count).reduce((sum, n) => sum + n, 0)] as const;
      });
      return Object.fromEntries(await Promise.all(counts));
    },
    close: async () => void (await Promise.all([...bells.values()].map((bell) => bell.close()))),
  };
}

function job(delivery: DueSoon) {
  return {
    name: "publish",
    data: { deliveryId: delivery.id },
    opts: {
      jobId: `d-${delivery.id}-${delivery.fence}`,
      delay: delivery.delayMs,
      attempts: 1,
      removeOnComplete: true,
    },
  };
}
