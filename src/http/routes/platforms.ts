import { listPlatforms } from "../../accounts/list-platforms.ts";
import { type Route, route } from "../route.ts";
import { listOf } from "../schemas/common.ts";
import { platformView } from "../schemas/platforms.ts";

export const platformRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/platforms",
    scope: "read",
    tag: "Accounts",
    summary: "Every platform: what it takes, and what it wants to be linked",
    answers: { 200: { description: "All of them", schema: listOf(platformView) } },
    async handle({ world, workspaceId }) {
      return { status: 200, body: { data: await listPlatforms(world, workspaceId), nextCursor: null } };
    },
  }),
];
