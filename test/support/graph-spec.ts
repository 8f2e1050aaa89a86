import { existsSync, readFileSync } from "node:fs";
import { fieldsIn } from "../../src/adapters/families/practice-graph-fields.ts";
import type { Asked } from "./graph-on-practice.ts";

interface Parameter {
  readonly name: string;
  readonly type: string;
}
interface Spec {
  readonly apis: readonly {
    readonly method: string;
    readonly endpoint?: string;
    readonly params: readonly Parameter[];
  }[];
  readonly fields?: readonly { readonly name: string }[];
}

const folder = new URL("../../../shared/specs/meta/", import.meta.url);

/** Meta's own lists of nodes, edges and parameters; they lie beside the project, never in it. */
export const hasGraphSpecs = existsSync(folder);

/** For every Graph API alike, and in no list. */
const general = ["fields", "limit", "after", "since", "access_token"];

/** What of a request is not in Meta's lists: `null` stands for the edge itself. */
export function unlisted(asked: Asked, node: string, edge: string | undefined): (string | null)[] {
  const { apis } = specOf(node);
  const api = apis.find(({ method, endpoint }) => method === asked.method && endpoint === edge);
  if (!api) return [null];
  const listed = [...api.params.map(({ name }) => name), ...general];
  return Object.keys(asked.given).filter((name) => !listed.includes(name));
}

/** The fields asked for that a node does not have. Edges may be asked for as fields. */
export function unlistedFields(asked: Asked, node: string): string[] {
  const { fields = [], apis } = specOf(node);
  const listed = [...fields.map(({ name }) => name), ...apis.map(({ endpoint }) => endpoint)];
  const names = fieldsIn(String(asked.given.fields ?? "id"));
  return names.map((name) => name.split(/[.({]/)[0] ?? "").filter((name) => !listed.includes(name));
}

/** The values a parameter may have. */
export function valuesOf(enumName: string): readonly string[] {
  const enums = read("enum_types") as { name: string; values: string[] }[];
  return enums.find(({ name }) => name === enumName)?.values ?? [];
}

function specOf(node: string): Spec {
  return read(node) as Spec;
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8"));
}
