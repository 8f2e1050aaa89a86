import assert from "node:assert/strict";
import { validate } from "../../src/adapters/contract/validate.ts";
import type { Variant } from "../../src/domain/post.ts";
import { until } from "../support/until.ts";
import { attempt, type Check, failure, plain, publishFully, refusedAs, settled } from "./check.ts";
import { prepared, type World } from "./world.ts";

const group = "publish";

/** Every character class that is easily lost or doubled on the way: markup, quotes, scripts, emoji, lines, an address. */
export const difficultText =
  "Fish & chips <b>not bold</b> \"double\" 'single' naïve 🐟👩‍👩‍👧 ماء\n\nSecond part\nthird line #Water4All https://example.org/a?b=1&c=2";

/** Without its brackets where the platform takes none. */
export async function difficult(world: World): Promise<Variant> {
  const variant = await plain(world, { text: difficultText });
  if (validate(world.adapter, variant).every(({ severity }) => severity === "warning")) return variant;
  return { ...variant, text: difficultText.replaceAll(/[<>]/g, "") };
}

/** One irreversible request, behind one fence. */
export function publishChecks(): Check[] {
  return [
    {
      group,
      name: "makes exactly one public post, with one commit around one request",
      run: async (world) => {
        const actor = world.actor();
        const variant = await plain(world);
        const call = actor.call({}, async () =>
          assert.deepEqual(actor.posts(), [], "public before the fence"),
        );
        const ready = await prepared(world, variant, call);
        const answer = await world.adapter.publish(variant, { ...call, ...(ready && { prepared: ready }) });
        const result = await settled(world, actor, variant, answer);
        assert.equal(actor.commits(), 1);
        assert.equal(world.wire.requests.filter(({ sending }) => sending).length, 1);
        assert.deepEqual(
          actor.posts().map(({ id, text }) => [id, text]),
          [[result.externalId, variant.text]],
        );
      },
    },
    {
      group,
      name: "says where a person finds the post",
      run: async (world) => {
        const actor = world.actor();
        const { externalUrl } = await publishFully(world, actor, await plain(world));
        assert.match(externalUrl, /^https?:\/\//);
        const page = await fetch(externalUrl);
        assert.equal(page.status, 200);
        assert.match(await page.text(), /Clean water is a right\./);
      },
    },
    {
      group,
      name: "sends the text as it was written",
      run: async (world) => {
        const actor = world.actor();
        const variant = await difficult(world);
        await publishFully(world, actor, variant);
        assert.equal(actor.posts()[0]?.text, variant.text);
      },
    },
    {
      group,
      name: "takes the link along",
      run: async (world) => {
        const actor = world.actor();
        const link = "https://example.org/petition?from=here&to=there";
        await publishFully(world, actor, await plain(world, { link }));
        const [post] = actor.posts();
        if (world.adapter.capabilities.link === "field") assert.equal(post?.link, link);
        else assert.equal(post?.text, `Clean water is a right.\n${link}`);
      },
    },
    {
      group,
      name: "only reads after the commit, and stays published when that fails",
      run: async (world) => {
        const actor = world.actor();
        const variant = await plain(world);
        const { answer } = await attempt(world, actor, variant, {}, () => {
          world.wire.cutOthers = true;
        });
        const result = await answer;
        world.wire.cutOthers = false;
        const { externalUrl } = await settled(world, actor, variant, result);
        assert.equal((await fetch(externalUrl)).status, 200);
        const { requests } = world.wire;
        const after = requests.slice(requests.findIndex(({ sending }) => sending) + 1);
        assert.deepEqual(
          after.filter(({ method }) => method !== "GET"),
          [],
        );
      },
    },
    {
      group,
      name: "sends nothing when the fence says no, and passes that on unchanged",
      run: async (world) => {
        const actor = world.actor();
        const variant = await plain(world);
        const lost = new Error("Fenced out");
        const call = actor.call({}, () => Promise.reject(lost));
        const ready = await prepared(world, variant, call);
        const error = await failure(
          actor,
          world.adapter.publish(variant, { ...call, ...(ready && { prepared: ready }) }),
        );
        assert.equal(error, lost);
        assert.deepEqual(
          world.wire.requests.filter(({ sending }) => sending),
          [],
        );
        assert.deepEqual(actor.posts(), []);
      },
    },
    {
      group,
      name: "stops at once when it is told to, without knowing the outcome",
      run: stopsAtOnce,
    },
  ];
}

async function stopsAtOnce(world: World): Promise<void> {
  const actor = world.actor();
  const stop = new AbortController();
  world.practice.setFault(world.adapter.platform, { fault: "slow", delayMs: 2000 });
  const { answer } = await attempt(world, actor, await plain(world), { signal: stop.signal });
  const isSent = () => world.wire.requests.some(({ sending, passedOn }) => sending && passedOn);
  await until("the publishing request", isSent);
  const stoppedAt = performance.now();
  stop.abort();
  await refusedAs("indeterminate", actor, answer);
  const tookMs = performance.now() - stoppedAt;
  assert.ok(tookMs < 200, `It took ${Math.round(tookMs)} ms to stop`);
  const { length } = world.practice.ledger(world.adapter.platform).data;
  const isThere = () => world.practice.ledger(world.adapter.platform).data.length > length;
  await until("what was sent, before the next check counts", isThere);
}
