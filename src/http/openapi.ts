import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import type { RefusalCode } from "../domain/refusal.ts";
import { problemKinds } from "./problem-kinds.ts";
import { type Answer, type Route, takesIdempotencyKey } from "./route.ts";
import { problem } from "./schemas/common.ts";

const description = `Post once, share everywhere. Times are ISO 8601 in UTC; ids are opaque.

Errors are \`application/problem+json\` (RFC 9457) with a stable \`code\`; [all codes](/docs/errors).
Send an \`Idempotency-Key\` with a POST, and repeating it is safe for 24 hours.`;

/** The OpenAPI document of these routes, made of the very schemas that check their requests. */
export function openApiOf(routes: readonly Route[], version: string): object {
  return createDocument({
    openapi: "3.1.0",
    info: { title: "Clarion", version, description },
    paths: pathsOf(routes),
    security: [{ apiKey: [] }],
    components: {
      securitySchemes: { apiKey: { type: "http", scheme: "bearer", description: "An API key: clr_…" } },
    },
  });
}

function pathsOf(routes: readonly Route[]): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return paths;
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const { tag, summary, body, params, query } = route;
  const bodyTypes = route.bodyTypes ?? { "application/json": body };
  const header = headersOf(route);
  const parameters = { ...(params && { path: params }), ...(query && { query }), ...(header && { header }) };
  return {
    tags: [tag],
    summary,
    ...describe(route),
    ...(route.scope === "open" && { security: [] }),
    ...((params || query || header) && { requestParams: parameters }),
    ...(body && {
      requestBody: {
        required: !body.safeParse(undefined).success,
        content: Object.fromEntries(Object.entries(bodyTypes).map(([type, schema]) => [type, { schema }])),
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, answer]) => [status, responseOf(answer)]),
      ),
      ...Object.fromEntries(refusalsOf(route)),
    },
  } as ZodOpenApiOperationObject;
}

function headersOf(route: Route): z.ZodObject | undefined {
  if (route.headers) return route.headers;
  if (route.refuses?.includes("if_match_required"))
    return z.object({
      "If-Match": z.string().meta({ description: "The ETag that was read", example: '"1"' }),
    });
  if (!takesIdempotencyKey(route)) return undefined;
  const key = z
    .string()
    .optional()
    .meta({ description: "Repeating the request with it is safe for 24 hours" });
  return z.object({ "Idempotency-Key": key });
}

function describe(route: Route): { description: string } {
  const { description: text, scope } = route;
  const notes = [text, scope === "open" ? "No key needed." : `Scope: \`${scope}\`.`];
  if (takesIdempotencyKey(route)) notes.push("Takes an `Idempotency-Key` header.");
  if (route.keepsNothing)
    notes.push("An `Idempotency-Key` is not needed, and nothing is kept for one: repeating this is safe.");
  return { description: notes.filter((note) => note !== undefined).join("\n\n") };
}

function responseOf({ description: text, schema, type = "application/json" }: Answer): object {
  if (schema) return { description: text, content: { [type]: { schema } } };
  return type === "application/json" ? { description: text } : { description: text, content: { [type]: {} } };
}

/** One entry per status, naming the codes that may come with it. */
function refusalsOf(route: Route): [string, object][] {
  const shared: RefusalCode[] =
    route.scope === "open" ? [] : ["unauthorized", "missing_scope", "rate_limited"];
  if (route.params) shared.push("not_found");
  if (route.body || route.query) shared.push("invalid_request");
  if (route.body) shared.push("malformed_json", "wrong_content_type", "too_large");
  if (takesIdempotencyKey(route)) shared.push("idempotency_key_in_use", "idempotency_key_reused");
  const byStatus = new Map<number, RefusalCode[]>();
  for (const code of new Set([...shared, ...(route.refuses ?? [])])) {
    const [status] = problemKinds[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return [...byStatus].map(([status, codes]) => [
    String(status),
    {
      description: codes.map((code) => `\`${code}\`: ${problemKinds[code][1]}`).join("\n\n"),
      content: { "application/problem+json": { schema: problem } },
    },
  ]);
}
