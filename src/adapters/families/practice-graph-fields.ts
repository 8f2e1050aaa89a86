import { GraphRefusal } from "./practice-graph-errors.ts";

type Node = Readonly<Record<string, unknown>>;

/**
 * The asked fields of a node, and always its id. What takes work to know stands there as a function.
 * @throws GraphRefusal for one it does not have
 */
export function select(node: Node, type: string, fields: string): Record<string, unknown> {
  const result: Record<string, unknown> = { id: node.id };
  for (const field of fieldsIn(fields)) {
    const name = /^\w*/.exec(field)?.[0] ?? "";
    if (!(name in node))
      throw new GraphRefusal(
        100,
        `(#100) Tried accessing nonexisting field (${name}) on node type (${type})`,
      );
    const known = node[name];
    const value = typeof known === "function" ? known() : known;
    if (value !== undefined) result[name] = narrowed(value, type, /^\w+\{(.*)\}$/.exec(field)?.[1]);
  }
  return result;
}

/** `id,likes.limit(0),children{id,media_url}` has three. */
export function fieldsIn(fields: string): string[] {
  const found = [""];
  let depth = 0;
  for (const sign of fields) {
    if (sign === "{" || sign === "(") depth++;
    if (sign === "}" || sign === ")") depth--;
    if (sign === "," && depth === 0) found.push("");
    else found.push(`${found.pop()}${sign}`);
  }
  return found;
}

/** Of nodes within a node only the ids, unless more is asked for in braces. */
function narrowed(value: unknown, type: string, fields: string | undefined): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("data" in value && Array.isArray(value.data))
    return { ...value, data: value.data.map((node) => select(node, type, fields ?? "id")) };
  return fields === undefined ? value : select(value as Node, type, fields);
}
