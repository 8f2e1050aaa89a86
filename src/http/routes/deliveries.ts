import { z } from "zod";
import { getDelivery } from "../../publishing/get-delivery.ts";
import { listDeliveries } from "../../publishing/list-deliveries.ts";
import { resolveDelivery } from "../../publishing/resolve-delivery.ts";
import { retryDelivery } from "../../publishing/retry-delivery.ts";
import { type Route, route } from "../route.ts";
import { id, listOf } from "../schemas/common.ts";
import { delivery, deliveryQuery, deliverySummary, resolution } from "../schemas/deliveries.ts";

const params = z.object({ id: id("dlv") });

export const deliveryRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/deliveries",
    scope: "read",
    tag: "Deliveries",
    summary: "Deliveries by due time, latest first",
    query: deliveryQuery,
    answers: { 200: { description: "A page", schema: listOf(deliverySummary) } },
    async handle({ world, workspaceId, query }) {
      return { status: 200, body: await listDeliveries(world, workspaceId, query) };
    },
  }),
  route({
    method: "get",
    path: "/v1/deliveries/:id",
    scope: "read",
    tag: "Deliveries",
    summary: "A delivery with what it says, its tries and its history",
    params,
    answers: { 200: { description: "The delivery", schema: delivery } },
    async handle({ world, workspaceId, params: { id: deliveryId } }) {
      return { status: 200, body: await getDelivery(world, workspaceId, deliveryId) };
    },
  }),
  route({
    method: "post",
    path: "/v1/deliveries/:id/retry",
    scope: "publish",
    tag: "Deliveries",
    summary: "Send what failed or was missed after all, now",
    params,
    answers: { 200: { description: "Scheduled", schema: delivery } },
    refuses: ["wrong_state", "paused"],
    async handle({ world, workspaceId, params: { id: deliveryId } }) {
      return { status: 200, body: await retryDelivery(world, workspaceId, deliveryId) };
    },
  }),
  route({
    method: "post",
    path: "/v1/deliveries/:id/resolve",
    scope: "publish",
    tag: "Deliveries",
    summary: "Decide what we cannot know: is it there?",
    description: "For a delivery in `needs_decision`. Look at the account first.",
    params,
    body: resolution,
    answers: { 200: { description: "Decided", schema: delivery } },
    refuses: ["wrong_state", "paused"],
    async handle({ world, workspaceId, params: { id: deliveryId }, body }) {
      return { status: 200, body: await resolveDelivery(world, workspaceId, deliveryId, body) };
    },
  }),
];
