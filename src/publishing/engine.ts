import type { Logger } from "pino";
import { type Batcher, createBatcher } from "../db/hot/batcher.ts";
import { type ClaimedDelivery, claim } from "../db/hot/claim.ts";
import { type Intent, intend } from "../db/hot/intend.ts";
import type { Result } from "../db/hot/record.ts";
import type { Timings } from "../domain/timings.ts";
import { recordBatch } from "./record-batch.ts";
import type { World } from "./world.ts";

/** What publishing is given: the world, its leases, and the batches through which a burst reaches the diary. */
export interface Engine {
  readonly world: World;
  readonly timings: Timings;
  readonly log: Logger;
  /** Owner of the leases; changes when the session's connection was lost and made anew. */
  owner(): number;
  readonly claims: Batcher<string, ClaimedDelivery | undefined>;
  readonly intents: Batcher<Intent, boolean>;
  readonly results: Batcher<Result, boolean>;
  /** Attempts under way in this process, whose claims are kept alive while they prepare. */
  readonly running: Set<RunningAttempt>;
  /** Prepares under way in this process, by delivery. */
  readonly preparing: Map<string, RunningPrepare>;
  /** Set off when the process is told to stop: nothing more begins, and what can be done again is broken off. */
  readonly stopping: AbortController;
  /** Called at the named points of an attempt, and of mirroring; tests stop the process there. */
  step(at: Step, id: string): void;
}

export interface RunningAttempt {
  readonly id: string;
  readonly fence: number;
  readonly sinceMs: number;
  /** Gives it back where nothing was sent; else its fate is unknown, and looked for. */
  breakOff(): void;
}

export interface RunningPrepare {
  readonly delivery: ClaimedDelivery;
  /** As the database wrote it. */
  leasedUntil: string;
  /** Since when that lease runs, by this process's own clock. */
  leasedMs: number;
  /** Until then its files may still be on their way, by this process's own clock: the moment waits for them. */
  readonly patienceUntilMs: number;
  /** What it has made so far is for another to go on with. */
  breakOff(): void;
}

export type Step =
  | "claimed"
  | "intended"
  | "answered"
  | "recorded"
  // of mirroring: a source was read, and that kept; a file fetched, and that noted; its posts stored
  | "read"
  | "kept"
  | "fetched"
  | "noted"
  | "shared";

// A lone delivery waits at most 2 ms per step; a burst fills the batches long before.
const batch = { maxSize: 250, maxWaitMs: 2, maxRunning: 2 };

export function createEngine(
  parts: Pick<Engine, "world" | "timings" | "owner"> & Partial<Pick<Engine, "step">>,
): Engine {
  const { world, timings, owner } = parts;
  const { claimLeaseMs, lateAfterMs } = timings;
  return {
    step: () => undefined,
    ...parts,
    log: world.log,
    claims: createBatcher(batch, (ids) =>
      claim(world.db, ids, { owner: owner(), leaseMs: claimLeaseMs, lateAfterMs }),
    ),
    intents: createBatcher(batch, (intents) => intend(world.db, intents, owner())),
    results: createBatcher({ ...batch, maxWaitMs: 5 }, (results) => recordBatch(world.db, results)),
    running: new Set(),
    preparing: new Map(),
    stopping: new AbortController(),
  };
}
