import type { JobsOptions, JobType, WorkerOptions } from "bullmq";

/** All a job carries: everything else is read from the diary when it rings. */
export interface JobData {
  readonly deliveryId: string;
}

/** As much of a BullMQ queue as ringing needs; the same on both backends. */
export interface Bell {
  addBulk(jobs: { name: string; data: JobData; opts: JobsOptions }[]): Promise<unknown>;
  getJobCounts(...types: JobType[]): Promise<Record<string, number>>;
  on(event: "error", listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

export interface BellWorker {
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: "failed", listener: (job: unknown, error: Error) => void): unknown;
  /** Resolves when it hears bells. @throws Error where it never will: another is to be opened */
  begin(): Promise<void>;
  close(force?: boolean): Promise<void>;
}

export type OnBell = (deliveryId: string) => Promise<void>;

/** BullMQ, on Redis or on PostgreSQL. */
export interface QueueBackend {
  readonly kind: "redis" | "postgres";
  openQueue(name: string): Bell;
  openWorker(name: string, onBell: OnBell, concurrency: number): BellWorker;
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

// The retry policy lives in the diary: a job is tried once, and one that stalls may be handed out again freely.
export const workerOptions = {
  lockDuration: 15_000,
  stalledInterval: 5_000,
  maxStalledCount: 1_000,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 }, // a failed job that is kept would block its own bell from being rung again
} satisfies Omit<WorkerOptions, "connection">;
