import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import type { Actor } from "../../../test/contract/world.ts";
import {
  type Asked,
  type LinkedInWorld,
  linkedinOnPractice,
  variant,
} from "../../../test/support/linkedin-on-practice.ts";

// LinkedIn publishes no specification of its API: this is what its pages say of the requests we make.
// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api, …/images-api, …/videos-api,
// …/comments-api and …/organizations (checked 2026-11)

const urn = (type: string) => z.string().regex(new RegExp(`^urn:li:(${type}):[\\w-]+$`));
const author = urn("person|organization");
const title = z.string().min(1).max(400).optional();
const altText = z.string().min(1).max(4086).optional();
const image = z.strictObject({ id: urn("image"), altText });

const post = z.strictObject({
  author,
  commentary: z.string(),
  visibility: z.enum(["PUBLIC", "CONNECTIONS", "LOGGED_IN", "CONTAINER"]),
  distribution: z.strictObject({
    feedDistribution: z.enum(["MAIN_FEED", "NONE"]),
    targetEntities: z.array(z.never()),
    thirdPartyDistributionChannels: z.array(z.never()),
  }),
  content: z
    .union([
      z.strictObject({ article: z.strictObject({ source: z.url(), title: z.string().min(1).max(400) }) }),
      z.strictObject({ media: image }),
      z.strictObject({ media: z.strictObject({ id: urn("video"), title }) }),
      z.strictObject({ multiImage: z.strictObject({ images: z.array(image).min(2).max(20) }) }),
    ])
    .optional(),
  lifecycleState: z.literal("PUBLISHED"),
  isReshareDisabledByAuthor: z.boolean(),
});
const comment = z.strictObject({
  actor: author,
  object: urn("share|ugcPost|activity"),
  message: z.strictObject({ text: z.string().min(1).max(1250) }),
});
const patch = <T extends z.ZodType>(part: T) => z.strictObject({ patch: part });
const postPatch = patch(z.strictObject({ $set: z.strictObject({ commentary: z.string() }) }));
const commentPatch = patch(
  z.strictObject({
    message: z.strictObject({ $set: z.strictObject({ text: z.string().min(1).max(1250) }) }),
  }),
);
const beginImage = z.strictObject({ initializeUploadRequest: z.strictObject({ owner: author }) });
const video = z.union([
  z.strictObject({
    initializeUploadRequest: z.strictObject({
      owner: author,
      fileSizeBytes: z.int().positive(),
      uploadCaptions: z.boolean(),
      uploadThumbnail: z.boolean(),
    }),
  }),
  z.strictObject({
    finalizeUploadRequest: z.strictObject({
      video: urn("video"),
      uploadToken: z.string(),
      uploadedPartIds: z.array(z.string().min(1)).min(1),
    }),
  }),
]);

interface Rule {
  readonly query?: Readonly<Record<string, RegExp>>;
  readonly body?: z.ZodType;
  /** In the header. */
  readonly method?: "PARTIAL_UPDATE";
}

const number = /^\d+$/;
const paging = { start: number, count: number };
const actor = { actor: /^urn:li:(person|organization):\w+$/ };
const comments = "/rest/socialActions/:urn/comments";
const rules: Readonly<Record<string, Rule>> = {
  "GET /v2/userinfo": {},
  "GET /rest/organizationAcls": {
    query: { q: /^roleAssignee$/, role: /^ADMINISTRATOR$/, state: /^APPROVED$/, ...paging },
  },
  "GET /rest/organizations/:id": {},
  "GET /rest/organizationalEntityShareStatistics": {
    query: {
      q: /^organizationalEntity$/,
      organizationalEntity: /^urn:li:organization:\d+$/,
      shares: /^List\(urn:li:share:\d+\)$/,
      ugcPosts: /^List\(urn:li:ugcPost:\d+\)$/,
    },
  },
  "POST /rest/posts": { body: post },
  "GET /rest/posts": {
    query: {
      q: /^author$/,
      author: /^urn:li:organization:\d+$/,
      sortBy: /^(CREATED|LAST_MODIFIED)$/,
      ...paging,
    },
  },
  "GET /rest/posts/:urn": { query: { viewContext: /^(AUTHOR|READER)$/ } },
  "POST /rest/posts/:urn": { body: postPatch, method: "PARTIAL_UPDATE" },
  "DELETE /rest/posts/:urn": {},
  [`POST ${comments}`]: { body: comment },
  [`GET ${comments}`]: { query: paging },
  [`POST ${comments}/:id`]: { query: actor, body: commentPatch, method: "PARTIAL_UPDATE" },
  [`DELETE ${comments}/:id`]: { query: actor },
  "POST /rest/images": { query: { action: /^initializeUpload$/ }, body: beginImage },
  "GET /rest/images": { query: { ids: /^List\((urn:li:image:[\w-]+,?)+\)$/ } },
  "GET /rest/images/:urn": {},
  "POST /rest/videos": { query: { action: /^(initialize|finalize)Upload$/ }, body: video },
  "GET /rest/videos/:urn": {},
  "PUT /dms-uploads/:key": {},
};

