import type { Platform } from "../domain/platform.ts";

/** What the composition root decides about the API. */
export interface ServerOptions {
  readonly version: string;
  /** Requests per minute and API key. */
  readonly requestsPerMinute: number;
  /** Lets a Prometheus elsewhere read /metrics; null: loopback only. */
  readonly metricsToken: string | null;
  /** Whether the queue answers; a rejection counts as no. */
  queueHealthy(): Promise<boolean>;
  /** How many bells wait in the queue, per platform. */
  queueDepth(): Promise<Readonly<Record<string, number>>>;
  /** Null where no practice network runs. */
  readonly practice: PracticePort | null;
  /** Aborted when the server shuts down, so that open event streams end. */
  readonly closing: AbortSignal;
}

/** The practice network as routes may use it. */
export interface PracticePort {
  /** Every publish call that the pretend platforms, or one of them, accepted or refused. */
  ledger(platform?: Platform): unknown;
  setFault(platform: Platform, setting: FaultSetting | null): void | Promise<void>;
  /** Makes the identity on that platform, or finds it again, with a fresh token. The handle comes without @. */
  register(platform: Platform, handle: string): PracticeAccount | Promise<PracticeAccount>;
}

export interface PracticeAccount {
  readonly externalId: string;
  readonly handle: string;
  readonly name: string;
  readonly credentials: Readonly<Record<string, string>>;
}

export const practiceFaults = [
  "reset_before",
  "reset_after_accept",
  "slow",
  "5xx_after_accept",
  "garbled_after_accept",
  "429",
  "revoked",
] as const;

export interface FaultSetting {
  readonly fault: (typeof practiceFaults)[number];
  readonly times?: number;
  readonly delayMs?: number;
  readonly resetAfterMs?: number;
}
