import assert from "node:assert/strict";
import type { Variant } from "../../src/domain/post.ts";
import { type Check, plain, publishFully, refusedAs } from "./check.ts";
import { lose } from "./checks-reconcile.ts";
import type { Actor, AnyAdapter, AnyCall, World } from "./world.ts";

/** Answers, deletion, numbers and identity: what comes before and after a post. */
export function afterChecks({ capabilities }: AnyAdapter): Check[] {
  return [
    ...(capabilities.thread ? chainChecks("thread", "reply") : []),
    ...(capabilities.firstComment ? chainChecks("first comment", "comment") : []),
    ...(capabilities.delete ? deleteChecks() : []),
    ...(capabilities.metrics.length > 0 ? metricChecks() : []),
    ...identityChecks(),
  ];
}

function chainChecks(group: string, role: Variant["role"]): Check[] {
  const answerTo = async (world: World, actor: Actor) => {
    const { externalId } = await publishFully(world, actor, await plain(world), { deliveryKey: "the root" });
    world.clock.advance(world.adapter.capabilities.settleMs); // some platforms can be answered only after a moment
    const parent = { externalId, rootExternalId: externalId };
    return { parent, variant: await plain(world, { role, text: "And this is what you can do." }) };
  };
  return [
    {
      group,
      name: "attaches to what it answers",
      run: async (world) => {
        const actor = world.actor();
        const { parent, variant } = await answerTo(world, actor);
        const { externalId, externalUrl } = await publishFully(world, actor, variant, { parent });
        const answer = actor.posts().find(({ id }) => id === externalId);
        assert.deepEqual([answer?.text, answer?.replyTo], [variant.text, parent.externalId]);
        assert.equal((await fetch(externalUrl)).status, 200);
      },
    },
    {
      group,
      name: "is refused below a post that is not there",
      run: async (world) => {
        const actor = world.actor();
        const { parent, variant } = await answerTo(world, actor);
        await publishFully(world, actor, await plain(world, { text: "Still here" }), {
          deliveryKey: "another",
        });
        const gone = { externalId: parent.externalId.replace(/[\da-z]$/i, another) };
        const posts = actor.posts().length;
        await refusedAs(
          "invalid",
          actor,
          publishFully(world, actor, variant, { parent: { ...gone, rootExternalId: gone.externalId } }),
        );
        assert.equal(actor.posts().length, posts);
      },
    },
    {
      group,
      name: "is found after a lost answer, and not after a lost request",
      run: async (world) => {
        const actor = world.actor();
        const { parent, variant } = await answerTo(world, actor);
        const unsent = await lose(world, actor, variant, "reset_before", parent);
        assert.deepEqual(await world.adapter.reconcile(unsent.question, actor.call()), { state: "absent" });
        const lost = await lose(world, actor, variant, "reset_after_accept", parent);
        const answer = await world.adapter.reconcile(lost.question, actor.call());
        const [, post] = actor.posts();
        assert.deepEqual(
          [answer.state, "externalId" in answer && answer.externalId],
          ["published", post?.id],
        );
      },
    },
  ];
}

/** Another character of the same kind, so that the id stays one. */
function another(last: string): string {
  return /\d/.test(last) ? String((Number(last) + 5) % 10) : last === "a" ? "b" : "a";
}

function deleteChecks(): Check[] {
  const group = "delete";
  return [
    {
      group,
      name: "removes the post, and may be repeated",
      run: async (world) => {
        const actor = world.actor();
        const { externalId } = await publishFully(world, actor, await plain(world));
        await world.adapter.delete?.(externalId, actor.call());
        assert.deepEqual(actor.posts(), []);
        await world.adapter.delete?.(externalId, actor.call());
      },
    },
    {
      group,
      name: "says so when it was not allowed",
      run: async (world) => {
        const actor = world.actor();
        const { externalId } = await publishFully(world, actor, await plain(world));
        await refusedAs(
          "unauthorized",
          actor,
          remove(world, externalId, actor.call({ credentials: wrong(world, actor) })),
        );
        assert.equal(actor.posts().length, 1);
      },
    },
  ];
}

async function remove({ adapter }: World, externalId: string, call: AnyCall): Promise<void> {
  await adapter.delete?.(externalId, call);
}

function metricChecks(): Check[] {
  return [
    {
      group: "metrics",
      name: "are numbers under declared names",
      run: async (world) => {
        const actor = world.actor();
        const { externalId } = await publishFully(world, actor, await plain(world));
        const metrics = (await world.adapter.metrics?.(externalId, actor.call())) ?? {};
        const declared: readonly string[] = world.adapter.capabilities.metrics;
        assert.ok(Object.keys(metrics).length > 0);
        for (const [name, value] of Object.entries(metrics)) {
          assert.ok(declared.includes(name), `${name} is not declared`);
          assert.ok(Number.isInteger(value) && Number(value) >= 0, `${name} is ${value}`);
        }
      },
    },
  ];
}

function identityChecks(): Check[] {
  const group = "identify";
  const account = { externalId: "", handle: "" };
  return [
    {
      group,
      name: "says who the token speaks for",
      run: async (world) => {
        const { identity, call } = world.actor();
        const { externalId, handle, name } = identity;
        assert.deepEqual(await world.adapter.auth.identify(call({ account })), { externalId, handle, name });
      },
    },
    {
      group,
      name: "refuses a token that is none: unauthorized",
      run: async (world) => {
        const actor = world.actor();
        const call = actor.call({ account, credentials: wrong(world, actor) });
        await refusedAs("unauthorized", actor, world.adapter.auth.identify(call));
      },
    },
    {
      group,
      name: "asks for every credential by name",
      run: (world) => {
        const { fields } = world.adapter.auth;
        const names = fields.map(({ name }) => name);
        const given = Object.keys(world.actor().identity.credentials);
        if (!given.includes("refreshToken")) for (const name of given) assert.ok(names.includes(name)); // no login
        assert.ok(fields.some(({ secret, required }) => secret && required));
      },
    },
  ];
}

/** The same login with every secret a wrong one. */
export function wrong({ adapter }: World, { identity }: Actor): never {
  const asked = adapter.auth.fields.filter(({ secret }) => secret).map(({ name }) => name);
  const secrets = [...asked, "accessToken"]; // what a login gives is asked of nobody
  const names = Object.keys(identity.credentials).filter((name) => secrets.includes(name));
  return {
    ...identity.credentials,
    ...Object.fromEntries(names.map((name) => [name, `not-the-${name}`])),
  } as never;
}
