import { timingSafeEqual } from "node:crypto";
import type { Request } from "express";
import { Refusal } from "../../domain/refusal.ts";
import type { Metrics } from "../metrics.ts";
import { type Route, route } from "../route.ts";

export function metricsRoutes(metrics: Metrics): readonly Route[] {
  return [
    route({
      method: "get",
      path: "/metrics",
      scope: "open",
      tag: "Operations",
      summary: "For Prometheus",
      description: "From this machine, or with the METRICS_TOKEN as bearer token.",
      answers: { 200: { description: "Prometheus's text format", type: "text/plain" } },
      async handle({ request, response, options }) {
        if (!isLocal(request) && !hasToken(request, options.metricsToken))
          throw new Refusal("unauthorized", "Metrics are given on this machine, or for the METRICS_TOKEN.");
        response.type(metrics.contentType).end(await metrics.scrape());
        return undefined;
      },
    }),
  ];
}

/** What a proxy on this machine passes on is not from this machine. */
function isLocal(request: Request): boolean {
  const { forwarded, "x-forwarded-for": forwardedFor } = request.headers;
  const address = request.socket.remoteAddress ?? "";
  return forwarded === undefined && forwardedFor === undefined && /^(127\.|::1$|::ffff:127\.)/.test(address);
}

function hasToken(request: Request, token: string | null): boolean {
  const given = Buffer.from(/^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "");
  const wanted = Buffer.from(token ?? "");
  return wanted.length > 0 && given.length === wanted.length && timingSafeEqual(given, wanted);
}
