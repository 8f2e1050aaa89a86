import { type Beat, countOverdue, findBeats, isOutage } from "../db/health.ts";
import { type Platform, platforms } from "../domain/platform.ts";
import type { World } from "./world.ts";

export interface Heart {
  readonly alive: boolean;
  /** Since the youngest sign of life; null: none within the last hour. */
  readonly lastBeatMs: number | null;
}

export interface Readiness {
  readonly ready: boolean;
  readonly database: boolean;
  readonly queue: boolean;
  readonly scheduler: Heart;
  readonly workers: Readonly<Record<Platform, Heart>>;
  /** Deliveries that are due and unsent for more than 20 s though nothing stops them; null: not known. */
  readonly overdue: number | null;
}

const overdueMs = 20_000;
const beatLimitMs = 15_000;
const answerLimitMs = 3000;

/** Whether posts will go out. Measured from PostgreSQL, except for the queue itself. */
export async function readiness(
  world: Pick<World, "db">,
  queueHealthy: () => Promise<boolean>,
): Promise<Readiness> {
  const [facts, queue] = await Promise.all([
    inTime(Promise.all([findBeats(world.db), countOverdue(world.db, overdueMs)])),
    inTime(queueHealthy()),
  ]);
  const [beats, overdue] = facts ?? [[], null];
  const workers = Object.fromEntries(
    platforms.map((platform) => [platform, heartOf(beats.filter((beat) => works(beat, platform)))]),
  ) as Record<Platform, Heart>;
  const scheduler = heartOf(beats.filter(({ role }) => role !== "worker"));
  const alive = scheduler.alive && Object.values(workers).every((heart) => heart.alive);
  return {
    ready: queue === true && alive && overdue === 0,
    database: facts !== undefined,
    queue: queue === true,
    scheduler,
    workers,
    overdue,
  };
}

/** Whether an error means that PostgreSQL cannot serve us for the moment. */
export function databaseIsAway(error: unknown): boolean {
  return isOutage(error);
}

function works({ role, platforms: served }: Beat, platform: Platform): boolean {
  return role !== "scheduler" && served.includes(platform);
}

function heartOf(beats: readonly Beat[]): Heart {
  if (beats.length === 0) return { alive: false, lastBeatMs: null };
  const lastBeatMs = Math.round(Math.min(...beats.map((beat) => beat.ageMs)));
  return { alive: lastBeatMs <= beatLimitMs, lastBeatMs };
}

/** Undefined for an answer that is an error, or late. */
async function inTime<T>(answer: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), answerLimitMs);
  });
  return Promise.race([answer.catch(() => undefined), late]).finally(() => clearTimeout(timer));
}
