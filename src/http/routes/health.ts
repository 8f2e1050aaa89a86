import { z } from "zod";
import { platforms } from "../../domain/platform.ts";
import { readiness } from "../../publishing/readiness.ts";
import { type Route, route } from "../route.ts";

const heart = z.object({
  alive: z.boolean(),
  lastBeatMs: z.int().nullable().meta({ description: "Since the last sign of life" }),
});
const readinessAnswer = z
  .object({
    ready: z.boolean(),
    database: z.boolean(),
    queue: z.boolean(),
    scheduler: heart,
    workers: z.record(z.enum(platforms), heart),
    overdue: z.int().nullable().meta({ description: "Due and unsent for more than 20 s; null: not known" }),
  })
  .meta({ id: "Readiness" });

export const healthRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/healthz",
    scope: "open",
    tag: "Operations",
    summary: "Whether the process lives",
    answers: { 200: { description: "It does", schema: z.object({ status: z.literal("ok") }) } },
    async handle() {
      return { status: 200, body: { status: "ok" } };
    },
  }),
  route({
    method: "get",
    path: "/readyz",
    scope: "open",
    tag: "Operations",
    summary: "Whether posts will go out",
    answers: {
      200: { description: "They will", schema: readinessAnswer },
      503: { description: "Something is away", schema: readinessAnswer },
    },
    async handle({ world, options }) {
      const body = await readiness(world, () => options.queueHealthy());
      return { status: body.ready ? 200 : 503, body };
    },
  }),
];
