import type { IncomingMessage, ServerResponse } from "node:http";
import type { Platform } from "../domain/platform.ts";
import type { Html } from "../markup/html.ts";
import { queryOf } from "./address.ts";
import type { Context, Corner } from "./corner.ts";
import { type Feed, frontPage, notFoundPage, platformPage, postPage, profilePage } from "./feed-pages.ts";
import { plainLook } from "./look.ts";
import type { Draft } from "./phone-forms.ts";
import { send } from "./reply.ts";
import { styleFor } from "./style.ts";

/** Forms are sent to the network itself only, which is told where they come from. */
function pageHeaders(hasForms: boolean): Readonly<Record<string, string>> {
  return {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": `default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; base-uri 'none'; form-action '${hasForms ? "self" : "none"}'; frame-ancestors 'none'`,
    "referrer-policy": hasForms ? "same-origin" : "no-referrer",
    "cache-control": "no-store",
  };
}

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
  const corner = context.corners.get(first as Platform);
  const page = pageFor(context, first, corner, rest, queryOf(request.url));
  sendHtml(response, page ? 200 : 404, page ?? notFoundPage(), corner);
}

interface Answer {
  readonly status: number;
  readonly corner?: Corner;
  readonly draft?: Draft;
}

/** The page that a refused draft came from, with the draft in it; without one, that there is nothing. */
export function sendPage(
  context: Context,
  response: ServerResponse,
  { status, corner, draft }: Answer,
): void {
  const feed = corner && feedOf(context, corner, draft);
  const page = feed && (draft?.postId ? postPage(feed, draft.postId) : platformPage(feed, null));
  sendHtml(response, status, page ?? notFoundPage(), corner);
}

function sendHtml(response: ServerResponse, status: number, page: Html, corner: Corner | undefined): void {
  const headers = pageHeaders(corner?.practice.phone !== undefined);
  send(response, { status, headers, body: `<!doctype html>${page.markup}` });
}

function pageFor(
  context: Context,
  first: string,
  corner: Corner | undefined,
  rest: string[],
  query: URLSearchParams,
): Html | undefined {
  if (first === "") return frontPage([...context.corners.values()].map((each) => feedOf(context, each)));
  if (!corner) return undefined;
  const feed = feedOf(context, corner);
  const [kind, id, ...more] = rest;
  if (kind === undefined) return platformPage(feed, query.get("before"));
  if (kind.startsWith("@") && id === undefined)
    return profilePage(feed, decode(kind.slice(1)), query.get("before"));
  if (kind === "posts" && id !== undefined && more.length === 0) return postPage(feed, decode(id));
  return undefined;
}

function feedOf({ faults, ground }: Context, { practice, network, posts }: Corner, draft?: Draft): Feed {
  const { platform, look = plainLook, phone } = practice;
  return {
    platform,
    look,
    posts: posts(),
    fault: faults.get(platform)?.fault,
    phone: phone && { can: phone, identities: phone.identities(network), ...(draft && { draft }) },
    now: ground.now(),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
