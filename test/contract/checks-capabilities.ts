import assert from "node:assert/strict";
import { lengthOf, validate } from "../../src/adapters/contract/validate.ts";
import { anyFile, attempt, type Check, plain, publishFully, refusedAs } from "./check.ts";
import { type AnyAdapter, stored } from "./world.ts";

const group = "capabilities";

/** What an adapter says of its platform holds in our own rules and at the platform. */
export function capabilityChecks({ capabilities }: AnyAdapter): Check[] {
  const { text, media } = capabilities;
  return [
    {
      group,
      name: "are plain data",
      run: () => assert.deepEqual(stored(capabilities), capabilities),
    },
    {
      group,
      name: "have a function for what they say can be done to a post, and none for the rest",
      run: ({ adapter }) => {
        assert.equal(adapter.edit !== undefined, capabilities.edit);
        assert.equal(adapter.delete !== undefined, capabilities.delete);
      },
    },
    {
      group,
      name: "name hosts by origin, and a source for every limit and policy",
      run: ({ adapter }) => {
        for (const host of Object.values(adapter.hosts)) assert.equal(new URL(host).origin, host);
        for (const { source } of [...capabilities.budgets, capabilities.policy])
          assert.match(source, /^https:\/\//);
      },
    },
    {
      group,
      name: "accept a text of exactly the maximum, and so does the platform",
      run: async (world) => {
        const variant = await plain(world, { text: "a".repeat(text.max) });
        assert.equal(lengthOf(world.adapter, variant), text.max);
        assert.deepEqual(validate(world.adapter, variant), []);
        const actor = world.actor();
        await publishFully(world, actor, variant);
        assert.equal(actor.posts()[0]?.text, variant.text);
      },
    },
    {
      group,
      name: "refuse one character more, and so does the platform",
      run: async (world) => {
        const variant = await plain(world, { text: "a".repeat(text.max + 1) });
        assert.equal(validate(world.adapter, variant)[0]?.code, "text_too_long");
        const actor = world.actor();
        await refusedAs(
          "invalid",
          actor,
          attempt(world, actor, variant).then(({ answer }) => answer),
        );
        assert.deepEqual(actor.posts(), []);
      },
    },
    {
      group,
      name: "refuse one file too many",
      run: async (world) => {
        const [kind] = Object.keys(media.types) as ("image" | "video")[];
        if (!kind) return;
        const file = await anyFile(world, kind);
        const variant = await plain(world, { media: Array.from({ length: media.max + 1 }, () => file) });
        assert.equal(validate(world.adapter, variant)[0]?.code, "too_many_media");
      },
    },
    {
      group,
      name: "refuse an option they do not name",
      run: async (world) => {
        const variant = await plain(world);
        const issues = validate(world.adapter, {
          ...variant,
          options: { ...variant.options, unheardOf: true },
        });
        assert.equal(issues[0]?.code, "option_unknown");
      },
    },
  ];
}
