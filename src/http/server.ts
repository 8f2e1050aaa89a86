import express, { type Express, type RequestHandler } from "express";
import { Refusal } from "../domain/refusal.ts";
import type { World } from "../publishing/world.ts";
import { createGate, type Gate } from "./gate.ts";
import { createMetrics } from "./metrics.ts";
import { answerProblems } from "./problem.ts";
import { requestLog } from "./request-log.ts";
import type { Route } from "./route.ts";
import { routeTable } from "./route-table.ts";
import { runRoute } from "./run-route.ts";
import { securityHeaders } from "./security-headers.ts";
import type { ServerOptions } from "./server-options.ts";

/** The API over HTTP. The caller listens, and closes. */
export function createServer(world: World, options: ServerOptions): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag"); // ours is the post's revision
  app.enable("case sensitive routing");
  app.set("query parser", "simple");
  const gate = createGate(world, options.requestsPerMinute);
  const metrics = createMetrics(world, options);
  app.use(requestLog(world.log, metrics), securityHeaders());
  for (const [path, routes] of byPath(routeTable(options, metrics))) {
    const handlers = app.route(path);
    for (const route of routes) handlers[route.method](runRoute(route, world, options, gate));
    handlers.all(refuseMethod(routes, gate));
  }
  app.use(refuseAddress(gate));
  app.use(answerProblems(world.log));
  return app;
}

function byPath(routes: readonly Route[]): Map<string, Route[]> {
  const paths = new Map<string, Route[]>();
  for (const route of routes) paths.set(route.path, [...(paths.get(route.path) ?? []), route]);
  return paths;
}

function refuseMethod(routes: readonly Route[], gate: Gate): RequestHandler {
  const allowed = routes.map((route) => route.method.toUpperCase());
  if (allowed.includes("GET")) allowed.push("HEAD");
  return async (request, response) => {
    response.locals.route = routes[0]?.path;
    if (routes.every((route) => route.scope !== "open")) await gate(request, response, null);
    response.setHeader("Allow", allowed.join(", "));
    throw new Refusal("method_not_allowed", `This address takes ${allowed.join(", ")}.`);
  };
}

/** Without a key nobody learns which addresses exist. */
function refuseAddress(gate: Gate): RequestHandler {
  return async (request, response) => {
    await gate(request, response, null);
    throw new Refusal("not_found", "There is no such address. The calls are described at /docs.");
  };
}
