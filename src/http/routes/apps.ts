import { z } from "zod";
import { listApps, putOwnApp, removeOwnApp } from "../../accounts/oauth/own-apps.ts";
import { platforms } from "../../domain/platform.ts";
import { type Route, route } from "../route.ts";
import { app, newApp } from "../schemas/connections.ts";

const params = z.object({ platform: z.enum(platforms) });
const tag = "Accounts";

/** Apps that a workspace brings itself, in place of the operator's. */
export const appRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/apps",
    scope: "admin",
    tag,
    summary: "The apps this workspace brought",
    answers: { 200: { description: "Without their secrets", schema: z.object({ data: z.array(app) }) } },
    async handle({ world, workspaceId }) {
      return { status: 200, body: { data: await listApps(world, workspaceId) } };
    },
  }),
  route({
    method: "put",
    path: "/v1/apps/:platform",
    scope: "admin",
    tag,
    summary: "Log in through an app of your own",
    description: "Register it with the redirect address `<PUBLIC_URL>/oauth/<platform>/callback`.",
    params,
    body: newApp,
    answers: { 200: { description: "Kept, its secret sealed", schema: app } },
    refuses: ["login_not_offered"],
    async handle({ world, workspaceId, params: { platform }, body }) {
      return { status: 200, body: await putOwnApp(world, workspaceId, platform, body) };
    },
  }),
  route({
    method: "delete",
    path: "/v1/apps/:platform",
    scope: "admin",
    tag,
    summary: "Log in through the operator's app again",
    params,
    answers: { 204: { description: "Removed" } },
    async handle({ world, workspaceId, params: { platform } }) {
      await removeOwnApp(world, workspaceId, platform);
      return { status: 204 };
    },
  }),
];
