import type { Variant } from "../../src/domain/post.ts";
import type {
  PracticePlatform,
  PracticeReply,
  PracticeRequest,
  PracticeRoute,
} from "../../src/practice/kit.ts";
import { type AnyAdapter, openWorld, type World } from "../contract/world.ts";

/** A request as one of Meta's pretend platforms got it. */
export interface Asked {
  readonly method: string;
  /** The route's path, with its names: `/v26.0/:page/feed`. */
  readonly route: string;
  readonly path: string;
  /** Parameters from the query, the body or the form, without the token. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly files: readonly string[];
  readonly reply: PracticeReply;
}

export interface GraphWorld {
  readonly world: World;
  /** Below which the platform's paths begin: `v26.0`. */
  readonly version: string;
  /** What was asked since it was last emptied. */
  readonly asked: Asked[];
  /** Answers in place of the platform, until emptied: by method and the end of the path. */
  readonly instead: { method: string; path: string; reply: PracticeReply }[];
}

/** One of Meta's platforms on a practice network of its own, with a record of what it was asked. */
export async function graphOnPractice(
  adapter: object,
  practice: PracticePlatform,
  version = "v26.0",
): Promise<GraphWorld> {
  const asked: Asked[] = [];
  const instead: GraphWorld["instead"] = [];
  const recorded = (route: PracticeRoute): PracticeRoute => ({
    ...route,
    async handle(request, network) {
      const other = instead.find(
        ({ method, path }) => method === request.method && request.path.endsWith(path),
      );
      const reply = other?.reply ?? (await route.handle(request, network));
      const { method, path } = request;
      asked.push({
        method,
        route: route.path,
        path,
        given: given(request),
        files: Object.keys(request.files),
        reply,
      });
      return reply;
    },
  });
  const world = await openWorld(adapter as AnyAdapter, {
    ...practice,
    routes: practice.routes.map(recorded),
  });
  return { world, version, asked, instead };
}

export function given({ query, fields, json }: PracticeRequest): Record<string, unknown> {
  return { ...Object.fromEntries(query), ...fields, ...(json as object | undefined) };
}

export function variant(part: Partial<Variant> = {}): Variant {
  return { role: "post", text: "Clean water is a right.", link: null, media: [], options: {}, ...part };
}

export type Answer = Awaited<ReturnType<typeof ask>>;

/**
 * Asks the platform itself, without the adapter. `token` null: nobody.
 * @returns with `refusal` as `code/subcode`
 */
export async function ask(
  { world, version }: GraphWorld,
  token: string | null,
  method: string,
  path: string,
  body?: Readonly<Record<string, unknown>> | FormData,
) {
  const isForm = body instanceof FormData;
  const response = await fetch(`${world.wire.url}/${world.adapter.platform}/${version}/${path}`, {
    method,
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body && !isForm && { "content-type": "application/json" }),
    },
    ...(body && { body: isForm ? body : JSON.stringify(body) }),
  });
  const { status, headers } = response;
  const answer = JSON.parse(await response.text());
  const { code, error_subcode: subcode } = answer.error ?? {};
  const refusal = code === undefined ? undefined : subcode === undefined ? `${code}` : `${code}/${subcode}`;
  return { status, headers, body: answer, refusal };
}

export function form(fields: Readonly<Record<string, string>>, source?: Uint8Array<ArrayBuffer>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  if (source) data.set("source", new Blob([source], { type: "image/jpeg" }), "file");
  return data;
}
