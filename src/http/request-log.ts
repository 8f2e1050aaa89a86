import type { RequestHandler } from "express";
import type { Logger } from "pino";
import type { Metrics } from "./metrics.ts";
import { newRequestId } from "./request-id.ts";

/** One line per request. Only what is named here is ever logged: no body, no query, no header, no address. */
export function requestLog(log: Logger, metrics: Pick<Metrics, "observe">): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const requestId = newRequestId();
    response.locals.requestId = requestId;
    response.setHeader("X-Request-Id", requestId);
    response.on("close", () => {
      const { route = "unknown", workspaceId } = response.locals;
      const ms = Math.round(performance.now() - startedAt);
      const facts = { method: request.method, route, status: response.statusCode, ms };
      metrics.observe(facts);
      log.info({ requestId, ...facts, workspaceId }, "request");
    });
    next();
  };
}
