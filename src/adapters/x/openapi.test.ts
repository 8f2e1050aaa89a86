import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type FormData, fetch as undiciFetch } from "undici";
import {
  picture,
  prepareFully,
  variant,
  video,
  type XOnPractice,
  xOnPractice,
} from "../../../test/support/x-on-practice.ts";
import { x } from "./index.ts";

const file = new URL("../../../../shared/specs/x/openapi.xdk-specs.json", import.meta.url);
const there = existsSync(file);

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}
interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}
interface Operation {
  readonly parameters?: readonly { readonly name?: string; readonly $ref?: string }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}
interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly type: string;
  readonly body: unknown;
  readonly status: number;
  readonly answer: unknown;
}

const suite = there ? describe : describe.skip;

suite(`X's own specification${there ? "" : " left out: ../shared/specs is not here"}`, () => {
  const spec = there ? (JSON.parse(readFileSync(file, "utf8")) as Spec) : ({ paths: {} } as Spec);
  let on: XOnPractice;
  let exchanges: Exchange[];

  beforeAll(async () => {
    on = await xOnPractice();
    exchanges = await everythingWeAsk(on);
  });
  afterAll(() => on.close());

  it("is met by every request, and by every answer of the practice network", () => {
    const problems = exchanges.flatMap((exchange) => problemsOf(spec, exchange));
    expect(problems).toEqual([]);
  });

  it("was asked about every operation we use", () => {
    const used = new Set(exchanges.map(({ method, url }) => `${method} ${templateOf(spec, url.pathname)}`));
    expect([...used].sort()).toEqual([
      "DELETE /2/tweets/{id}",
      "GET /2/media/upload",
      "GET /2/tweets/{id}",
      "GET /2/users/me",
      "GET /2/users/{id}/tweets",
      "POST /2/media/metadata",
      "POST /2/media/upload",
      "POST /2/media/upload/initialize",
      "POST /2/media/upload/{id}/append",
      "POST /2/media/upload/{id}/finalize",
      "POST /2/tweets",
    ]);
  });

  it("would notice a field X does not have, and one that is missing", () => {
    const [created] = exchanges.filter(
      ({ url, method }) => method === "POST" && url.pathname === "/2/tweets",
    );
    if (!created) throw new Error("no post was made");
    expect(problemsOf(spec, { ...created, body: { text: "Hi", txt: "Hi" } })).not.toEqual([]);
    expect(problemsOf(spec, { ...created, body: { media: {} } })).not.toEqual([]);
    expect(problemsOf(spec, { ...created, answer: { data: { id: "1" } } })).not.toEqual([]);
  });
});

async function everythingWeAsk(on: XOnPractice): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  const fetching = async (input: string | URL | Request, init: RequestInit = {}) => {
    const response = await undiciFetch(String(input), init as never);
    const type = new Headers(init.headers).get("content-type") ?? "multipart/form-data";
    const url = new URL(String(input).replace(on.baseUrl.api, "https://api.x.com"));
    const answer = await response.clone().json();
    exchanges.push({
      method: init.method ?? "GET",
      url,
      type,
      body: sent(init.body),
      status: response.status,
      answer,
    });
    return response;
  };
  const call = on.call(on.account("spec"), { fetch: fetching as unknown as typeof fetch });
  await x.auth.identify(call);
  const media = [await on.file("image/png", await picture("png"), "A river")];
  const contents = [
    variant({ text: "Words", link: "https://example.org", options: { replySettings: "following" } }),
    variant({ text: "Picture", media }),
    variant({ text: "Video", media: [await on.file("video/mp4", video(1000))] }),
  ];
  let parentId = "";
  for (const content of contents) {
    const prepared = await prepareFully(content, call, on.pass);
    const parent = parentId ? { parent: { externalId: parentId, rootExternalId: parentId } } : {};
    const result = await x.publish(content, { ...call, prepared, ...parent });
    if (result.state === "published") parentId = result.externalId;
    await x.reconcile({ deliveryKey: "dlv_1", variant: content, sentAt: on.now(), ...parent }, call);
  }
  await x.metrics?.(parentId, call);
  await x.recent?.(new Date(on.now().getTime() - 3_600_000), call);
  await x.delete?.(parentId, call);
  return exchanges;
}

