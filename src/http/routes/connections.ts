import { z } from "zod";
import { chooseAccounts } from "../../accounts/oauth/choose-accounts.ts";
import { startConnection } from "../../accounts/oauth/start-connection.ts";
import { viewConnection } from "../../accounts/oauth/view-connection.ts";
import { type Route, route } from "../route.ts";
import { id } from "../schemas/common.ts";
import { choice, connection, newConnection, startedConnection } from "../schemas/connections.ts";

const params = z.object({ id: id("con") });
const tag = "Accounts";

/** Linking accounts by logging in at the platform. */
export const connectionRoutes: readonly Route[] = [
  route({
    method: "post",
    path: "/v1/accounts/connect",
    scope: "admin",
    tag,
    keepsNothing: true, // the link
    summary: "Link accounts by logging in at the platform",
    description:
      "Open `authorizeUrl` in a browser within ten minutes; it is good once. The person logs in, comes back here, and chooses where a login may post as several. `GET /v1/accounts/connections/{id}` tells how far it has come.",
    body: newConnection,
    answers: { 201: { description: "Begun", schema: startedConnection } },
    refuses: ["login_not_offered", "app_missing", "not_found", "platform_unavailable", "url_refused"],
    async handle({ world, workspaceId, callerId, body }) {
      return { status: 201, body: await startConnection(world, workspaceId, callerId, body) };
    },
  }),
  route({
    method: "get",
    path: "/v1/accounts/connections/:id",
    scope: "admin",
    tag,
    summary: "How far a login has come",
    params,
    answers: { 200: { description: "The connection", schema: connection } },
    async handle({ world, workspaceId, params: { id: connectionId } }) {
      return { status: 200, body: await viewConnection(world, workspaceId, connectionId) };
    },
  }),
  route({
    method: "post",
    path: "/v1/accounts/connections/:id",
    scope: "admin",
    tag,
    summary: "Link some of the accounts that a login offers",
    params,
    body: choice,
    answers: { 200: { description: "Linked", schema: connection } },
    refuses: ["wrong_state"],
    async handle({ world, workspaceId, params: { id: connectionId }, body }) {
      await chooseAccounts(world, workspaceId, connectionId, body.accounts);
      return { status: 200, body: await viewConnection(world, workspaceId, connectionId) };
    },
  }),
];
