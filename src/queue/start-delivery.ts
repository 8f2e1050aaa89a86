import type { RedisTarget } from "../../config/redis-url.ts";
import type { Connection } from "../db/database.ts";
import { openSession, type Session } from "../db/hot/session.ts";
import type { Platform } from "../domain/platform.ts";
import type { Timings } from "../domain/timings.ts";
import { createEngine, type Engine } from "../publishing/engine.ts";
import { pacedBudgets } from "../publishing/paced-budgets.ts";
import { settleMsOf } from "../publishing/settle-ms.ts";
import type { World } from "../publishing/world.ts";
import { openBackend } from "./backend.ts";
import type { QueueBackend } from "./bell.ts";
import { calmLog } from "./calm-log.ts";
import { startChores } from "./chores.ts";
import { complainOfSkew } from "./complain-of-skew.ts";
import { type Doorbell, openDoorbell } from "./doorbell.ts";
import { startListening } from "./listening.ts";
import type { Loop } from "./loop.ts";
import { startMirroring } from "./mirroring.ts";
import { startPublishWorker } from "./publish-worker.ts";
import { startScheduler } from "./scheduler.ts";
import { watchdog } from "./watchdog.ts";
import { within } from "./within.ts";

export interface DeliveryOptions {
  readonly world: World;
  readonly connection: Connection;
  /** Null: the queue is on PostgreSQL. */
  readonly redis: RedisTarget | null;
  readonly role: "scheduler" | "worker" | "all";
  /** Those this process rings for (scheduler: all of them) or works for. */
  readonly platforms: readonly Platform[];
  readonly timings: Timings;
  readonly step?: Engine["step"];
  readonly onBeat?: () => void;
}

/** Delivery at work in this process. */
export interface Delivery {
  queueHealthy(): Promise<boolean>;
  queueDepth(): Promise<Readonly<Record<string, number>>>;
  /** Claims nothing more, finishes the sends under way or breaks them off in time, lets go of everything. */
  stop(): Promise<void>;
}

// A send is mostly waiting: for the platform and for the disk. On PostgreSQL each bell costs the database more, and beyond
// this nothing is gained.
const concurrency = { redis: 600, postgres: 100 };
const goodbyeMs = 2000; // a queue that is down does not answer

/** Starts the scheduler, the workers, or both, as the role says. */
export async function startDelivery(options: DeliveryOptions): Promise<Delivery> {
  const { world, connection, redis, role, platforms } = options;
  const { log } = world;
  const calmly = calmLog(log);
  const onError = (error: Error) => calmly("a connection was lost", error.message);
  await complainOfSkew(world);
  const backend = await openBackend(connection, redis, platforms.length, onError);
  const doorbell = openDoorbell(backend, platforms, onError);
  let scheduler: Loop | undefined;
  const session = await openSession(connection, {
    role,
    platforms,
    onDue: () => scheduler?.wake(),
    onError,
    ...(options.onBeat && { onBeat: options.onBeat }),
  });
  const stops: (() => Promise<void>)[] = [];
  if (role !== "worker") {
    scheduler = startSchedulerOf(options, session, doorbell);
    stops.push(scheduler.stop);
  }
  if (role !== "scheduler") {
    stops.push(startWorkers(options, backend, session));
    stops.push(startListening({ world, timings: options.timings, log }, platforms).stop);
  }
  stops.push(startMirroringOf(options).stop);

  return {
    queueHealthy: () => backend.ping(),
    queueDepth: () => doorbell.depth(),
    async stop() {
      await Promise.all(stops.map((stop) => stop()));
      await session.close();
      await within(goodbyeMs, doorbell.close()).catch(() => undefined);
      await backend.close();
    },
  };
}

function startSchedulerOf(options: DeliveryOptions, session: Session, doorbell: Doorbell): Loop {
  const { world, timings, platforms } = options;
  const settleMs = Object.fromEntries(platforms.map((platform) => [platform, settleMsOf(options, platform)]));
  const budgets = pacedBudgets(platforms.map((platform) => world.adapters[platform]));
  return startScheduler({ db: world.db, session, doorbell, timings, settleMs, budgets, log: world.log });
}

/** A worker knows its own platform alone and reads that; sharing takes all of them. */
function startMirroringOf({
  world,
  timings,
  role,
  platforms,
  step = () => undefined,
}: DeliveryOptions): Loop {
  const everywhere = [...platforms, "feed"] as const;
  return startMirroring(
    { world, timings, step, log: world.log },
    {
      reads: { all: everywhere, worker: platforms, scheduler: ["feed"] as const }[role],
      shares: role === "worker" ? [] : everywhere,
    },
  );
}

function startWorkers(
  options: DeliveryOptions,
  backend: QueueBackend,
  session: Session,
): () => Promise<void> {
  const { world, timings, platforms, step } = options;
  const engine = createEngine({ world, timings, owner: () => session.id, ...(step && { step }) });
  const workers = platforms.map((platform) =>
    startPublishWorker(engine, backend, platform, concurrency[backend.kind]),
  );
  const chores = startChores(engine, platforms, watchdog(workers, backend, engine.log));
  return async () => {
    engine.stopping.abort();
    const late = setTimeout(() => {
      for (const one of [...engine.running, ...engine.preparing.values()]) one.breakOff();
    }, timings.goodbyeMs);
    await Promise.all([chores.stop(), ...workers.map((worker) => worker.close())]);
    clearTimeout(late);
  };
}
