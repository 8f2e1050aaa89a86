import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { fetch as undiciFetch } from "undici";
import { publishFully } from "../../../test/contract/check.ts";
import {
  type AnyCall,
  film,
  picture,
  pinterestOnPractice,
  variant,
  type World,
} from "../../../test/support/pinterest-on-practice.ts";
import { type Exchange, problemsOf, type Spec, templateOf } from "../../../test/support/pinterest-spec.ts";
import { pinterest } from "./index.ts";

const file = new URL("../../../../shared/specs/pinterest/openapi.json", import.meta.url);
const there = existsSync(file);

const suite = there ? describe : describe.skip;

suite(`Pinterest's own specification${there ? "" : " left out: ../shared/specs is not here"}`, () => {
  const spec = there ? (JSON.parse(readFileSync(file, "utf8")) as Spec) : ({ paths: {} } as Spec);
  let world: World;
  let exchanges: Exchange[];

  beforeAll(async () => {
    world = await pinterestOnPractice();
    exchanges = await everythingWeAsk(world);
  });
  afterAll(() => world.close());

  it("is met by every request, and by every answer of the practice network", () => {
    expect(exchanges.flatMap((exchange) => problemsOf(spec, exchange))).toEqual([]);
  });

  it("was asked about every operation we use, and every kind of media", () => {
    const used = new Set(exchanges.map(({ method, url }) => `${method} ${templateOf(spec, url.pathname)}`));
    expect([...used].sort()).toEqual([
      "DELETE /pins/{pin_id}",
      "GET /boards",
      "GET /boards/{board_id}/pins",
      "GET /media/{media_id}",
      "GET /pins",
      "GET /pins/{pin_id}",
      "GET /user_account",
      "POST /media",
      "POST /pins",
    ]);
    const kinds = pinsMade(exchanges).map(({ body }) => body.media_source.source_type);
    expect(kinds).toEqual(["image_base64", "multiple_image_base64", "video_id"]);
  });

  it("would notice a field Pinterest does not have, one that is missing, and one too long", () => {
    const [one] = pinsMade(exchanges);
    if (!one) throw new Error("no Pin was made");
    const { media_source: source } = one.body;
    const wrong: readonly object[] = [
      { body: { ...one.body, note: "hi" } },
      { body: { ...one.body, title: "a".repeat(101) } },
      { body: { ...one.body, board_id: "Clarion" } },
      { body: { ...one.body, media_source: { ...source, content_type: "image/webp" } } },
      { body: { ...one.body, media_source: { ...source, data: undefined } } },
      { body: { ...one.body, media_source: { source_type: "multiple_image_base64", items: [source] } } },
      { answer: { title: "no id" } },
      { url: new URL(`${one.url}?board=1`) },
      { url: new URL(`${one.url}?ad_account_id=mine`) },
      { method: "PUT" },
      { status: 202 },
    ];
    for (const change of wrong) expect(problemsOf(spec, { ...one, ...change })).not.toEqual([]);
  });
});

type Made = Exchange & { readonly body: { readonly media_source: Readonly<Record<string, unknown>> } };

function pinsMade(exchanges: readonly Exchange[]): Made[] {
  return exchanges.filter(({ method, url }) => method === "POST" && url.pathname === "/pins") as Made[];
}

async function everythingWeAsk(world: World): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  const base = `${world.wire.url}/pinterest`;
  const fetching: AnyCall["fetch"] = async (input, init) => {
    const body = await read(init.body);
    const response = await undiciFetch(input, { ...init, body } as never);
    if (input.startsWith(`${base}/v5/`)) {
      const text = await response.clone().text();
      exchanges.push({
        method: init.method ?? "GET",
        url: new URL(input.replace(`${base}/v5`, "https://api.pinterest.com")),
        type: new Headers(init.headers).get("content-type"),
        body: Buffer.isBuffer(body) ? JSON.parse(body.toString()) : undefined,
        status: response.status,
        answer: text === "" ? undefined : JSON.parse(text),
      });
    }
    return response as never;
  };
  const actor = world.actor();
  const call = actor.call({ fetch: fetching });
  await pinterest.auth.identify(call);
  await pinterest.choices?.("board", {}, call);
  const link = "https://example.org/petition";
  const options = { board: "Clarion", title: "Water for all" };
  const media = await Promise.all([picture(world, "A well"), picture(world, "A girl", 1, "image/png")]);
  for (const files of [media.slice(0, 1), media, [await film(world)]])
    await publishFully(world, actor, variant({ media: files, link, options }), { fetch: fetching });
  const [boardId = ""] = actor.posts().map(({ extra }) => extra.boardId);
  const prepared = { values: { boardId }, expiresAt: "9999-12-31T00:00:00.000Z" };
  await pinterest.reconcile(actor.question(variant(), { prepared }), call);
  await pinterest.recent?.(new Date(0), call);
  const [post] = actor.posts();
  await pinterest.metrics?.(post?.id ?? "", call);
  await pinterest.delete?.(post?.id ?? "", call);
  return exchanges;
}

/** Forms go on as they are; a body that is made on the way is read here instead of there. */
async function read(body: RequestInit["body"]): Promise<unknown> {
  if (typeof body === "string") return Buffer.from(body);
  if (!body || !(Symbol.asyncIterator in Object(body))) return body;
  const chunks: Buffer[] = [];
  for await (const chunk of body as unknown as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