let pages: LinkedInWorld;
let members: LinkedInWorld;
let asked: readonly Asked[];

beforeAll(async () => {
  [pages, members] = await Promise.all([linkedinOnPractice("pages"), linkedinOnPractice("members")]);
  await everythingWeAsk(pages, pages.world.actor());
  await everythingWeAsk(members, members.world.actor());
  asked = [...pages.asked, ...members.asked];
});
afterAll(() => Promise.all([pages.world.close(), members.world.close()]));

describe("LinkedIn's API as its pages describe it", () => {
  it("is met by every request", () => expect(asked.flatMap(problemsOf)).toEqual([]));

  it("was asked for everything we use", () =>
    expect([...new Set(asked.map(nameOf))].sort()).toEqual(Object.keys(rules).sort()));

  it("would notice a field too many, one that is missing, and a header left out", () => {
    const created = asked.find((one) => nameOf(one) === "POST /rest/posts");
    if (!created) throw new Error("No post was made");
    const { lifecycleState: _left, ...incomplete } = created.json as Record<string, unknown>;
    expect(problemsOf({ ...created, json: { ...(created.json as object), text: "Hi" } })).not.toEqual([]);
    expect(problemsOf({ ...created, json: incomplete })).not.toEqual([]);
    expect(problemsOf({ ...created, query: new URLSearchParams("draft=true") })).not.toEqual([]);
    expect(problemsOf({ ...created, headers: {} })).not.toEqual([]);
  });
});

async function everythingWeAsk({ world }: LinkedInWorld, actor: Actor): Promise<void> {
  const { adapter } = world;
  const isPage = actor.identity.externalId.startsWith("urn:li:organization:");
  const picture = () => anyFile(world, "image", "A river");
  const contents = [
    variant({ text: "Words (and more) #here" }),
    variant({
      text: "Link",
      link: "https://example.org/?a=1",
      options: { visibility: "CONNECTIONS", title: "A" },
    }),
    variant({ text: "Picture", media: [await picture()] }),
    variant({ text: "Pictures", media: [await picture(), await picture()] }),
    variant({ text: "Video", media: [await anyFile(world, "video")], options: { title: "A film" } }),
  ];
  await adapter.auth.identify(actor.call());
  for (const content of contents) {
    const { externalId } = await publishFully(world, actor, content);
    await adapter.reconcile(actor.question(content, { handle: externalId }), actor.call());
    if (isPage) await adapter.metrics?.(externalId, actor.call());
    await adapter.edit?.(externalId, { ...content, text: "Other (words) #here" }, actor.call());
    await adapter.delete?.(externalId, actor.call());
  }
  if (!isPage) return;
  const root = await publishFully(world, actor, variant({ text: "Root", media: [await picture()] }));
  world.clock.advance(5000);
  const parent = { externalId: root.externalId, rootExternalId: root.externalId };
  const below = variant({ role: "comment", text: "More", link: "https://example.org/" });
  const { externalId } = await publishFully(world, actor, below, { parent });
  await adapter.reconcile(actor.question(below, { parent }), actor.call());
  await adapter.reconcile(actor.question(variant({ text: "Root" })), actor.call());
  await adapter.recent?.(new Date(0), actor.call());
  await adapter.edit?.(externalId, below, actor.call());
  await adapter.delete?.(externalId, actor.call());
}

function nameOf({ method, route }: Asked): string {
  return `${method} ${route}`;
}

function problemsOf(one: Asked): string[] {
  const name = nameOf(one);
  const { query = {}, body, method } = rules[name] ?? {};
  const found = body?.safeParse(one.json);
  return [
    ...(rules[name] ? [] : [`${name} is not described`]),
    ...headerProblems(one),
    ...(method && one.headers["x-restli-method"] !== method ? [`${name} is not ${method}`] : []),
    ...[...one.query]
      .filter(([key, value]) => !query[key]?.test(value))
      .map(([key, value]) => `${name}: ${key}=${value}`),
    ...(found?.success === false ? [`${name}: ${z.prettifyError(found.error)}`] : []),
    ...(body === undefined && one.json !== undefined ? [`${name} takes no body`] : []),
  ];
}

function headerProblems({ route, headers, path }: Asked): string[] {
  if (!route.startsWith("/rest/")) return [];
  const isRight =
    headers.authorization?.startsWith("Bearer ") &&
    headers["linkedin-version"] === "202609" &&
    headers["x-restli-protocol-version"] === "2.0.0";
  return [
    ...(isRight ? [] : [`${route}: headers`]),
    ...(/[:()]/.test(path) ? [`${path} is not encoded`] : []),
  ];
}
