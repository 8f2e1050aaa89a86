import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { openMetrics } from "../publishing/metrics.ts";
import type { World } from "../publishing/world.ts";
import type { ServerOptions } from "./server-options.ts";

export interface RequestFacts {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

export interface Metrics {
  observe(request: RequestFacts): void;
  /** In Prometheus's text format. */
  scrape(): Promise<string>;
  readonly contentType: string;
}

/** What operators watch. Deliveries are read from the diary, whichever process worked on them. */
export function createMetrics(world: World, options: Pick<ServerOptions, "queueDepth">): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "clarion_http_request_seconds",
    help: "Time to answer a request",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  const read = openMetrics(world);
  const update = deliveryMetrics(registry);
  let running: Promise<unknown> = Promise.resolve();
  return {
    contentType: registry.contentType,
    observe: ({ method, route, status, ms }) =>
      requests.observe({ method, route, status: String(status) }, ms / 1000),
    async scrape() {
      // One reading after the other: each counts on from where the one before ended.
      const reading = running.then(async () =>
        update(await read(), await options.queueDepth().catch(() => ({}))),
      );
      running = reading.catch(() => undefined);
      await reading;
      return registry.metrics();
    },
  };
}

type Reading = Awaited<ReturnType<ReturnType<typeof openMetrics>>>;

function deliveryMetrics(registry: Registry) {
  const registers = [registry];
  const lateness = new Histogram({
    name: "clarion_delivery_lateness_seconds",
    help: "From the due time to being published",
    labelNames: ["platform"],
    buckets: [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800],
    registers,
  });
  const outcomes = new Counter({
    name: "clarion_delivery_outcomes_total",
    help: "Transitions of deliveries, by the state they reached",
    labelNames: ["platform", "outcome"],
    registers,
  });
  const open = new Gauge({
    name: "clarion_deliveries_open",
    help: "Deliveries that are not at their end: scheduled, uncertain, needs_decision …",
    labelNames: ["platform", "state"],
    registers,
  });
  const overdue = new Gauge({
    name: "clarion_deliveries_overdue",
    help: "Due and unsent for more than 20 seconds though nothing stops them",
    registers,
  });
  const queue = new Gauge({
    name: "clarion_queue_depth",
    help: "Bells in the queue",
    labelNames: ["platform"],
    registers,
  });
  return (reading: Reading, depths: Readonly<Record<string, number>>) => {
    for (const { platform, outcome, count, latenesses } of reading.outcomes) {
      outcomes.inc({ platform, outcome }, count);
      for (const seconds of latenesses) lateness.observe({ platform }, seconds);
    }
    open.reset();
    for (const { platform, state, count } of reading.open) open.set({ platform, state }, count);
    overdue.set(reading.overdue);
    for (const [platform, depth] of Object.entries(depths)) queue.set({ platform }, depth);
  };
}
