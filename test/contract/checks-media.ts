import assert from "node:assert/strict";
import { bytesWithPost } from "../../src/adapters/contract/bytes-with-post.ts";
import { validate } from "../../src/adapters/contract/validate.ts";
import type { MediaKind } from "../../src/domain/post.ts";
import { type Check, carried, plain, publishFully } from "./check.ts";
import { type AnyAdapter, prepared, stored } from "./world.ts";

/** Every type of file that is declared can be published, and what is made beforehand stays out of sight. */
export function mediaChecks(adapter: AnyAdapter): Check[] {
  const prepares = adapter.prepare ? prepareChecks() : [];
  return [...typeChecks(adapter), ...fullChecks(adapter), ...weightChecks(adapter), ...prepares];
}

function typeChecks({ capabilities }: AnyAdapter): Check[] {
  const hasAltText = capabilities.media.altTextMax > 0;
  return Object.entries(capabilities.media.types).flatMap(
    ([kind, limit]) =>
      limit.mimeTypes.map((mimeType) => ({
        group: "media",
        name: `publishes ${mimeType}${kind === "image" && hasAltText ? " with its alt text" : ""}`,
        run: async (world) => {
          const altText = hasAltText ? 'A "girl" fills a bucket <at> the well & smiles' : "";
          const file = await world.shelf.make(kind as MediaKind, mimeType, limit, altText);
          if (!file) return; // a type we cannot make here
          const variant = await plain(world, { media: await carried(world, [file]) });
          assert.deepEqual(validate(world.adapter, variant), []);
          const actor = world.actor();
          const { externalUrl } = await publishFully(world, actor, variant);
          const shownMedia = actor.posts()[0]?.media ?? [];
          assert.equal(shownMedia.length, variant.media.length);
          const [media] = shownMedia.filter((item) => item.kind === kind);
          assert.equal(media?.kind, kind);
          const shown = await fetch(media?.url ?? "");
          assert.equal(shown.status, 200);
          await shown.body?.cancel();
          if (kind !== "image" || !hasAltText) return;
          assert.equal(media?.altText, altText);
          const page = await (await fetch(externalUrl)).text();
          assert.match(page, /alt="A &quot;girl&quot; fills a bucket &lt;at&gt; the well &amp; smiles"/);
        },
      })) satisfies Check[],
  );
}

function fullChecks({ capabilities: { media: rules } }: AnyAdapter): Check[] {
  const limit = rules.types.image;
  if (!limit || rules.max < 2) return [];
  return [
    {
      group: "media",
      name: "publishes as many pictures as it declares, in their order",
      run: async (world) => {
        const descriptions = Array.from(
          { length: limit.max ?? rules.max },
          (_, index) => `Picture ${index + 1}`,
        );
        const files = await Promise.all(
          descriptions.map((text) =>
            world.shelf.make("image", limit.mimeTypes[0] ?? "", limit, rules.altTextMax > 0 ? text : ""),
          ),
        );
        const actor = world.actor();
        const media = await carried(
          world,
          files.flatMap((file) => file ?? []),
        );
        await publishFully(world, actor, await plain(world, { media }));
        const shown = (actor.posts()[0]?.media ?? []).filter(({ kind }) => kind === "image");
        assert.equal(shown.length, descriptions.length);
        if (rules.altTextMax === 0) return;
        const said = shown.map(({ altText }) => altText);
        if (rules.altTextPerPost) assert.match(said.join("\n"), new RegExp(descriptions.join(".*"), "s"));
        else assert.deepEqual(said, descriptions);
      },
    },
  ];
}

/** Text, options and the form around the files. */
const besideBytes = 8000;

function weightChecks({ capabilities: { media: rules } }: AnyAdapter): Check[] {
  return Object.entries(rules.types).map(([kind, limit]) => ({
    group: "media",
    name: `says whether its publishing request carries a ${kind}'s bytes`,
    run: async (world) => {
      const file = await world.shelf.make(kind as MediaKind, limit.mimeTypes[0] ?? "", limit, "", "heavy");
      if (!file) return;
      const variant = await plain(world, { media: await carried(world, [file]) });
      await publishFully(world, world.actor(), variant);
      const sent = world.wire.requests.filter(({ sending }) => sending);
      const bytes = sent.reduce((sum, request) => sum + request.bytes, 0);
      const declared = bytesWithPost(rules, variant.media);
      assert.ok(bytes >= declared && bytes < declared + besideBytes, `${bytes} bytes, declared ${declared}`);
    },
  }));
}

const yearMs = 365 * 24 * 60 * 60_000;
/** What is made first ages while the rest is worked on; deliveries are planned with twice as much in hand. */
const pollingMs = 5 * 60_000;

function prepareChecks(): Check[] {
  const group = "prepare";
  return [
    {
      group,
      name: "makes nothing public, and gives what can be stored and shown",
      run: async (world) => {
        const actor = world.actor();
        const variant = await withPicture(world);
        const answer = await prepared(world, variant, actor.call());
        assert.deepEqual(actor.posts(), []);
        assert.ok(answer);
        const livesMs = Date.parse(answer.expiresAt) - world.clock.now().getTime();
        const { preparedLifeMs = yearMs } = world.adapter;
        assert.ok(livesMs > preparedLifeMs - pollingMs, `It lives ${livesMs} ms, declared ${preparedLifeMs}`);
        for (const value of Object.values(answer.values)) assert.equal(typeof value, "string");
        for (const secret of Object.values(actor.identity.credentials))
          assert.ok(secret.length < 16 || !JSON.stringify(answer).includes(secret), "It holds a credential");
      },
    },
    {
      group,
      name: "may be repeated after its answer was lost",
      run: async (world) => {
        const actor = world.actor();
        const variant = await withPicture(world);
        await prepared(world, variant, actor.call());
        await publishFully(world, actor, variant);
        assert.equal(actor.posts().length, 1);
      },
    },
    {
      group,
      name: "leaves alone what is ready",
      run: async (world) => {
        const actor = world.actor();
        const variant = await withPicture(world);
        const ready = await prepared(world, variant, actor.call());
        const again = await world.adapter.prepare?.(variant, {
          ...actor.call(),
          ...(ready && { soFar: ready }),
        });
        assert.equal(again?.pollAfterMs, undefined);
        assert.deepEqual(stored(again), ready);
        assert.deepEqual(actor.posts(), []);
      },
    },
  ];
}

async function withPicture(world: Parameters<typeof plain>[0]): ReturnType<typeof plain> {
  const limit = world.adapter.capabilities.media.types.image;
  const file = limit && (await world.shelf.make("image", limit.mimeTypes[0] ?? "", limit, "A well"));
  return plain(world, file ? { media: await carried(world, [file]) } : {});
}
