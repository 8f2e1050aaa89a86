import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import type { FaultSetting } from "../../src/practice/kit.ts";
import { attempt, type Check, failure, plain, refusedAs } from "./check.ts";
import type { Refusal } from "./refusal.ts";
import { prepared, type World } from "./world.ts";

type Answer = Omit<Refusal, "kind">;

const html = { "content-type": "text/html" };
const unclearFaults: readonly FaultSetting[] = [
  { fault: "reset_before" },
  { fault: "reset_after_accept" },
  { fault: "5xx_after_accept" },
  { fault: "garbled_after_accept" },
];
const unclearAnswers: readonly Answer[] = [
  ...[500, 502, 503, 504].map((status) => ({
    name: `a bare ${status}`,
    status,
    headers: html,
    body: "<html><h1>Something went wrong</h1></html>",
  })),
  { name: "a page in place of an answer", status: 200, headers: html, body: "<html>Welcome</html>" },
  { name: "an answer without an id", status: 200, body: {} },
  { name: "an empty list", status: 200, body: [] },
  { name: "a null", status: 201, body: null },
  { name: "no content", status: 204, body: "" },
  { name: "a redirect", status: 302, headers: { location: "/elsewhere" }, body: "" },
  { name: "a permanent redirect", status: 308, headers: { location: "/elsewhere" }, body: "" },
];

/** Only a documented 4xx is a no; silence, 5xx and nonsense are `indeterminate`. */
export function failureChecks(refusals: readonly Refusal[]): Check[] {
  return [
    ...unclearFaults.map((setting) => ({
      group: "publish fails",
      name: `${setting.fault}: we do not know`,
      run: async (world: World) => {
        const { actor, answer } = await broken(world, () =>
          world.practice.setFault(world.adapter.platform, setting),
        );
        await refusedAs("indeterminate", actor, answer);
        assert.equal(actor.commits(), 1);
        assert.equal(world.wire.requests.filter(({ sending }) => sending).length, 1);
      },
    })),
    ...unclearAnswers.map((answer) => answered(answer, `${answer.name}: we do not know`, "indeterminate")),
    ...refusals.map((refusal) => answered(refusal, `${refusal.name}: ${refusal.kind}`, refusal.kind)),
    ...rateLimitChecks(),
    ...otherChecks(),
  ];
}

function answered(answer: Answer, name: string, kind: Refusal["kind"]): Check {
  return {
    group: "publish fails",
    name,
    run: async (world) => {
      const { actor, answer: outcome } = await broken(world, () => {
        world.wire.refusal = answer;
      });
      const error = await refusedAs(kind, actor, outcome);
      assert.equal(world.wire.requests.filter(({ sending }) => sending).length, 1);
      for (const phrase of phrasesOf(answer.body))
        assert.ok(!error.message.includes(phrase), "The platform's own words reach the message");
    },
  };
}

function phrasesOf(body: unknown): string[] {
  if (typeof body === "string") return body.length > 25 ? [body] : [];
  return body && typeof body === "object" ? Object.values(body).flatMap(phrasesOf) : [];
}

function rateLimitChecks(): Check[] {
  const resetAfterMs = 120_000;
  return [
    {
      group: "publish fails",
      name: "too many requests, with a time: rate_limited until then",
      run: async (world) => {
        const { actor, answer } = await broken(world, () =>
          world.practice.setFault(world.adapter.platform, { fault: "429", resetAfterMs }),
        );
        const { detail } = await refusedAs("rate_limited", actor, answer);
        const { retryAfterMs } = detail; // platforms round to seconds or minutes
        if (!world.namesResetTime) return assert.equal(retryAfterMs, undefined);
        assert.ok(
          retryAfterMs && retryAfterMs > resetAfterMs - 5000 && retryAfterMs <= resetAfterMs + 60_000,
        );
        assert.deepEqual(actor.posts(), []);
      },
    },
    {
      group: "publish fails",
      name: "too many requests, without a time: rate_limited, and none is made up",
      run: async (world) => {
        const { actor, answer } = await broken(world, () =>
          world.practice.setFault(world.adapter.platform, { fault: "429" }),
        );
        const { detail } = await refusedAs("rate_limited", actor, answer);
        assert.equal(detail.retryAfterMs, undefined);
      },
    },
  ];
}

function otherChecks(): Check[] {
  return [
    {
      group: "publish fails",
      name: "a revoked token: unauthorized",
      run: async (world) => {
        const { actor, answer } = await broken(world, () =>
          world.practice.setFault(world.adapter.platform, { fault: "revoked" }),
        );
        await refusedAs("unauthorized", actor, answer);
        assert.deepEqual(actor.posts(), []);
      },
    },
    {
      group: "publish fails",
      name: "a server that is not there: proven not sent",
      run: async (world) => {
        const actor = world.actor();
        const variant = await plain(world);
        const call = actor.call();
        const ready = await prepared(world, variant, call);
        const nowhere = `http://127.0.0.1:${await freePort()}`;
        const error = await refusedAs(
          "unavailable",
          actor,
          world.adapter.publish(variant, {
            ...call,
            ...(ready && { prepared: ready }),
            baseUrl: { api: nowhere, web: nowhere, upload: nowhere },
          }),
        );
        assert.equal(error.detail.notSent, true);
      },
    },
    {
      group: "publish fails",
      name: "an answer that repeats our token: it stays out of the error",
      run: async (world) => {
        const actor = world.actor();
        const message = `Bad request by ${Object.values(actor.identity.credentials).join(" ")}`;
        const body = {
          error: message,
          message,
          detail: message,
          title: message,
          errors: [{ message, detail: message }],
        };
        const variant = await plain(world);
        for (const echo of [body, { error: { message, code: 100, type: message } }]) {
          const { answer } = await attempt(world, actor, variant, {}, () => {
            world.wire.refusal = { status: 400, body: echo };
          });
          await failure(actor, answer);
          world.wire.refusal = undefined;
        }
      },
    },
  ];
}

async function broken(world: World, breakIt: () => void) {
  const actor = world.actor();
  return { actor, ...(await attempt(world, actor, await plain(world), {}, breakIt)) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
