import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import sharp from "sharp";
import {
  clip,
  type OnYouTube,
  prepareFully,
  variant,
  youtubeOnPractice,
} from "../../../test/support/youtube-on-practice.ts";
import type { Fetch } from "../contract/adapter.ts";
import { youtube } from "./index.ts";
import { prepare } from "./prepare.ts";

const file = new URL("../../../../shared/specs/youtube/youtube.v3.json", import.meta.url);
const there = existsSync(file);
const suite = there ? describe : describe.skip;

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}
interface Method {
  readonly httpMethod: string;
  readonly path: string;
  readonly parameters?: Readonly<Record<string, Schema & { readonly required?: boolean }>>;
  readonly request?: Schema;
  readonly response?: Schema;
  readonly scopes?: readonly string[];
  readonly mediaUpload?: { readonly protocols: { readonly simple: { readonly path: string } } };
}
interface Discovery {
  readonly rootUrl: string;
  readonly parameters: Readonly<Record<string, Schema>>;
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly resources: Readonly<Record<string, { readonly methods: Readonly<Record<string, Method>> }>>;
}
interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly json: unknown;
  readonly answer: unknown;
}

suite(`Google's own discovery document${there ? "" : " left out: ../shared/specs is not here"}`, () => {
  const discovery = (there ? JSON.parse(readFileSync(file, "utf8")) : { resources: {} }) as Discovery;
  const methods = Object.entries(discovery.resources).flatMap(([resource, { methods: some = {} }]) =>
    Object.entries(some).map(([name, method]) => ({ name: `${resource}.${name}`, ...method })),
  );
  let on: OnYouTube;
  let exchanges: readonly Exchange[];

  beforeAll(async () => {
    on = await youtubeOnPractice();
    exchanges = await everythingWeAsk(on);
  });
  afterAll(() => on.world.close());

  it("knows every method, path and name we send, and every name the practice network answers", () => {
    expect(exchanges.flatMap(problemsOf)).toEqual([]);
  });

  it("was asked about every method we use, and one permission is enough for all", () => {
    const used = [...new Set(exchanges.map((exchange) => methodOf(exchange)?.name))].sort();
    expect(used).toEqual([
      "channels.list",
      "commentThreads.insert",
      "commentThreads.list",
      "comments.delete",
      "comments.list",
      "comments.update",
      "playlistItems.insert",
      "playlistItems.list",
      "playlists.list",
      "thumbnails.set",
      "videos.delete",
      "videos.insert",
      "videos.list",
      "videos.update",
    ]);
    for (const scope of youtube.auth.scopes)
      for (const { name, scopes } of methods)
        if (used.includes(name)) expect([name, scopes]).toEqual([name, expect.arrayContaining([scope])]);
  });

  it("is where the adapter goes by default", () => {
    expect(`${youtube.hosts.api}/`).toBe(discovery.rootUrl);
  });

  it("would notice a name Google does not have", () => {
    const [update] = exchanges.filter(({ method }) => method === "PUT");
    if (!update) throw new Error("no video was published");
    const url = new URL(update.url);
    url.searchParams.set("notify", "true");
    const body = { id: "x", status: { privacyStatus: "friends" } };
    expect(problemsOf({ ...update, url })).not.toEqual([]);
    expect(problemsOf({ ...update, json: body })).not.toEqual([]);
    expect(problemsOf({ ...update, json: { id: "x", state: {} } })).not.toEqual([]);
    expect(problemsOf({ ...update, answer: { id: 5 } })).not.toEqual([]);
  });

  function methodOf({ method, url }: Exchange) {
    return methods.find(
      ({ httpMethod, path, mediaUpload }) =>
        httpMethod === method && (mediaUpload?.protocols.simple.path ?? `/${path}`) === url.pathname,
    );
  }

  function problemsOf(exchange: Exchange): string[] {
    const { url, json, answer } = exchange;
    const method = methodOf(exchange);
    if (!method) return [`${exchange.method} ${url.pathname} is not in the document`];
    const { name, parameters = {}, request, response } = method;
    const known = { ...discovery.parameters, ...parameters };
    const asked = Object.fromEntries(url.searchParams);
    return [
      ...Object.keys(asked).flatMap((key) => (known[key] ? [] : [`${name}: ${key} is no parameter`])),
      ...Object.entries(parameters).flatMap(([key, { required }]) =>
        required && !(key in asked) ? [`${name}: ${key} is missing`] : [],
      ),
      ...Object.entries(asked).flatMap(([key, value]) =>
        known[key]?.enum && !known[key].enum.includes(value) ? [`${name}: ${key} is ${value}`] : [],
      ),
      ...(request && json !== undefined ? misfits(request, json, `${name} body`) : []),
      ...(response && answer !== undefined ? misfits(response, answer, `${name} answer`) : []),
    ];
  }

  function misfits(given: Schema, value: unknown, at: string): string[] {
    const schema = given.$ref ? (discovery.schemas[given.$ref] ?? {}) : given;
    if (schema.type === "array")
      return Array.isArray(value)
        ? value.flatMap((item, index) => misfits(schema.items ?? {}, item, `${at}/${index}`))
        : [`${at} is no array`];
    if (schema.type === "object") {
      if (typeof value !== "object" || value === null) return [`${at} is no object`];
      return Object.entries(value).flatMap(([name, part]) => {
        const known = schema.properties?.[name];
        return known ? misfits(known, part, `${at}/${name}`) : [`${at}/${name} is unknown`];
      });
    }
    const type = schema.type === "integer" || schema.type === "number" ? "number" : schema.type;
    const fits = typeof value === type && (!schema.enum || schema.enum.includes(String(value)));
    return fits ? [] : [`${at} is ${JSON.stringify(value)}`];
  }
});

