import type { Request, RequestHandler, Response } from "express";
import type { z } from "zod";
import { Refusal } from "../domain/refusal.ts";
import { answerOnce } from "../publishing/answer-once.ts";
import type { Caller } from "../publishing/identify-caller.ts";
import type { World } from "../publishing/world.ts";
import { isAllowed } from "./auth.ts";
import type { Gate } from "./gate.ts";
import { idempotencyKeyOf } from "./idempotency-key.ts";
import { refuseOddJson } from "./odd-json.ts";
import { readJson } from "./read-json.ts";
import { type Ask, type Reply, type Route, type Scope, takesIdempotencyKey } from "./route.ts";
import type { ServerOptions } from "./server-options.ts";
import { zodRefusal } from "./zod-refusal.ts";

type AnyAsk = Ask<unknown, unknown, unknown>;

/** Who asks, what they ask, do it, answer: the same for every route. */
export function runRoute(route: Route, world: World, options: ServerOptions, gate: Gate): RequestHandler {
  return async (request, response) => {
    response.locals.route = route.path;
    response.locals.page = route.tag === "Documentation";
    const caller = route.scope === "open" ? nobody : await gate(request, response, route.scope);
    const ask = toAsk(route, world, options, caller, request, response);
    const reply = await (route.reads === "own" ? route.handle(ask) : handleJson(route, ask));
    if (reply) send(response, reply);
  };
}

const nobody: Caller = { keyId: "", workspaceId: "", scopes: [] };

function toAsk(
  route: Route,
  world: World,
  options: ServerOptions,
  caller: Caller,
  request: Request,
  response: Response,
): AnyAsk {
  const { workspaceId, keyId: callerId } = caller;
  const key = takesIdempotencyKey(route) ? idempotencyKeyOf(request) : undefined;
  return {
    world,
    workspaceId,
    callerId,
    scopes: caller.scopes as readonly Scope[],
    params: route.params ? parseParams(route.params, request.params) : {},
    query: route.query ? parse(route.query, request.query) : refuseQuery(request),
    body: undefined,
    options,
    request,
    response,
    stillAllowed: () => isAllowed(world, request, route.scope as Scope),
    once: (fingerprint, work) =>
      key === undefined ? work(world) : answerOnce(world, workspaceId, { key, fingerprint }, work),
  };
}

async function handleJson(route: Route, ask: AnyAsk): Promise<Reply | undefined> {
  if (route.method === "get" || route.method === "delete") return route.handle(ask);
  const { value, fingerprint } = await readJson(ask.request, ask.response);
  refuseOddJson(value);
  const body = route.body ? parse(route.body, value) : refuseBody(value);
  if (route.method !== "post") return route.handle({ ...ask, body });
  return ask.once(fingerprint, async (world) => {
    const reply = await route.handle({ ...ask, body, world });
    if (!reply) throw new Error(`${route.path} answers by itself and cannot be answered once`);
    return reply;
  });
}

/** An id of a shape that we never give is an id that does not exist. */
function parseParams(schema: z.ZodObject, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Refusal("not_found", "There is nothing with this id.");
  return parsed.data;
}

function parse(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success) throw zodRefusal(parsed.error);
  return parsed.data;
}

function refuseQuery(request: Request): object {
  const [name] = Object.keys(request.query);
  if (name !== undefined)
    throw new Refusal("invalid_request", "This call takes no query.", {
      issues: [{ pointer: `/${name}`, code: "unknown_field", message: "is not a field here" }],
    });
  return {};
}

function refuseBody(value: unknown): undefined {
  if (value !== undefined && JSON.stringify(value) !== "{}")
    throw new Refusal("invalid_request", "This call takes no body.");
  return undefined;
}

function send(response: Response, reply: Reply): void {
  response.status(reply.status);
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  if (reply.body === undefined) response.end();
  else response.type("application/json").end(JSON.stringify(reply.body));
}
