import { existsSync, readdirSync, readFileSync } from "node:fs";
import {
  jsonToLex,
  type LexiconDoc,
  Lexicons,
  type LexXrpcProcedure,
  type LexXrpcQuery,
} from "@atproto/lexicon";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { fetch as undiciFetch } from "undici";
import { anyFile, plain, publishFully } from "../../../test/contract/check.ts";
import { type Actor, openWorld, type World } from "../../../test/contract/world.ts";
import { bluesky } from "./index.ts";
import { practice } from "./practice.ts";

const folder = new URL("../../../../shared/specs/bluesky/lexicons/", import.meta.url);
const there = existsSync(folder);
const suite = there ? describe : describe.skip;
const minuteMs = 60_000;

interface Exchange {
  readonly nsid: string;
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
  readonly type: string | null;
  readonly body: unknown;
  readonly answer: unknown;
}

suite(`Bluesky's own lexicons${there ? "" : " left out: ../shared/specs is not here"}`, () => {
  const lexicons = there ? new Lexicons(documents()) : new Lexicons();
  let world: World;
  let exchanges: readonly Exchange[];

  beforeAll(async () => {
    world = await openWorld(bluesky, practice);
    exchanges = await everythingWeAsk(world);
  });
  afterAll(() => world.close());

  it("are met by every request, and by every answer of the practice network", () => {
    expect(exchanges.flatMap((exchange) => problemsOf(lexicons, exchange))).toEqual([]);
  });

  it("were asked about every method we use", () => {
    expect([...new Set(exchanges.map(({ nsid }) => nsid))].sort()).toEqual([
      "app.bsky.feed.getPosts",
      "app.bsky.video.getJobStatus",
      "app.bsky.video.getUploadLimits",
      "app.bsky.video.uploadVideo",
      "com.atproto.identity.resolveHandle",
      "com.atproto.repo.deleteRecord",
      "com.atproto.repo.getRecord",
      "com.atproto.repo.listRecords",
      "com.atproto.repo.putRecord",
      "com.atproto.repo.uploadBlob",
      "com.atproto.server.createSession",
      "com.atproto.server.getServiceAuth",
      "com.atproto.server.refreshSession",
    ]);
  });

  it("would notice a field that is wrong, one that is missing, and a parameter that is unknown", () => {
    const of = (name: string) => exchanges.find(({ nsid }) => nsid.endsWith(name)) ?? exchanges[0];
    const put = of("putRecord") as Exchange & { body: { record: object } };
    const without = { ...put, body: { ...put.body, record: { ...put.body.record, createdAt: undefined } } };
    expect(problemsOf(lexicons, without)).toHaveLength(1);
    const long = { ...put, body: { ...put.body, record: { ...put.body.record, text: "a".repeat(301) } } };
    expect(problemsOf(lexicons, long)).toHaveLength(1);
    expect(problemsOf(lexicons, { ...put, answer: { uri: "at://x" } } as Exchange)).toHaveLength(1);
    const list = of("listRecords") as Exchange;
    expect(problemsOf(lexicons, { ...list, params: { ...list.params, since: "x" } })).toHaveLength(1);
    expect(problemsOf(lexicons, { ...list, params: { ...list.params, limit: "101" } })).toHaveLength(1);
  });
});

/** Every way through the adapter. */
async function everythingWeAsk(world: World): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  const us = world.actor();
  const changes = { fetch: recording(us, exchanges) } as object;
  const other = world.actor().identity.handle;
  await bluesky.auth.identify(us.call(changes));
  const variants = [
    { text: `@${other} #Water: https://example.org/a`, options: { languages: ["az", "en"] } },
    { text: "A card", link: "https://example.org/b?c=d" },
    { text: "Pictures", media: [await anyFile(world, "image", "A well"), await anyFile(world, "image")] },
    { text: "A video", media: [await anyFile(world, "video", "Water runs")] },
    { text: "An answer", role: "reply" as const },
  ];
  let parentId = "";
  for (const [index, part] of variants.entries()) {
    const parent = part.role ? { parent: { externalId: parentId, rootExternalId: parentId } } : {};
    const more = { ...changes, ...parent, deliveryKey: `delivery ${index}` };
    parentId = (await publishFully(world, us, await plain(world, part), more)).externalId;
  }
  await world.adapter.metrics?.(parentId, us.call(changes));
  await world.adapter.recent?.(new Date(0), us.call(changes));
  world.clock.advance(61 * minuteMs);
  await world.adapter.delete?.(parentId, us.call(changes));
  return exchanges;
}

function recording(us: Actor, exchanges: Exchange[]) {
  return async (address: string, init: RequestInit) => {
    const response = await undiciFetch(address, init as never);
    const url = new URL(address);
    exchanges.push({
      nsid: url.pathname.split("/xrpc/")[1] ?? us.identity.handle,
      method: init.method ?? "GET",
      params: Object.fromEntries(url.searchParams),
      type: new Headers(init.headers).get("content-type"),
      body: typeof init.body === "string" ? JSON.parse(init.body) : undefined,
      answer: await response.clone().json(),
    });
    return response;
  };
}

// Not among the files, though Bluesky's documentation has it.
const notThere = ["com.atproto.identity.resolveHandle"];
// As the documentation of videos has it, not the lexicon: two parameters, and an answer that is not wrapped.
const otherwise = "app.bsky.video.uploadVideo";

function problemsOf(lexicons: Lexicons, exchange: Exchange): string[] {
  const { nsid, method, params, type, body, answer } = exchange;
  if (notThere.includes(nsid)) return [];
  const definition = lexicons.getDef(nsid) as LexXrpcQuery | LexXrpcProcedure | undefined;
  if (!definition) return [`${nsid} has no lexicon`];
  const { properties = {} } = definition.parameters ?? {};
  const strange = nsid === otherwise ? [] : Object.keys(params).filter((name) => !(name in properties));
  const typed = Object.entries(params).map(([name, value]) => {
    const kind = properties[name]?.type;
    return [name, kind === "integer" ? Number(value) : kind === "array" ? [value] : value];
  });
  const isProcedure = definition.type === "procedure";
  const encoding = isProcedure ? (definition as LexXrpcProcedure).input?.encoding : undefined;
  const asked = isProcedure ? "POST" : "GET";
  return [
    ...strange.map((name) => `${nsid}: ${name} is no parameter`),
    ...(method === asked ? [] : [`${nsid} is asked with ${method}`]),
    ...(encoding && encoding !== "*/*" && encoding !== type ? [`${nsid} does not take ${type}`] : []),
    ...said(() => lexicons.assertValidXrpcParams(nsid, Object.fromEntries(typed))),
    ...(encoding === "application/json"
      ? said(() => lexicons.assertValidXrpcInput(nsid, jsonToLex(body as never)))
      : []),
    ...recordProblems(lexicons, body),
    ...(nsid === otherwise
      ? []
      : said(() => lexicons.assertValidXrpcOutput(nsid, jsonToLex(answer as never)))),
  ];
}

function recordProblems(lexicons: Lexicons, body: unknown): string[] {
  const { collection, record } = (body ?? {}) as { collection?: string; record?: unknown };
  if (collection === undefined || record === undefined) return [];
  return said(() => lexicons.assertValidRecord(collection, jsonToLex(record as never)));
}

function said(check: () => unknown): string[] {
  try {
    check();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

function documents(): LexiconDoc[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as LexiconDoc);
}
