import { linkedin } from "../../src/adapters/linkedin/index.ts";
import { practice } from "../../src/adapters/linkedin/practice.ts";
import { registerMember } from "../../src/adapters/linkedin/practice-access.ts";
import type { Variant } from "../../src/domain/post.ts";
import type { PracticeReply, PracticeRequest, PracticeRoute } from "../../src/practice/kit.ts";
import { type AnyAdapter, openWorld, type World } from "../contract/world.ts";

/** A request as the pretend LinkedIn got it. */
export interface Asked extends Pick<PracticeRequest, "method" | "path" | "query" | "headers" | "json"> {
  /** The route's path, with its names: `/rest/posts/:urn`. */
  readonly route: string;
  readonly bytes: number | undefined;
  readonly reply: PracticeReply;
}

export interface LinkedInWorld {
  readonly world: World;
  /** What was asked since it was last emptied. */
  readonly asked: Asked[];
  /** Answers in place of the platform, each used once: by method and the route's path. */
  readonly instead: { readonly method: string; readonly route: string; readonly reply: PracticeReply }[];
}

/** LinkedIn on a practice network of its own, with a record of what it was asked. Its actors are pages or members. */
export async function linkedinOnPractice(actors: "pages" | "members"): Promise<LinkedInWorld> {
  const asked: Asked[] = [];
  const instead: LinkedInWorld["instead"] = [];
  const recorded = (route: PracticeRoute): PracticeRoute => ({
    ...route,
    async handle(request, network) {
      const at = instead.findIndex(
        ({ method, route: path }) => method === request.method && path === route.path,
      );
      const [other] = at === -1 ? [] : instead.splice(at, 1);
      const reply = other?.reply ?? (await route.handle(request, network));
      const { method, path, query, headers, json, raw } = request;
      asked.push({ method, route: route.path, path, query, headers, json, bytes: raw?.bytes, reply });
      return reply;
    },
  });
  const world = await openWorld(linkedin as AnyAdapter, {
    ...practice,
    ...(actors === "members" && { register: registerMember }),
    routes: practice.routes.map(recorded),
  });
  return { world, asked, instead };
}

export function variant(part: Partial<Variant> = {}): Variant {
  return { role: "post", text: "Clean water is a right.", link: null, media: [], options: {}, ...part };
}

const usual = { "linkedin-version": "202609", "x-restli-protocol-version": "2.0.0" };

/** Asks the pretend LinkedIn itself, without the adapter. `token` null: nobody; a header that is empty: left out. */
export async function ask(
  { world }: LinkedInWorld,
  token: string | null,
  method: string,
  path: string,
  body?: unknown,
  changes: Readonly<Record<string, string>> = {},
) {
  const headers = { ...usual, ...(token !== null && { authorization: `Bearer ${token}` }), ...changes };
  const url = path.startsWith("http") ? path : `${world.wire.url}/linkedin${path}`;
  const isBytes = body instanceof Uint8Array;
  const response = await fetch(url, {
    method,
    headers: {
      ...Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== "")),
      ...(body !== undefined && {
        "content-type": isBytes ? "application/octet-stream" : "application/json",
      }),
    },
    ...(body !== undefined && { body: isBytes ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = text.startsWith("{") ? JSON.parse(text) : {};
  return {
    status: response.status,
    headers: response.headers,
    body: json,
    code: json.code as string | undefined,
  };
}