async function everythingWeAsk(on: OnYouTube): Promise<readonly Exchange[]> {
  const exchanges: Exchange[] = [];
  const channel = on.channel();
  const fetching: Fetch = async (address, init) => {
    const response = (await channel.call().fetch(address, init)) as Response;
    const url = new URL(
      address.replace(on.world.wire.url, "http://x").replace("http://x/youtube", "http://x"),
    );
    // What goes to a session's address is in no document but the guide.
    if (url.searchParams.has("upload_id")) return response;
    const text = await response.clone().text();
    const answer = text === "" ? undefined : JSON.parse(text);
    const json = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    exchanges.push({ method: init.method ?? "GET", url, json, answer });
    return response;
  };
  const call = (changes = {}) => channel.call({ fetch: fetching, ...changes });
  await youtube.auth.identify(call());
  const image = sharp({ create: { width: 640, height: 360, channels: 3, background: "#1d6fa5" } });
  const cover = on.file(new Uint8Array(await image.png().toBuffer()), "image/png");
  const options = { title: "Water", tags: ["water"], playlist: "Campaigns", madeForKids: false };
  const content = variant([on.file(clip(1000)), cover], { options });
  const prepared = await prepareFully(on.world, content, call());
  const { externalId } = (await youtube.publish(content, call({ prepared }))) as { externalId: string };
  const parent = { externalId, rootExternalId: externalId };
  const comment = variant([], { role: "comment", text: "More" });
  const written = (await youtube.publish(comment, call({ parent }))) as { externalId: string };
  await youtube.reconcile(channel.actor.question(content, { prepared }), call());
  await youtube.reconcile(channel.actor.question(comment, { parent }), call());
  await youtube.edit?.(externalId, content, call());
  await youtube.edit?.(written.externalId, comment, call());
  await youtube.metrics?.(externalId, call());
  await youtube.metrics?.(written.externalId, call());
  await youtube.recent?.(new Date(0), call());
  const { secrets: _gone, ...forgotten } = await prepare(content, call());
  await prepare(content, { ...call(), soFar: forgotten });
  await youtube.delete?.(written.externalId, call());
  await youtube.delete?.(externalId, call());
  return exchanges;
}
