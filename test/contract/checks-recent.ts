import assert from "node:assert/strict";
import type { SourcePost } from "../../src/adapters/contract/source-post.ts";
import type { Variant } from "../../src/domain/post.ts";
import { anyFile, type Check, carried, plain, publishFully } from "./check.ts";
import { difficult } from "./checks-publish.ts";
import type { Actor, AnyAdapter, World } from "./world.ts";

const hourMs = 60 * 60_000;

/** What an account posted itself, and how much it may still send. */
export function recentChecks({ recent, readBudget, capabilities }: AnyAdapter): Check[] {
  const { thread, firstComment, media, options } = capabilities;
  const role = thread ? "reply" : firstComment ? "comment" : undefined;
  return [
    ...(recent ? postChecks(options.some(({ name }) => name === "title")) : []),
    ...(recent && media.types.image ? [pictureCheck()] : []),
    ...(recent && role ? [answerCheck(role)] : []),
    ...(readBudget ? budgetChecks() : []),
  ];
}

const group = "recent";

function postChecks(hasTitle: boolean): Check[] {
  return [
    {
      group,
      name: "has what was posted, as people see it",
      run: async (world) => {
        const link = "https://example.org/petition?a=1&b=2";
        for (const variant of [await plain(world), await difficult(world), await plain(world, { link })]) {
          const actor = world.actor();
          const { since, published } = await posted(world, actor, variant);
          const [post, ...others] = await read(world, actor, since);
          assert.deepEqual(others, []);
          assert.equal(post?.externalId, published.externalId);
          const [shown] = actor.posts();
          // Without one it may lead to its own page; a card of a link that stands in the text says nothing more.
          if (shown?.link && !post?.text.includes(shown.link)) assert.equal(post?.link, shown.link);
          if (hasTitle)
            // the title stands above it
            assert.equal(asRead(post?.text).slice(-asRead(shown?.text).length), asRead(shown?.text));
          else assert.equal(post?.text, shown?.text);
          assert.equal(post?.media.length, handedOut(variant, post));
          assert.deepEqual([post?.isReply, post?.isRepost], [false, false]);
          assert.equal((await fetch(post?.externalUrl ?? "")).status, 200);
        }
      },
    },
    {
      group,
      name: "has only what was posted since, newest first, with its time",
      run: async (world) => {
        const actor = world.actor();
        await posted(world, actor, await plain(world, { text: "An old post" }), "the old one");
        world.clock.advance(hourMs);
        const { since } = await posted(world, actor, await plain(world, { text: "One" }), "the first");
        world.clock.advance(hourMs);
        await posted(world, actor, await plain(world, { text: "Another" }), "the second");
        const posts = await read(world, actor, since);
        const texts = posts.map(({ text }) => text);
        assert.equal(texts.length, 2);
        assert.match(texts[0] ?? "", hasTitle ? /Another$/ : /^Another$/);
        assert.match(texts[1] ?? "", hasTitle ? /One$/ : /^One$/);
        for (const { createdAt } of posts) {
          assert.ok(createdAt.getTime() >= since.getTime() - 1000, "older than was asked for"); // to the second
          assert.ok(createdAt <= world.clock.now(), "from the future");
        }
      },
    },
    {
      group,
      name: "is empty for an account without posts",
      run: async (world) => {
        const actor = world.actor();
        assert.deepEqual(await read(world, actor, new Date(world.clock.now().getTime() - hourMs)), []);
        assert.deepEqual(await read(world, actor, new Date(0)), []);
      },
    },
  ];
}

function pictureCheck(): Check {
  return {
    group,
    name: "has the files, where they can be fetched, with their alt texts",
    run: async (world) => {
      const actor = world.actor();
      const { altTextMax, altTextPerPost, max } = world.adapter.capabilities.media;
      const altTexts = max > 1 ? ["A well", 'A "girl" <at> it & smiling'] : ["A well"];
      const files = await Promise.all(
        altTexts.map((text) => anyFile(world, "image", altTextMax > 0 ? text : "")),
      );
      const media = await carried(world, files);
      const { since } = await posted(world, actor, await plain(world, { media }));
      const [post] = await read(world, actor, since);
      const given = post?.media.filter(({ kind }) => kind === "image") ?? [];
      if (post?.link && given.length === 0) return; // it gives no files out
      assert.equal(given.length, files.length);
      const said = given.map(({ altText }) => altText);
      if (altTextPerPost) for (const { altText } of files) assert.ok(said.join("\n").includes(altText));
      else
        assert.deepEqual(
          said,
          files.map(({ altText }) => altText),
        );
      for (const { url } of post?.media ?? []) {
        const file = await fetch(url ?? "");
        assert.equal(file.status, 200);
        await file.body?.cancel();
      }
    },
  };
}

