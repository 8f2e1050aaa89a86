import type { PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { badRequest, missingParameter } from "./practice-problems.ts";

/** The names a body may have, each with those below it. */
export interface Shape {
  readonly [name: string]: Shape | null;
}

/** Refuses what Google refuses of any request: names it does not know, and a missing `part`. */
export function misfit(
  { query, json }: PracticeRequest,
  known: { readonly query: readonly string[]; readonly parts?: readonly string[]; readonly body?: Shape },
): PracticeReply | undefined {
  const strange = [...query.keys()].find((name) => ![...known.query, "part", "access_token"].includes(name));
  if (strange !== undefined)
    return badRequest(
      `Invalid JSON payload received. Unknown name "${strange}": Cannot bind query parameter.`,
    );
  if (known.parts) {
    const parts = partsOf(query);
    const unknown = parts.find((part) => part !== "id" && !known.parts?.includes(part));
    if (parts.length === 0) return missingParameter("part");
    if (unknown !== undefined) return badRequest(`'${unknown}'`);
  }
  if (!known.body) return undefined;
  if (!isObject(json)) return badRequest("Parse Error");
  const name = unknownName(json, known.body);
  return name === undefined
    ? undefined
    : badRequest(`Invalid JSON payload received. Unknown name "${name}": Cannot find field.`);
}

function partsOf(query: URLSearchParams): string[] {
  return (query.get("part") ?? "").split(",").filter((part) => part !== "");
}

/** Of a resource only what was asked for; its kind and id always. */
export function picked(
  kind: string,
  id: string,
  parts: Readonly<Record<string, unknown>>,
  query: URLSearchParams,
): Readonly<Record<string, unknown>> {
  const asked = partsOf(query);
  const shown = Object.entries(parts).filter(([name]) => asked.includes(name));
  return { kind: `youtube#${kind}`, etag: `etag-${id}`, id, ...Object.fromEntries(shown) };
}

/** A page of what there is. Tokens are opaque to a client, as YouTube's are. */
export function listing(kind: string, items: readonly unknown[], query: URLSearchParams): PracticeReply {
  const max = Number(query.get("maxResults") ?? 5);
  const most = kind === "commentThread" || kind === "comment" ? 100 : 50;
  if (!(max >= 1 && max <= most)) return badRequest(`Invalid value for maxResults: ${max}`);
  const token = query.get("pageToken");
  const from = token === null ? 0 : Number(/^CA(\d+)Q$/.exec(token)?.[1] ?? Number.NaN);
  if (Number.isNaN(from)) return badRequest("Invalid page token");
  const rest = from + max < items.length;
  return {
    status: 200,
    body: {
      kind: `youtube#${kind}ListResponse`,
      etag: "etag",
      ...(rest && { nextPageToken: `CA${from + max}Q` }),
      pageInfo: { totalResults: items.length, resultsPerPage: max },
      items: items.slice(from, from + max),
    },
  };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unknownName(value: Record<string, unknown>, shape: Shape): string | undefined {
  for (const [name, part] of Object.entries(value)) {
    const below = shape[name];
    if (below === undefined) return name;
    const deeper = below && isObject(part) ? unknownName(part, below) : undefined;
    if (deeper !== undefined) return `${name}.${deeper}`;
  }
  return undefined;
}
