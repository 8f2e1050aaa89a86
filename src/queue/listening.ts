import { setTimeout as delay } from "node:timers/promises";
import { errorCode } from "../adapters/contract/transport.ts";
import { type HeardSource, heardSources } from "../db/heard-sources.ts";
import type { Platform } from "../domain/platform.ts";
import type { Timings } from "../domain/timings.ts";
import { hearAccount } from "../links/mirror/hear-account.ts";
import type { Engine } from "../publishing/engine.ts";
import { type Loop, startLoop } from "./loop.ts";

/** More than these are not listened to, but read as often as ever. */
const most = 200;
/** So many begin in one round: their servers are asked one after another. */
const batch = 20;
/** A stream that lasted this long was a good one. */
const steadyMs = 60_000;

type ListeningEngine = Pick<Engine, "world" | "timings" | "log">;

/**
 * Listens to the accounts that links begin at, where their platforms have a stream. It only makes them be read sooner: they
 * are read from time to time as if nobody listened, so a stream that fails is no failure. Every process of a platform listens;
 * that each of them rings changes nothing, for who has rung already is read once.
 */
export function startListening(engine: ListeningEngine, platforms: readonly Platform[]): Loop {
  const { world, timings, log } = engine;
  const able = platforms.filter((platform) => world.adapters[platform].listen);
  const listeners = new Map<string, AbortController>();
  const running = new Set<Promise<void>>();

  function start(source: HeardSource): AbortController {
    const stop = new AbortController();
    const ended = keepListening(engine, source, stop.signal).finally(() => running.delete(ended));
    running.add(ended);
    return stop;
  }

  async function round(): Promise<boolean> {
    const sources = able.length > 0 ? await heardSources(world.db, able, most) : [];
    const wanted = new Map(sources.map((source) => [keyOf(source), source]));
    for (const [key, stop] of listeners) {
      if (wanted.has(key)) continue;
      stop.abort();
      listeners.delete(key);
    }
    const fresh = [...wanted].filter(([key]) => !listeners.has(key)).slice(0, batch);
    for (const [key, source] of fresh) listeners.set(key, start(source));
    return false;
  }

  const loop = startLoop(round, timings.listenSyncMs, (error) =>
    log.error({ problem: error.message }, "a round of listening failed"),
  );
  return {
    wake: loop.wake,
    async stop() {
      await loop.stop();
      for (const stop of listeners.values()) stop.abort();
      await Promise.all(running);
    },
  };
}

/** Another login, or another server, is listened to anew. */
function keyOf({ id, account }: HeardSource): string {
  const { mode, baseUrl, externalId, grantId, grantVersion } = account;
  return JSON.stringify([id, mode, baseUrl, externalId, grantId, grantVersion]);
}

async function keepListening(
  engine: ListeningEngine,
  source: HeardSource,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    const sinceMs = performance.now();
    try {
      await hearAccount(engine, source, signal);
    } catch (error) {
      const problem = errorCode(error) ?? (error as Error).name;
      if (failures === 0 && !signal.aborted)
        engine.log.info({ source: source.id, problem }, "an account is not heard");
    }
    if (performance.now() - sinceMs > steadyMs) failures = 0;
    await delay(pauseMs(engine.timings, failures), undefined, { signal }).catch(() => undefined);
  }
}

/** Longer each time in a row, and never the same: a server that comes back is not to be run over. */
function pauseMs({ listenAgainMs, listenLatestMs }: Timings, failures: number): number {
  const longest = Math.min(listenLatestMs, listenAgainMs * 2 ** Math.min(failures, 20));
  return longest * (0.5 + Math.random() / 2);
}
