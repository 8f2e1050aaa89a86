import type { RequestHandler } from "express";
import type { Logger } from "pino";
import { newRequestId } from "./request-id.ts";

/** One line per request. Only what is named here is ever logged: no body, no query, no header, no address. */
export function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const requestId = newRequestId();
    response.locals.requestId = requestId;
    response.setHeader("X-Request-Id", requestId);
    response.on("close", () => {
      log.info(
        {
          requestId,
          method: request.method,
          route: response.locals.route ?? "unknown",
          status: response.statusCode,
          ms: Math.round(performance.now() - startedAt),
          workspaceId: response.locals.workspaceId,
        },
        "request",
      );
    });
    next();
  };
}
