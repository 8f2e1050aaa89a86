import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type CallAccount, callFor } from "../../src/accounts/call.ts";
import type { Adapter, Call } from "../../src/adapters/contract/adapter.ts";
import { commit } from "../../src/adapters/contract/commit.ts";
import { PublishError } from "../../src/adapters/contract/publish-error.ts";
import { adapters } from "../../src/adapters/registry.ts";
import { type Platform, platforms } from "../../src/domain/platform.ts";
import type { Variant } from "../../src/domain/post.ts";
import { canaryLife } from "../support/canary-life.ts";
import { type CanaryStage, openCanaryStage } from "../support/canary-stage.ts";
import type { Interference } from "../support/wire-tap.ts";

let stage: CanaryStage;
beforeAll(async () => {
  stage = await openCanaryStage("postgres");
});
afterAll(() => stage?.close());

const echoes = [200, 201, 302, 400, 401, 403, 404, 409, 413, 422, 429, 500, 503];
const wrongly: readonly Interference[] = [
  ...echoes.map((echo) => ({ echo })),
  { garbled: true },
  { reset: true },
];

describe.each(platforms)("what goes wrong at %s", (platform) => {
  it("is told without a credential: in its words, its code, its causes and its stack", async () => {
    await canaryLife(stage).link(platform, "errors");
    await stage.learnSealed();
    const call = await callOf(platform);
    const told: string[] = [];
    for (const how of wrongly) {
      stage.tap.interfere = () => how;
      for (const [name, work] of everything(adapters[platform], call))
        told.push(`${name} ${JSON.stringify(how)}: ${await outcome(work)}`);
    }
    stage.tap.interfere = () => undefined;
    expect(told.filter((line) => line.includes("PublishError")).length).toBeGreaterThan(wrongly.length);
    expect(
      told.flatMap((line) => stage.canaries.foundIn(line).map((found) => `${line.slice(0, 60)} ${found}`)),
    ).toEqual([]);
  });
});

it("what this test looks for would be found: in a message, a code, and the cause of a cause", async () => {
  const secret = stage.newSecret("planted");
  const cause = new Error("x", { cause: Object.assign(new Error("y"), { request: { headers: [secret] } }) });
  const planted = [
    new PublishError("invalid", `No: ${secret}`),
    new PublishError("invalid", "No", {}, { cause }),
    Object.assign(new Error("No"), { code: secret }),
  ];
  for (const error of planted)
    expect(stage.canaries.foundIn(await outcome(() => Promise.reject(error)))).not.toEqual([]);
});

it("a code that is none is left out of an error", () => {
  const codeOf = (code: string) => new PublishError("invalid", "No", { status: 400, code }).detail.code;
  for (const code of [
    "190/463",
    "duplicate-content",
    "UND_ERR_ABORTED",
    "rest_cannot_create",
    "InvalidToken",
  ])
    expect(codeOf(code)).toBe(code);
  for (const code of ["EAAx3FiU5ETzu7y8pmTXTNg", "two words", "", "a".repeat(81), '{"a":1}'])
    expect(codeOf(code)).toBeUndefined();
});

type AnyAdapter = Adapter<never>;

/** Every function of an adapter that talks to its platform. */
function everything(adapter: AnyAdapter, call: Call<never>): [string, () => Promise<unknown>][] {
  const { media, options } = adapter.capabilities;
  const post: Variant = {
    role: "post",
    text: "Clean water is a right.",
    link: null,
    media: media.required ? [picture] : [],
    options: Object.fromEntries(
      options.filter(({ required }) => required).map(({ name }) => [name, "Clarion"]),
    ),
  };
  const full = { ...call, deliveryKey: "dlv_00000000000000000000000000" };
  const prepared = {
    values: { containerId: "1", postId: "1" },
    expiresAt: new Date(Date.now() + 3e6).toISOString(),
  };
  const question = {
    deliveryKey: full.deliveryKey,
    variant: post,
    sentAt: new Date(),
    prepared,
    handle: "1",
  };
  const choices = options.filter((rule) => rule.choices);
  return [
    ["identify", () => adapter.auth.identify(call)],
    ["prepare", async () => adapter.prepare?.({ ...post, media: [picture] }, full)],
    [
      "publish",
      () =>
        adapter.publish(post, { ...full, prepared, commit: (send) => commit(async () => undefined, send) }),
    ],
    ["reconcile", () => adapter.reconcile(question, call)],
    ["delete", async () => adapter.delete?.("1", call)],
    ["edit", async () => adapter.edit?.("1", post, call)],
    ["metrics", async () => adapter.metrics?.("1", call)],
    ["recent", async () => adapter.recent?.(new Date(0), call)],
    ...choices.map(({ name }): [string, () => Promise<unknown>] => [
      `choices of ${name}`,
      async () => adapter.choices?.(name, { subreddit: "Clarion" }, call),
    ]),
  ];
}

const picture = {
  ...({
    id: "med_00000000000000000000000000",
    kind: "image",
    mimeType: "image/jpeg",
    altText: "Water",
  } as const),
  ...{ bytes: 100, width: 400, height: 400, durationMs: null },
};

async function outcome(work: () => Promise<unknown>): Promise<string> {
  const result = await work().catch((error: unknown) => error);
  return inspect(result, { depth: 12, showHidden: true, maxStringLength: null, maxArrayLength: null });
}

async function callOf(platform: Platform): Promise<Call<never>> {
  const { rows } = await stage.app.world.db.pool.query<CallAccount>(
    `select a.workspace_id as "workspaceId", a.platform, a.mode, a.base_url as "baseUrl", a.external_id as "externalId",
       a.handle, g.id as "grantId", g.version as "grantVersion"
     from accounts a join grants g on g.id = a.grant_id where a.platform = $1 and a.handle like 'errors%'`,
    [platform],
  );
  const call = await callFor(stage.app.world, rows[0] as CallAccount, AbortSignal.timeout(60_000));
  return { ...call, media: { ...call.media, open: async () => new Blob([new Uint8Array(100)]) } };
}
