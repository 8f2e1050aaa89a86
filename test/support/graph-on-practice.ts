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
  /** What was asked since it was last emptied. */
  readonly asked: Asked[];
  /** Answers in place of the platform, until emptied: by method and the end of the path. */
  readonly instead: { method: string; path: string; reply: PracticeReply }[];
}

/** One of Meta's platforms on a practice network of its own, with a record of what it was asked. */
export async function graphOnPractice(adapter: object, practice: PracticePlatform): Promise<GraphWorld> {
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
  return { world, asked, instead };
}

function given({ query, fields, json }: PracticeRequest): Record<string, unknown> {
  return { ...Object.fromEntries(query), ...fields, ...(json as object | undefined) };
}

export function variant(part: Partial<Variant> = {}): Variant {
  return { role: "post", text: "Clean water is a right.", link: null, media: [], options: {}, ...part };
}
