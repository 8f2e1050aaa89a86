import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { anyFile, plain, publishFully } from "../../../test/contract/check.ts";
import { openWorld, type World } from "../../../test/contract/world.ts";
import type { PracticeRequest, PracticeRoute } from "../../practice/kit.ts";
import { tumblr } from "./index.ts";
import { practice } from "./practice.ts";

const folder = new URL("../../../../shared/specs/tumblr/", import.meta.url);
const isThere = existsSync(new URL("api.md", folder));
const read = (name: string) => (isThere ? readFileSync(new URL(name, folder), "utf8") : "");

interface Asked {
  /** As the documentation writes it. */
  readonly path: string;
  readonly method: string;
  /** From the query, the body or the form's JSON. */
  readonly given: Readonly<Record<string, unknown>>;
}

const title = "every request uses names from Tumblr's documentation";
const suite = isThere ? describe : describe.skip;

suite(isThere ? title : `${title} (left out: ../shared/specs/tumblr is not here)`, () => {
  const [api, npf] = [read("api.md"), read("npf-spec.md")];
  const asked: Asked[] = [];
  let world: World;

  beforeAll(async () => {
    const recorded = (route: PracticeRoute): PracticeRoute => ({
      ...route,
      handle(request, network) {
        asked.push({ method: request.method, path: documented(request.path), given: givenIn(request) });
        return route.handle(request, network);
      },
    });
    world = await openWorld(tumblr, { ...practice, routes: practice.routes.map(recorded) });
    await everythingWeAsk(world);
  });
  afterAll(() => world.close());

  it("for what it asks", () =>
    expect([...new Set(asked.map(({ method, path }) => `${method} ${path}`))].sort()).toEqual([
      "GET /v2/blog/{blog-identifier}/notes",
      "GET /v2/blog/{blog-identifier}/posts",
      "GET /v2/blog/{blog-identifier}/posts/{post-id}",
      "GET /v2/user/info",
      "POST /v2/blog/{blog-identifier}/post/delete",
      "POST /v2/blog/{blog-identifier}/posts",
      "PUT /v2/blog/{blog-identifier}/posts/{post-id}",
    ]));

  it("for the parameters", () => {
    for (const { method, path, given } of asked) {
      expect(sectionOf(api, method, path)).not.toBe("");
      // An edit has the parameters of the request that made the post, and no list of its own.
      const made = ["POST", path.replace("/{post-id}", "")] as const;
      const section = sectionOf(api, ...(method === "PUT" ? made : ([method, path] as const)));
      expect(section).toContain("#### ");
      for (const name of Object.keys(given)) expect(section).toContain(`| **${name}** `);
    }
  });

  it("for the blocks of a post", () => {
    const posts = asked.filter(({ given }) => given.content !== undefined);
    const names = new Set(posts.flatMap(({ given }) => namesIn([given.content, given.layout])));
    expect(names.size).toBeGreaterThan(15);
    for (const name of names) expect(`${npf}${api}`).toMatch(new RegExp(`["\`]${name}["\`]`));
  });

  it("for the limits", () => {
    const says = (words: string) => expect(npf.replaceAll("*", "")).toContain(words);
    says("maximum length of a text block is 4,096 characters");
    says("total content blocks allowed in a single post is 1,000");
    says("image blocks allowed in a single post is 30");
    says("native (uploaded) tumblr video blocks allowed in a single post is 1.");
    says("inline links is 100");
    expect(api).toContain("250 new published posts (including reblogs) per day, per user");
    expect(api).toContain("daily limits are per calendar day");
  });
});

async function everythingWeAsk(world: World): Promise<void> {
  const actor = world.actor();
  const media = [
    await anyFile(world, "image", "A well"),
    await anyFile(world, "image"),
    await anyFile(world, "video"),
  ];
  const variant = await plain(world, {
    media,
    text: "One\n\nTwo https://example.org/",
    link: "https://example.org/petition",
    options: { title: "Water", tags: ["water"] },
  });
  const { externalId } = await publishFully(world, actor, variant);
  for (let index = 0; index < 21; index++) await publishFully(world, actor, await plain(world));
  await world.adapter.recent?.(new Date(0), actor.call());
  await world.adapter.metrics?.(externalId, actor.call());
  await world.adapter.edit?.(externalId, variant, actor.call());
  await world.adapter.delete?.(externalId, actor.call());
  await world.adapter.auth.identify(actor.call());
}

function documented(path: string): string {
  return path
    .replace(/^\/v2\/blog\/[^/]+/, "/v2/blog/{blog-identifier}")
    .replace(/\/posts\/\d+$/, "/posts/{post-id}");
}

function givenIn({
  query,
  json,
  fields: { json: part, ...fields },
}: PracticeRequest): Record<string, unknown> {
  const body = part === undefined ? json : (JSON.parse(part) as unknown);
  return { ...Object.fromEntries(query), ...fields, ...(body as object | undefined) };
}

/** The part of the documentation that has this method and address in its table. */
function sectionOf(api: string, method: string, path: string): string {
  const row = new RegExp(
    `\\| \`api\\.tumblr\\.com${path.replace(/[{}]/g, "\\$&")}(?:[?[][^\`]*)?\` \\| ${method} \\|`,
  );
  const section = api.split(/^### (?=`\/)/m).find((part) => row.test(part)) ?? "";
  return section.replace(/ +/g, " ");
}

/** Every field, and every type that is named. */
function namesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [
    ...(Array.isArray(value) ? [] : [name]),
    ...((name === "type" || name === "subtype") && !String(part).includes("/") ? [String(part)] : []),
    ...namesIn(part),
  ]);
}
