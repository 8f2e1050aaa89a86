import { z } from "zod";
import { pause, readStandstill } from "../../publishing/pause.ts";
import { resume } from "../../publishing/resume.ts";
import { type Route, route } from "../route.ts";
import { id, instant } from "../schemas/common.ts";
import { unstoppable } from "../schemas/deliveries.ts";

const accountId = id("acc").optional().meta({ description: "Absent: the whole workspace" });

const standstill = z.object({
  pausedAt: instant.nullable().meta({ description: "Since when nothing at all goes out; null: not paused" }),
  reason: z.string().nullable(),
  accounts: z
    .array(z.object({ id: id("acc"), state: z.enum(["held", "paused"]), reason: z.string().nullable() }))
    .meta({ description: "Accounts that stand still by themselves" }),
});

export const pauseRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/pause",
    scope: "read",
    tag: "Stop and go",
    summary: "What stands still, and why",
    answers: { 200: { description: "The standstill", schema: standstill } },
    async handle({ world, workspaceId }) {
      const { pausedAt, ...rest } = await readStandstill(world, workspaceId);
      return { status: 200, body: { ...rest, pausedAt: pausedAt?.toISOString() ?? null } };
    },
  }),
  route({
    method: "post",
    path: "/v1/pause",
    scope: "write",
    tag: "Stop and go",
    summary: "Stop everything that has not gone out",
    body: z.strictObject({ reason: z.string().trim().min(1).max(500), accountId }),
    answers: {
      200: {
        description: "Stopped; `alreadySending` lists what could not be called back",
        schema: z.object({ held: z.int(), alreadySending: z.array(unstoppable) }),
      },
    },
    refuses: ["unknown_account", "account_disconnected"],
    async handle({ world, workspaceId, body }) {
      return { status: 200, body: await pause(world, workspaceId, body.reason, body.accountId ?? null) };
    },
  }),
  route({
    method: "post",
    path: "/v1/resume",
    scope: "publish",
    tag: "Stop and go",
    summary: "Send again",
    description: "Nothing is flushed: what fell due meanwhile becomes `missed`, and can be retried.",
    body: z.strictObject({ accountId }).optional(),
    answers: {
      200: { description: "Going again", schema: z.object({ scheduled: z.int(), missed: z.int() }) },
    },
    refuses: ["unknown_account", "account_disconnected", "wrong_state"],
    async handle({ world, workspaceId, body }) {
      return { status: 200, body: await resume(world, workspaceId, body?.accountId ?? null) };
    },
  }),
];
