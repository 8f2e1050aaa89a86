import { setTimeout } from "node:timers/promises";
import type { Platform } from "../domain/platform.ts";
import type { Engine } from "../publishing/engine.ts";
import { publishDelivery } from "../publishing/publish-delivery.ts";
import type { BellWorker, QueueBackend } from "./bell.ts";
import { calmLog } from "./calm-log.ts";
import { queueName } from "./doorbell.ts";
import { within } from "./within.ts";

const goodbyeMs = 2000;
const openAgainMs = 1000;

/** One platform's worker: a bell rings, a delivery is published. */
export interface PublishWorker {
  readonly platform: Platform;
  /** Rings handled so far: where that stands still while posts are overdue and hands are free, the queue is silent. */
  handled(): number;
  /** Every hand is at a post: no further bell is heard until one is done. */
  isFull(): boolean;
  /** Starts anew, after it has gone silent. */
  restart(): void;
  /** Takes no further bell; resolves when the attempts under way are done. */
  close(): Promise<void>;
}

export function startPublishWorker(
  engine: Engine,
  backend: QueueBackend,
  platform: Platform,
  concurrency: number,
): PublishWorker {
  const calmly = calmLog(engine.log);
  let [handled, underWay] = [0, 0];
  let isClosed = false;
  let worker = open();

  function open(): BellWorker {
    const opened = backend.openWorker(
      queueName(platform),
      (deliveryId) => {
        handled++;
        underWay++;
        return publishDelivery(engine, deliveryId).finally(() => underWay--);
      },
      concurrency,
    );
    opened.on("error", complain);
    opened.on("failed", (_job, error) =>
      engine.log.error({ platform, problem: error.name }, "a bell was not handled"),
    );
    opened.begin().catch(async (error: Error) => {
      complain(error);
      const isDeaf = () => !isClosed && worker === opened;
      await untilItAnswers(backend, isDeaf);
      if (isDeaf()) restart();
    });
    return opened;
  }

  function complain(error: Error): void {
    calmly(
      `the queue of ${platform} does not answer: posts go out from the database, some seconds late`,
      error.message,
    );
  }

  function restart(): void {
    if (isClosed) return;
    const silent = worker;
    worker = open();
    silent.close(true).catch(() => undefined);
  }

  return {
    platform,
    handled: () => handled,
    isFull: () => underWay >= concurrency,
    restart,
    close() {
      isClosed = true;
      return untilClosed(worker.close(), engine);
    },
  };
}

/** Before another worker is opened, for each leaves something behind in BullMQ. */
async function untilItAnswers(backend: QueueBackend, isWaitedFor: () => boolean): Promise<void> {
  do await setTimeout(openAgainMs, undefined, { ref: false });
  while (isWaitedFor() && !(await backend.ping().catch(() => false)));
}

/** A queue that is down never says goodbye: then it is enough that no attempt is under way. */
async function untilClosed(closing: Promise<void>, engine: Engine): Promise<void> {
  const closed = closing.then(() => true);
  do if (await within(goodbyeMs, closed)) return;
  while (engine.running.size > 0);
}
