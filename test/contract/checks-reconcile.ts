import assert from "node:assert/strict";
import type { Prepared } from "../../src/adapters/contract/adapter.ts";
import type { Capabilities } from "../../src/adapters/contract/capabilities.ts";
import type { Variant } from "../../src/domain/post.ts";
import type { Fault } from "../../src/practice/kit.ts";
import { anyFile, attempt, type Check, carried, failure, plain, publishFully, refusedAs } from "./check.ts";
import { difficult } from "./checks-publish.ts";
import type { Actor, AnyAdapter, World } from "./world.ts";

const group = "reconcile";
/** Who looks for its own id does not mind another post of the same words. */
const canTellTwins = new Set<Capabilities["recovery"]["by"]>(["handle", "client_id"]);

/** What became of a delivery whose answer was lost. */
export function reconcileChecks({ capabilities }: AnyAdapter): Check[] {
  if (capabilities.recovery.by === "human") return [];
  const found: [string, (world: World) => Promise<Variant>][] = [
    ["a plain post", (world) => plain(world)],
    ["a text full of markup, scripts and lines", difficult],
    ["a post with a link", (world) => plain(world, { link: "https://example.org/petition?a=1&b=2" })],
  ];
  if (capabilities.media.types.image)
    found.push([
      "a post with a picture",
      async (world) =>
        plain(world, { media: await carried(world, [await anyFile(world, "image", "A well")]) }),
    ]);
  return [
    ...found.map(([what, make]) => ({
      group,
      name: `finds ${what} after a lost answer`,
      run: async (world: World) => findsAfterLostAnswer(world, await make(world)),
    })),
    ...lookingChecks(),
    ...(canTellTwins.has(capabilities.recovery.by) ? [] : twinChecks()),
  ];
}

async function findsAfterLostAnswer(world: World, variant: Variant): Promise<void> {
  const actor = world.actor();
  const lost = await lose(world, actor, variant, "reset_after_accept");
  const answer = await world.adapter.reconcile(lost.question, actor.call());
  const [post] = actor.posts();
  assert.deepEqual([answer.state, "externalId" in answer && answer.externalId], ["published", post?.id]);
  assert.equal("externalUrl" in answer && (await fetch(answer.externalUrl)).status, 200);
}

function lookingChecks(): Check[] {
  return [
    {
      group,
      name: "says there is no post after a lost request",
      run: async (world) => {
        const actor = world.actor();
        const { question } = await lose(world, actor, await plain(world), "reset_before");
        assert.deepEqual(await world.adapter.reconcile(question, actor.call()), { state: "absent" });
      },
    },
    {
      group,
      name: "does not take an older post of the same words for ours",
      run: async (world) => {
        const actor = world.actor();
        const variant = await plain(world);
        await publishFully(world, actor, variant, { deliveryKey: "an earlier delivery" });
        world.clock.advance(60 * 60_000);
        const { question } = await lose(world, actor, variant, "reset_before");
        assert.deepEqual(await world.adapter.reconcile(question, actor.call()), { state: "absent" });
      },
    },
    {
      group,
      name: "does not take a later post of other words for ours",
      run: async (world) => {
        const actor = world.actor();
        const { question } = await lose(world, actor, await plain(world), "reset_before");
        const other = await plain(world, { text: "Something else altogether" });
        await publishFully(world, actor, other, { deliveryKey: "another delivery" });
        assert.deepEqual(await world.adapter.reconcile(question, actor.call()), { state: "absent" });
      },
    },
    {
      group,
      name: "only reads",
      run: async (world) => {
        const actor = world.actor();
        const { question } = await lose(world, actor, await plain(world), "reset_after_accept");
        const before = world.wire.requests.length;
        await world.adapter.reconcile(question, actor.call());
        const methods = world.wire.requests.slice(before).map(({ method }) => method);
        assert.ok(methods.length > 0, "It did not look");
        assert.deepEqual(
          methods.filter((method) => method !== "GET"),
          [],
        );
      },
    },
    {
      group,
      name: "does not answer when it could not look",
      run: async (world) => {
        const actor = world.actor();
        const { question } = await lose(world, actor, await plain(world), "reset_after_accept");
        world.wire.cutOthers = true;
        await refusedAs("unavailable", actor, world.adapter.reconcile(question, actor.call()));
        world.wire.cutOthers = false;
        world.practice.setFault(world.adapter.platform, { fault: "revoked" });
        await refusedAs("unauthorized", actor, world.adapter.reconcile(question, actor.call()));
      },
    },
  ];
}

function twinChecks(): Check[] {
  return [
    {
      group,
      name: "does not choose between two posts of the same words",
      run: async (world) => {
        const actor = world.actor();
        const variant = await plain(world);
        const { question } = await lose(world, actor, variant, "reset_after_accept");
        const twin = publishFully(world, actor, variant, { deliveryKey: "another delivery" });
        const made = await twin.then(
          () => true,
          () => false,
        ); // some platforms refuse a twin
        if (!made) return;
        assert.deepEqual(await world.adapter.reconcile(question, actor.call()), { state: "unknown" });
      },
    },
  ];
}

/** Publishes with a fault, and asks as the engine does: once the platform has settled. */
export async function lose(world: World, actor: Actor, variant: Variant, fault: Fault, parent?: Parent) {
  const sentAt = world.clock.now();
  const { answer, ready } = await attempt(world, actor, variant, parent ? { parent } : {}, () =>
    world.practice.setFault(world.adapter.platform, { fault, times: 1 }),
  );
  await failure(actor, answer);
  world.practice.setFault(world.adapter.platform, null);
  world.clock.advance(world.adapter.capabilities.settleMs);
  const asked: { prepared?: Prepared; parent?: Parent } = {};
  if (ready) asked.prepared = ready;
  if (parent) asked.parent = parent;
  return { question: actor.question(variant, { sentAt, ...asked }) };
}

interface Parent {
  readonly externalId: string;
  readonly rootExternalId: string;
}
