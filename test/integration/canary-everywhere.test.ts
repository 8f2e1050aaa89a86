import { describe, expect, it } from "@jest/globals";
import { platforms } from "../../src/domain/platform.ts";
import { createMetrics } from "../../src/http/metrics.ts";
import { routeTable } from "../../src/http/route-table.ts";
import { practiceFaults } from "../../src/http/server-options.ts";
import { dumpFiles, dumpPostgres, dumpRedis } from "../support/all-that-is-kept.ts";
import { type CanaryLife, type Cast, canaryLife } from "../support/canary-life.ts";
import {
  bringApps,
  chooseOptions,
  logIn,
  logInAtOneThatSaysEverythingBack,
  renewLogins,
} from "../support/canary-logins.ts";
import { post } from "../support/canary-posts.ts";
import { type CanaryStage, openCanaryStage } from "../support/canary-stage.ts";
import { listen } from "../support/event-stream.ts";
import { describeWithRedis } from "../support/redis.ts";
import { wrongly } from "../support/wire-tap.ts";

let stage: CanaryStage;
let life: CanaryLife;

/** Where something was found that belongs nowhere. */
const leaks: Record<string, string[]> = {};

describe("no secret is in any answer, log line, event, row, queue or file, whatever platforms do with it", () => {
  it("with the queue on PostgreSQL", async () => {
    await onStage("postgres", async (cast) => {
      await logIn(cast, wrongly);
      await logInAtOneThatSaysEverythingBack(cast);
      await bringApps(cast);
      await chooseOptions(cast);
      await renewLogins(cast);
      await post(cast, [null, ...practiceFaults], wrongly);
    });
    expect([...stage.canaries.names()]).toEqual(expect.arrayContaining(everySecret));
  }, 600_000);
});

describeWithRedis("nor", () => {
  it("with the queue on Redis", async () => {
    await onStage("redis", async (cast) => {
      await logIn(cast, []);
      await post(cast, [null], []);
    });
  }, 400_000);
});

async function onStage(backend: "redis" | "postgres", story: (cast: Cast) => Promise<void>): Promise<void> {
  stage = await openCanaryStage(backend);
  life = canaryLife(stage);
  const stream = await listen(stage.origin, stage.apiKey);
  try {
    await story({ stage, life });
    await askEverything();
    await lookThrough("while accounts are linked");
    await disconnect();
    await askEverything();
    await lookThrough("after they were disconnected");
    leaks.answers = stage.canaries.foundIn(...life.answers);
    leaks.log = stage.canaries.foundIn(...stage.logLines);
    leaks.events = stage.canaries.foundIn(JSON.stringify(stream.events));
    expect(stream.events.length).toBeGreaterThan(10);
    expect(Object.entries(leaks).filter(([, found]) => found.length > 0)).toEqual([]);
  } finally {
    stream.close();
    await stage.close();
  }
}

async function lookThrough(when: string): Promise<void> {
  await stage.learnSealed();
  const look = async (where: string, texts: Promise<string>) => {
    leaks[`${where} ${when}`] = stage.canaries.foundIn(await texts);
  };
  await look("postgres", dumpPostgres(stage.app.world.db.pool));
  if (stage.redisUrl) await look("redis", dumpRedis(stage.redisUrl));
  // The practice network is the platforms' side of the wire: what they know of themselves lies there.
  await look("files", dumpFiles(stage.dataDir, ["practice"]));
}

/** What this test is worth nothing without. */
const everySecret = [
  ...[
    "SECRET_KEY",
    "CLARION_API_KEY",
    "METRICS_TOKEN",
    "X_CLIENT_SECRET",
    "own app",
    "link",
    "cookie",
    "state",
  ],
  ...["code", "code_verifier", "access_token", "refresh_token", "password", "accessJwt", "refreshJwt"],
  ...["accessToken of grants", "password of grants", "applicationPassword of grants"],
  ...["session of prepared", "address of an upload"],
];

async function disconnect(): Promise<void> {
  for (const platform of platforms)
    for (const [index, account] of (await stage.accountsOn(platform)).entries())
      await stage.interfering(/./, index % 2 === 0 ? undefined : wrongly[index % wrongly.length], () =>
        life.call("DELETE", `/v1/accounts/${account}`),
      );
}

/** Every address there is, with what is there, with what is not, and with a body that carries a secret where none belongs. */
async function askEverything(): Promise<void> {
  const options = { version: "0", queueDepth: async () => ({}) } as unknown as Parameters<
    typeof routeTable
  >[0];
  const { rows } = await stage.app.world.db.pool.query<{ id: string; at: string }>(
    `select id, '/v1/accounts/' as at from accounts union all select id, '/v1/accounts/connections/' from connections
     union all select id, '/v1/media/' from media union all select id, '/v1/posts/' from posts
     union all select id, '/v1/deliveries/' from deliveries`,
  );
  const stray = stage.newSecret("stray");
  for (const { method, path } of routeTable(options, createMetrics(stage.app.world, options))) {
    if (path === "/v1/events" || (method === "delete" && path.includes(":id"))) continue;
    const [before = "", after] = path.split(":id");
    const ids = after === undefined ? [""] : rows.filter(({ at }) => at === before).map(({ id }) => id);
    for (const id of method === "get" ? [...ids, "acc_00000000000000000000000000"] : ids.slice(0, 1)) {
      const address = path.replace(":id", id).replace(":platform", "x").replace(":option", "board");
      if (method === "get") await life.call("GET", address);
      else
        await life.call(method.toUpperCase(), address, { credentials: { accessToken: stray }, token: stray });
    }
    await life.call("GET", `${path.replace(/:\w+/g, "x")}?token=${stray}`);
  }
  await life.call("GET", "/v1/accounts?state=disconnected");
  await life.call("GET", "/metrics", undefined, {
    authorization: `Bearer ${stage.metricsToken}`,
    forwarded: "for=1",
  });
  await life.call("GET", "/v1/accounts", undefined, { authorization: `Bearer ${stray}` });
  await life.call("POST", "/v1/accounts", `{"credentials": {"accessToken": "${stray}`);
}
