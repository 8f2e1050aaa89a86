import type { IncomingMessage, ServerResponse } from "node:http";
import type { Platform } from "../domain/platform.ts";
import type { Html } from "../markup/html.ts";
import { queryOf } from "./address.ts";
import type { Context, Corner } from "./corner.ts";
import { frontPage, notFoundPage, platformPage, postPage, profilePage } from "./feed-pages.ts";
import { plainLook } from "./look.ts";
import { send } from "./reply.ts";
import { styleFor } from "./style.ts";

const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

/** The pages a person looks at: timelines, profiles, posts, and the files they show. */
export async function answerPage(
  context: Context,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, first = "", ...rest] = path.replace(/\/$/, "").split("/");
  if (request.method !== "GET") return send(response, { status: 404, body: { error: "Not found" } });
  if (first === "favicon.ico") return send(response, { status: 204 }); // browsers ask, and complain without an answer
  if (first === "style.css" && rest.length === 0)
    return send(response, {
      status: 200,
      headers: { "content-type": "text/css" },
      body: styleFor([...context.corners.values()].map(({ practice }) => practice)),
    });
  if (first === "media" && rest.length === 1)
    if (await context.ground.media.serve(rest[0] ?? "", request, response)) return;
  const page = pageFor(context, first, rest, queryOf(request.url));
  send(response, {
    status: page ? 200 : 404,
    headers: pageHeaders,
    body: `<!doctype html>${(page ?? notFoundPage()).markup}`,
  });
}

function pageFor(context: Context, first: string, rest: string[], query: URLSearchParams): Html | undefined {
  const now = context.ground.now();
  const feedOf = (corner: Corner) => ({
    platform: corner.practice.platform,
    look: corner.practice.look ?? plainLook,
    posts: corner.posts(),
    fault: context.faults.get(corner.practice.platform)?.fault,
    now,
  });
  if (first === "") return frontPage([...context.corners.values()].map(feedOf));
  const corner = context.corners.get(first as Platform);
  if (!corner) return undefined;
  const feed = feedOf(corner);
  const [kind, id, ...more] = rest;
  if (kind === undefined) return platformPage(feed, query.get("before"));
  if (kind.startsWith("@") && id === undefined)
    return profilePage(feed, decode(kind.slice(1)), query.get("before"));
  if (kind === "posts" && id !== undefined && more.length === 0) return postPage(feed, decode(id));
  return undefined;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
