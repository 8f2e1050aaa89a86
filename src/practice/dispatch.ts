import type { IncomingMessage, ServerResponse } from "node:http";
import type { Platform } from "../domain/platform.ts";
import { pathOf, queryOf } from "./address.ts";
import { readBody } from "./body.ts";
import type { Context } from "./corner.ts";
import { answerOrBreak } from "./faulty.ts";
import type { PracticeRequest, PracticeRoute } from "./kit.ts";
import { answerPage } from "./pages.ts";
import { answerPhone } from "./phone-answers.ts";
import { send } from "./reply.ts";
import type { RouteMatch } from "./router.ts";
import { tokenIn } from "./token-in.ts";
import { TooLarge } from "./too-large.ts";

/** Answers one request: a platform's API where a route matches, else a page. */
export function dispatcher(
  context: Context,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const path = pathOf(request.url);
    try {
      await answer(context, path, request, response);
    } catch (error) {
      if (request.destroyed && !request.complete) return; // gone in the middle of its own request
      if (context.signal.aborted || response.headersSent) return void response.destroy();
      if (error instanceof TooLarge) return send(response, { status: 413, body: { error: error.message } });
      context.log(`The practice network could not answer ${request.method} ${path}`, error);
      send(response, { status: 500, body: { error: "The practice network failed" } });
    }
  };
}

async function answer(
  context: Context,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, name = ""] = path.split("/");
  const own = context.corners.get(name as Platform);
  const below = own ? path.slice(name.length + 1) || "/" : path;
  // A platform whose addresses look the same must not take the page of a post from us.
  const isPage = request.method === "GET" && /^\/posts\/[^/]+\/?$/.test(below);
  const method = request.method ?? "";
  const phoneCall = own?.matchPhone(method, below);
  if (own && phoneCall) return answerPhone(context, own, phoneCall, request, response);
  const corner = own ?? [...context.corners.values()].find((one) => one.matchRoot(method, path));
  const matched = own ? (isPage ? undefined : own.match(method, below)) : corner?.matchRoot(method, path);
  if (!corner || !matched) return answerPage(context, path, request, response);
  const practiceRequest = await read(context, matched, below, request);
  const reply = await answerOrBreak(context, corner, matched.route, practiceRequest).finally(() =>
    context.ground.store.flush(),
  );
  if (reply === "reset") request.socket.destroy();
  else send(response, reply);
}

async function read(
  context: Context,
  { route, params }: RouteMatch<PracticeRoute>,
  path: string,
  request: IncomingMessage,
): Promise<PracticeRequest> {
  const body = await readBody(request, context.ground.uploads, route.maxJsonBytes);
  const query = queryOf(request.url);
  const inJson = (body.json as { access_token?: unknown } | null | undefined)?.access_token;
  const token =
    tokenIn(request.headers, query) ??
    body.fields.access_token ??
    (typeof inJson === "string" ? inJson : undefined);
  return { method: request.method ?? "", path, params, query, headers: request.headers, token, ...body };
}
