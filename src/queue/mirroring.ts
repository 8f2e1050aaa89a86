import { takeItems } from "../db/source-items.ts";
import { takeSources } from "../db/sources.ts";
import type { Platform } from "../domain/platform.ts";
import { readSource } from "../links/mirror/read-source.ts";
import { shareItem } from "../links/mirror/share-item.ts";
import type { Engine } from "../publishing/engine.ts";
import { type Loop, startLoop } from "./loop.ts";
import { openRoom } from "./room.ts";

const batch = 10;

/** What of mirroring a process does. */
export interface MirroringPart {
  /** Whose accounts are read. */
  readonly reads: readonly Place[];
  /** What was seen where is shared: that needs every platform's adapter. */
  readonly shares: readonly Place[];
}

type Place = Platform | "feed";

/** Reads the sources of links, and shares what they show. Each source and each item has one process at a time. */
export function startMirroring(
  engine: Pick<Engine, "world" | "timings" | "step" | "log">,
  { reads, shares }: MirroringPart,
): Loop {
  const { timings, log } = engine;
  const { db } = engine.world;
  let crowded = false; // more was waiting than there was room for
  const on = {
    free: () => crowded && loop.wake(),
    error: (error: Error) => log.error({ problem: error.name }, "mirroring failed"),
  };
  const readings = openRoom(reads, batch, on);
  const sharings = openRoom(shares, batch, on); // of their own: films are fetched for minutes

  async function readSources(): Promise<number> {
    const options = { ...what(readings.free()), leaseMs: timings.watchLeaseMs, limit: batch };
    const sources = reads.length > 0 ? await takeSources(db, options) : [];
    readings.start(
      sources.map((source) => ({ source, platform: source.account?.platform ?? "feed" })),
      async ({ source }) => {
        await readSource(engine, source);
        loop.wake(); // what it showed is shared at once
      },
    );
    return sources.length;
  }

  async function shareItems(): Promise<number> {
    const options = { ...what(sharings.free()), leaseMs: timings.shareLeaseMs, limit: batch };
    const items = shares.length > 0 ? await takeItems(db, options) : [];
    sharings.start(
      items.map((item) => ({ item, platform: item.platform ?? "feed" })),
      async ({ item }) => {
        await shareItem(engine, item);
        loop.wake(); // the next one of its source may be waiting for it
      },
    );
    return items.length;
  }

  async function round(): Promise<boolean> {
    const [read, shared] = [await readSources(), await shareItems()];
    crowded = readings.free().length < reads.length || sharings.free().length < shares.length;
    return read === batch || shared === batch;
  }

  const loop = startLoop(round, timings.sweepMs, (error) =>
    log.error({ problem: error.message }, "a round of mirroring failed"),
  );
  return {
    wake: loop.wake,
    async stop() {
      await loop.stop();
      await Promise.all([readings.empty(), sharings.empty()]);
    },
  };
}

function what(free: readonly Place[]): { platforms: readonly Platform[]; feeds: boolean } {
  return { platforms: free.filter((one) => one !== "feed"), feeds: free.includes("feed") };
}
