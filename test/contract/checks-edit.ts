import assert from "node:assert/strict";
import { PublishError } from "../../src/adapters/contract/publish-error.ts";
import type { Variant } from "../../src/domain/post.ts";
import type { PracticePost } from "../../src/practice/kit.ts";
import { anyFile, type Check, carried, failure, plain, publishFully, refusedAs } from "./check.ts";
import { wrong } from "./checks-after.ts";
import { difficult } from "./checks-publish.ts";
import type { Actor, AnyAdapter, AnyCall, World } from "./world.ts";

const group = "edit";
const words = { text: "Clean water is a right, and here is why." };

/** The words of what is public already, changed where they stand. */
export function editChecks({ capabilities }: AnyAdapter): Check[] {
  if (!capabilities.edit) return [];
  return [...changeChecks(capabilities.link === "in_text"), fileCheck(), ...refusalChecks()];
}

function changeChecks(linkInText: boolean): Check[] {
  return [
    {
      group,
      name: "changes the text where it stands, and may be repeated",
      run: async (world) => {
        const actor = world.actor();
        const since = world.clock.now();
        const { externalId } = await publishFully(world, actor, await plain(world));
        const [before] = actor.posts();
        const published = ledger(world);
        for (let time = 0; time < 2; time++) {
          await edit(world, externalId, await plain(world, words), actor.call());
          const [after, ...others] = actor.posts();
          assert.deepEqual([after?.text, others], [words.text, []]);
          assert.deepEqual(after && butForWords(after), before && butForWords(before));
        }
        assert.equal(ledger(world), published);
        const read = (await world.adapter.recent?.(since, actor.call())) ?? [];
        assert.equal(read.length, world.adapter.recent ? 1 : 0);
        for (const post of read) assert.ok(post.text.endsWith(words.text), post.text);
      },
    },
    {
      group,
      name: "sends the new text as it was written",
      run: async (world) => {
        const actor = world.actor();
        const { externalId } = await publishFully(world, actor, await plain(world));
        const variant = await difficult(world);
        await edit(world, externalId, variant, actor.call());
        assert.deepEqual(
          actor.posts().map(({ text }) => text),
          [variant.text],
        );
      },
    },
    ...(linkInText ? [linkCheck()] : []),
  ];
}

function linkCheck(): Check {
  return {
    group,
    name: "takes the link along where it travels in the text",
    run: async (world) => {
      const actor = world.actor();
      const link = "https://example.org/petition?from=here&to=there";
      const { externalId } = await publishFully(world, actor, await plain(world));
      await edit(world, externalId, await plain(world, { ...words, link }), actor.call());
      assert.equal(actor.posts()[0]?.text, `${words.text}\n${link}`);
    },
  };
}

function fileCheck(): Check {
  return {
    group,
    name: "leaves the files and their alt texts, or says that such a post cannot be edited",
    run: async (world) => {
      const actor = world.actor();
      const variant = await withFiles(world);
      const { externalId } = await publishFully(world, actor, variant);
      const [before] = actor.posts();
      const answer = edit(world, externalId, { ...variant, ...words }, actor.call());
      const error = await answer.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      const [after, ...others] = actor.posts();
      assert.deepEqual([after?.media, others], [before?.media, []]);
      if (!error) return assert.equal(after?.text, words.text);
      assert.ok(error instanceof PublishError && error.kind === "invalid", String(error));
      assert.deepEqual([error.detail.code, after], ["not_editable", before]);
    },
  };
}

function refusalChecks(): Check[] {
  return [
    {
      group,
      name: "is refused by the platform where the new text is too long",
      run: async (world) => {
        const text = "a".repeat(world.adapter.capabilities.text.max + 1);
        await refused(world, "invalid", { text });
      },
    },
    {
      group,
      name: "says so when it was not allowed",
      run: async (world) => {
        await refused(world, "unauthorized", words, (actor) =>
          actor.call({ credentials: wrong(world, actor) }),
        );
      },
    },
    {
      group,
      name: "leaves another account's post alone",
      run: async (world) => {
        const [actor, other] = [world.actor(), world.actor()];
        const { externalId } = await publishFully(world, actor, await plain(world));
        const before = actor.posts();
        const error = await failure(other, edit(world, externalId, await plain(world, words), other.call()));
        assert.ok(error instanceof PublishError && ["invalid", "forbidden"].includes(error.kind));
        assert.deepEqual([actor.posts(), other.posts()], [before, []]);
      },
    },
    {
      group,
      name: "says that a deleted post is gone, and makes no new one",
      run: async (world) => {
        const actor = world.actor();
        const { externalId } = await publishFully(world, actor, await plain(world));
        await world.adapter.delete?.(externalId, actor.call());
        const answer = edit(world, externalId, await plain(world, words), actor.call());
        const { detail } = await refusedAs("invalid", actor, answer);
        assert.deepEqual([detail.code, actor.posts()], ["post_gone", []]);
      },
    },
  ];
}

async function refused(
  world: World,
  kind: PublishError["kind"],
  changes: Partial<Variant>,
  callOf = (actor: Actor): AnyCall => actor.call(),
): Promise<void> {
  const actor = world.actor();
  const { externalId } = await publishFully(world, actor, await plain(world));
  const before = [actor.posts(), ledger(world)];
  await refusedAs(kind, actor, edit(world, externalId, await plain(world, changes), callOf(actor)));
  assert.deepEqual([actor.posts(), ledger(world)], before);
}

/** How often anything was published, or tried to be: an edit is neither. */
function ledger({ adapter, practice }: World): number {
  return practice.ledger(adapter.platform).data.length;
}

/** With an alt text each where the platform has them. */
async function withFiles(world: World): Promise<Variant> {
  const { types, altTextMax } = world.adapter.capabilities.media;
  const kind = types.image ? "image" : "video";
  const file = await anyFile(world, kind, altTextMax > 0 ? "A well" : "");
  return plain(world, { media: await carried(world, [file]) });
}

async function edit({ adapter }: World, externalId: string, variant: Variant, call: AnyCall): Promise<void> {
  await adapter.edit?.(externalId, variant, call);
}

/** Some platforms mark what was edited, and keep the words as they were marked up. */
function butForWords({ text: _text, extra, ...post }: PracticePost): object {
  const { editedAt: _at, content: _content, markdown: _markdown, ...others } = extra;
  return { ...post, extra: others };
}
