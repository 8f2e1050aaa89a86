interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly nullable?: boolean;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}
interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}
interface Operation {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}
export interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
/** A request as it was sent, and its answer. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly type: string | null;
  readonly body: unknown;
  readonly status: number;
  readonly answer: unknown;
}

/** What of an exchange the specification does not know or allow. */
export function problemsOf(spec: Spec, exchange: Exchange): string[] {
  const { method, url, type, body, status, answer } = exchange;
  const template = templateOf(spec, url.pathname);
  const operation = spec.paths[template]?.[method.toLowerCase()];
  const declared = operation?.responses[status];
  if (!operation || !declared) return [`${status} of ${method} ${url.pathname} is not in the specification`];
  const asked = operation.requestBody?.content?.[type ?? ""]?.schema;
  const answered = declared.content?.["application/json"]?.schema;
  return [
    ...parameterProblems(spec, operation, template, url),
    ...(operation.requestBody && !asked ? [`${template} does not take ${type}`] : []),
    ...(asked ? misfits({ spec, strict: true }, asked, body, `${method} ${template}`) : []),
    ...(answered ? misfits({ spec, strict: false }, answered, answer, `${status} of ${template}`) : []),
    ...(!answered && answer !== undefined ? [`${status} of ${template} has no body`] : []),
  ];
}

function parameterProblems(spec: Spec, operation: Operation, template: string, url: URL): string[] {
  const known = (operation.parameters ?? []).map((one) => resolved<Parameter>(spec, one));
  const inPath = new RegExp(`^${template.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`).exec(url.pathname)?.groups;
  const problems = [...url.searchParams.keys()]
    .filter((name) => !known.some((one) => one.in === "query" && one.name === name))
    .map((name) => `${template}: ${name} is no parameter`);
  for (const { name, in: place, required, schema } of known) {
    const given = place === "path" ? inPath?.[name] : url.searchParams.get(name);
    if (given === null || given === undefined)
      problems.push(...(required ? [`${template}: ${name} is missing`] : []));
    else
      problems.push(...misfits({ spec, strict: true }, schema, typed(schema, given), `${template}?${name}`));
  }
  return problems;
}

/** A query has only strings. */
function typed({ type }: Schema, value: string): unknown {
  if (type === "integer") return Number(value);
  if (type === "boolean") return value === "true" ? true : value === "false" ? false : value;
  return type === "array" ? value.split(",") : value;
}

export function templateOf(spec: Spec, path: string): string {
  const matches = (template: string) => new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`).test(path);
  return spec.paths[path] ? path : (Object.keys(spec.paths).find(matches) ?? path);
}

interface By {
  readonly spec: Spec;
  /** Pinterest's schemas allow fields they do not name; what we send should have none. */
  readonly strict: boolean;
}

function misfits(by: By, given: Schema, value: unknown, at: string): string[] {
  const schema = resolved<Schema>(by.spec, given);
  if (value === null && schema.nullable) return [];
  const { allOf = [], oneOf, anyOf, properties, required, items } = schema;
  const fitting = (oneOf ?? anyOf)?.filter((one) => misfits(by, one, value, at).length === 0).length;
  return [
    ...allOf.flatMap((one) => misfits(by, one, value, at)),
    ...(fitting === 0 || (oneOf && fitting !== 1) ? [`${at} fits ${fitting} of its kinds`] : []),
    ...(items || schema.type === "array" ? arrayMisfits(by, schema, value, at) : []),
    ...(properties || required || (schema.type === "object" && !oneOf)
      ? objectMisfits(by, schema, value, at)
      : []),
    ...(scalarFits(schema, value) ? [] : [`${at} is ${JSON.stringify(value)?.slice(0, 80)}`]),
  ];
}

function arrayMisfits(
  by: By,
  { items = {}, minItems = 0, maxItems }: Schema,
  value: unknown,
  at: string,
): string[] {
  if (!Array.isArray(value)) return [`${at} is no array`];
  if (value.length < minItems || value.length > (maxItems ?? value.length))
    return [`${at} has ${value.length}`];
  return value.flatMap((item, index) => misfits(by, items, item, `${at}/${index}`));
}

function objectMisfits(by: By, schema: Schema, value: unknown, at: string): string[] {
  if (typeof value !== "object" || value === null) return [`${at} is no object`];
  const { properties = {}, required = [], additionalProperties = !by.strict } = schema;
  const given = Object.entries(value).filter(([, part]) => part !== undefined);
  const names = given.map(([name]) => name);
  return [
    ...required.filter((name) => !names.includes(name)).map((name) => `${at}/${name} is missing`),
    ...given.flatMap(([name, part]) => {
      const known = properties[name] ?? additionalProperties;
      if (typeof known === "object") return misfits(by, known, part, `${at}/${name}`);
      return known ? [] : [`${at}/${name} is unknown`];
    }),
  ];
}

function scalarFits(schema: Schema, value: unknown): boolean {
  const { type, pattern, minimum, maximum, maxLength } = schema;
  if (schema.enum && !schema.enum.includes(value)) return false;
  if (type === "string" && typeof value !== "string") return false;
  if (type === "boolean" && typeof value !== "boolean") return false;
  if (type === "number" && typeof value !== "number") return false;
  if (type === "integer" && !Number.isInteger(value)) return false;
  if (typeof value === "string")
    return (!pattern || new RegExp(pattern).test(value)) && [...value].length <= (maxLength ?? value.length);
  return typeof value !== "number" || (value >= (minimum ?? value) && value <= (maximum ?? value));
}

function resolved<T>(spec: Spec, given: object): T {
  if (!("$ref" in given) || typeof given.$ref !== "string") return given as T;
  const parts = given.$ref.slice(2).split("/");
  return parts.reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], spec) as T;
}
