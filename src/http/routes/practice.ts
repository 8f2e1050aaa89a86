import { z } from "zod";
import { platforms } from "../../domain/platform.ts";
import { Refusal } from "../../domain/refusal.ts";
import { type Route, route } from "../route.ts";
import { type PracticePort, practiceFaults } from "../server-options.ts";

const setting = z.strictObject({
  fault: z.enum(practiceFaults).nullable().meta({ description: "Null: none" }),
  times: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .meta({ description: "How many publish calls it hits; absent: all" }),
  delayMs: z.int().min(0).max(600_000).optional().meta({ description: "For `slow`" }),
  resetAfterMs: z.int().min(0).max(86_400_000).optional().meta({ description: "For `429`" }),
});

export const practiceRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/practice/ledger",
    scope: "read",
    tag: "Practice network",
    summary: "Every publish call that the pretend platforms accepted or refused",
    query: z.strictObject({ platform: z.enum(platforms).optional() }),
    answers: { 200: { description: "The ledger", schema: z.unknown() } },
    async handle({ options, query }) {
      return { status: 200, body: await requirePractice(options.practice).ledger(query.platform) };
    },
  }),
  route({
    method: "put",
    path: "/practice/faults/:platform",
    scope: "admin",
    tag: "Practice network",
    summary: "Break a pretend platform, or mend it",
    params: z.object({ platform: z.enum(platforms) }),
    body: setting,
    answers: { 200: { description: "What it does from now on", schema: setting } },
    async handle({ options, params, body }) {
      const { fault, times, delayMs, resetAfterMs } = body;
      const next = fault && {
        fault,
        ...(times !== undefined && { times }),
        ...(delayMs !== undefined && { delayMs }),
        ...(resetAfterMs !== undefined && { resetAfterMs }),
      };
      await requirePractice(options.practice).setFault(params.platform, next);
      return { status: 200, body };
    },
  }),
];

function requirePractice(practice: PracticePort | null): PracticePort {
  if (!practice) throw new Refusal("not_found", "No practice network runs here.");
  return practice;
}