function answerCheck(role: Variant["role"]): Check {
  return {
    group,
    name: "leaves answers out, or says that they are some",
    run: async (world) => {
      const actor = world.actor();
      const { since, published } = await posted(world, actor, await plain(world), "the root");
      const parent = { externalId: published.externalId, rootExternalId: published.externalId };
      world.clock.advance(world.adapter.capabilities.settleMs); // some take no answer to what is quite fresh
      const answer = await plain(world, { role, text: "And this is what you can do." });
      const { externalId } = await publishFully(world, actor, answer, { parent });
      const posts = await read(world, actor, since);
      assert.ok(posts.some((post) => post.externalId === published.externalId));
      for (const post of posts) assert.equal(post.isReply, post.externalId === externalId);
    },
  };
}

const oddities = [
  ...["", " ", "0", "1", "-1", "1.5", "NaN", "null", "true", "soon", "1e400", "9".repeat(40), "100, 100"],
  ...[
    "[]",
    "{}",
    "[null]",
    '{"a":[null]}',
    '{"a":[{"type":"x"}]}',
    '{"call_count":"all"}',
    '{"call_count":1e400}',
  ],
  ...[
    "2026-99-99T00:00:00Z",
    "+275760-09-13T00:00:00.001Z",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "\u0000",
    "{".repeat(1000),
  ],
];

function budgetChecks(): Check[] {
  return [
    {
      group: "budget",
      name: "is not made up where no header tells of it",
      run: ({ adapter, clock }) => {
        const headers = new Headers({ "content-type": "application/json", date: clock.now().toUTCString() });
        assert.deepEqual(adapter.readBudget?.(headers, clock.now()), []);
      },
    },
    {
      group: "budget",
      name: "is a number and a time, or nothing, whatever the headers hold",
      run: ({ adapter, clock }) => {
        for (const oddity of oddities)
          for (const reading of adapter.readBudget?.({ get: () => oddity }, clock.now()) ?? []) {
            assert.ok(Number.isFinite(reading.remaining) && reading.remaining >= 0, oddity);
            assert.ok(Number.isFinite(reading.resetMs) && reading.resetMs >= 0, oddity);
          }
      },
    },
  ];
}

async function posted(world: World, actor: Actor, variant: Variant, deliveryKey = "the only one") {
  const since = world.clock.now();
  return { since, published: await publishFully(world, actor, variant, { deliveryKey }) };
}

/** What it says, once it is certain that it only asked. */
async function read(world: World, actor: Actor, since: Date): Promise<readonly SourcePost[]> {
  await world.adapter.recent?.(since, actor.call()); // where a password is traded for a session, that is done now
  const before = world.wire.requests.length;
  const posts = (await world.adapter.recent?.(since, actor.call())) ?? [];
  const methods = world.wire.requests.slice(before).map(({ method }) => method);
  assert.ok(methods.length > 0, "It did not ask");
  assert.deepEqual(
    methods.filter((method) => method !== "GET"),
    [],
  );
  return posts;
}

/** Some platforms give no file of a video out: then the link leads to it. */
function handedOut(variant: Variant, post: SourcePost | undefined): number {
  const keepsItsVideos = post?.link !== null && post?.media.length === 0;
  return variant.media.filter(({ kind }) => !(kind === "video" && keepsItsVideos)).length;
}

/** Some shorten addresses where a post is read back, or set its quotation marks as printers do. */
function asRead(text = ""): string {
  return text
    .replaceAll(/https?:\/\/\S+/g, "https://…")
    .replaceAll(/[“”]/g, '"')
    .replaceAll(/[‘’]/g, "'");
}