function sent(body: unknown): unknown {
  if (typeof body === "string") return JSON.parse(body);
  if (!body) return undefined;
  const fields = [...(body as FormData)].map(([name, value]) => [
    name,
    name === "segment_index" ? Number(value) : typeof value === "string" ? value : "bytes",
  ]);
  return Object.fromEntries(fields);
}

function problemsOf(spec: Spec, { method, url, type, body, status, answer }: Exchange): string[] {
  const template = templateOf(spec, url.pathname);
  const operation = spec.paths[template]?.[method.toLowerCase()];
  if (!operation) return [`${method} ${url.pathname} is not in the specification`];
  // X's prose and its older specifications still say `tweet.fields`.
  const known = (operation.parameters ?? []).map((one) => resolved<{ name?: string }>(spec, one).name);
  const strange = [...url.searchParams.keys()].filter(
    (name) => !known.includes(name === "tweet.fields" ? "post.fields" : name),
  );
  const asked = operation.requestBody?.content?.[type]?.schema;
  const answered = operation.responses[status]?.content?.["application/json"]?.schema;
  return [
    ...strange.map((name) => `${template}: ${name} is no parameter`),
    ...(operation.requestBody && !asked ? [`${template} does not take ${type}`] : []),
    ...(asked ? misfits(spec, asked, body, `${method} ${template}`) : []),
    ...(answered
      ? misfits(spec, answered, answer, `${status} of ${template}`)
      : [`${status} of ${template}`]),
  ];
}

/** Literal segments before named ones: `initialize` is not an `{id}`. */
function templateOf(spec: Spec, path: string): string {
  const matches = (template: string) => new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`).test(path);
  return spec.paths[path] ? path : (Object.keys(spec.paths).find(matches) ?? path);
}

function misfits(spec: Spec, given: Schema, value: unknown, at: string): string[] {
  const schema = resolved<Schema>(spec, given);
  if (schema.anyOf) return schema.anyOf.some((one) => misfits(spec, one, value, at).length === 0) ? [] : [at];
  if (schema.type === "array") {
    if (!Array.isArray(value)) return [`${at} is no array`];
    const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, items = {} } = schema;
    if (value.length < minItems || value.length > maxItems) return [`${at} has ${value.length} items`];
    return value.flatMap((item, index) => misfits(spec, items, item, `${at}/${index}`));
  }
  if (schema.type === "object") return objectMisfits(spec, schema, value, at);
  return scalarFits(schema, value) ? [] : [`${at} is ${JSON.stringify(value)}`];
}

function objectMisfits(spec: Spec, schema: Schema, value: unknown, at: string): string[] {
  if (typeof value !== "object" || value === null) return [`${at} is no object`];
  const { properties = {}, required = [] } = schema;
  return [
    ...required.filter((name) => !(name in value)).map((name) => `${at}/${name} is missing`),
    ...Object.entries(value).flatMap(([name, part]) => {
      const known = properties[name];
      if (known) return misfits(spec, known, part, `${at}/${name}`);
      return schema.additionalProperties === false ? [`${at}/${name} is unknown`] : [];
    }),
  ];
}

function scalarFits(schema: Schema, value: unknown): boolean {
  if (schema.type === "integer" && !(typeof value === "number" && Number.isInteger(value))) return false;
  if (schema.type === "string" && typeof value !== "string") return false;
  if (schema.type === "boolean" && typeof value !== "boolean") return false;
  if (schema.enum && !schema.enum.includes(value)) return false;
  if (schema.pattern && !new RegExp(schema.pattern).test(String(value))) return false;
  if (typeof value === "string") return value.length <= (schema.maxLength ?? Number.POSITIVE_INFINITY);
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
  return typeof value !== "number" || (value >= minimum && value <= maximum);
}

function resolved<T>(spec: Spec, given: { readonly $ref?: string }): T {
  if (!given.$ref) return given as T;
  return given.$ref
    .slice(2)
    .split("/")
    .reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], spec) as T;
}
