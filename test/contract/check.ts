import assert from "node:assert/strict";
import { inspect } from "node:util";
import type { Pending, Prepared, Published } from "../../src/adapters/contract/adapter.ts";
import { PublishError } from "../../src/adapters/contract/publish-error.ts";
import type { PublishErrorKind } from "../../src/domain/decide.ts";
import type { MediaKind, Variant } from "../../src/domain/post.ts";
import { type Actor, type AnyAdapter, type AnyCall, prepared, type World } from "./world.ts";

/** One promise every adapter has to keep. A plain function that throws, so that broken adapters can be held against it. */
export interface Check {
  readonly group: string;
  readonly name: string;
  run(world: World): Promise<void> | void;
}

/** The shortest variant the platform takes: with a file where it must have one, and its required options. */
export async function plain(world: World, changes: Partial<Variant> = {}): Promise<Variant> {
  const { media, options } = world.adapter.capabilities;
  const kind: MediaKind = media.types.image && !media.types.image.beside ? "image" : "video";
  return {
    role: "post",
    text: "Clean water is a right.",
    link: null,
    media: media.required && changes.role === undefined ? [await anyFile(world, kind)] : [],
    options: Object.fromEntries(
      options.filter((rule) => rule.required).map((rule) => [rule.name, rule.values?.[0] ?? "Clarion"]),
    ),
    ...changes,
  };
}

/** A file of the first type of this kind that the platform takes. */
export async function anyFile(
  world: World,
  kind: MediaKind,
  altText = "",
): Promise<Variant["media"][number]> {
  const limit = world.adapter.capabilities.media.types[kind];
  for (const mimeType of limit?.mimeTypes ?? []) {
    const media = limit && (await world.shelf.make(kind, mimeType, limit, altText));
    if (media) return media;
  }
  throw new Error(`Cannot make a ${kind} for ${world.adapter.displayName}`);
}

/** Files as a post may carry them: with the one they go beside, where they are never alone. */
export async function carried(
  world: World,
  files: readonly Variant["media"][number][],
): Promise<Variant["media"]> {
  const beside = files[0] && world.adapter.capabilities.media.types[files[0].kind]?.beside;
  return beside ? [await anyFile(world, beside), ...files] : files;
}

/** Prepares, publishes, and follows the post until it is public. */
export async function publishFully(
  world: World,
  actor: Actor,
  variant: Variant,
  changes: Partial<AnyCall> = {},
): Promise<Published> {
  const { answer } = await attempt(world, actor, variant, changes);
  return settled(world, actor, variant, await answer);
}

/** Prepares, then starts to publish. `break` runs in between. */
export async function attempt(
  world: World,
  actor: Actor,
  variant: Variant,
  changes: Partial<AnyCall> = {},
  breakIt: () => void = () => {},
): Promise<{ answer: Promise<Published | Pending>; ready: Prepared | undefined }> {
  const call = actor.call(changes);
  const ready = await prepared(world, variant, call);
  breakIt();
  const answer = world.adapter.publish(variant, { ...call, ...(ready && { prepared: ready }) });
  answer.catch(() => {}); // looked at later
  return { answer, ready };
}

export async function settled(
  world: World,
  actor: Actor,
  variant: Variant,
  first: Published | Pending,
): Promise<Published> {
  let result: Awaited<ReturnType<AnyAdapter["reconcile"]>> = first;
  for (let round = 0; result.state === "pending" && round < 100; round++) {
    world.clock.advance(result.checkAfterMs);
    result = await world.adapter.reconcile(actor.question(variant, { handle: result.handle }), actor.call());
  }
  assert.equal(result.state, "published");
  return result as Published;
}

/**
 * What a promise rejected with.
 * @throws when it did not, and when the error carries a credential anywhere
 */
export async function failure(actor: Actor, answer: Promise<unknown>): Promise<Error> {
  const error = await answer.then(
    (value) => assert.fail(`Expected a refusal, got ${inspect(value)}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error, `Expected an Error, got ${inspect(error)}`);
  const everything = `${inspect(error, { depth: 20, showHidden: true })} ${JSON.stringify(error)} ${error.stack}`;
  for (const [name, secret] of Object.entries(actor.identity.credentials))
    if (secret.length >= 16) assert.ok(!everything.includes(secret), `The error carries the ${name}`);
  return error;
}

/** As `failure`, for an error the engine can act on. */
export async function refusedAs(
  kind: PublishErrorKind,
  actor: Actor,
  answer: Promise<unknown>,
): Promise<PublishError> {
  const error = await failure(actor, answer);
  assert.ok(error instanceof PublishError, `Expected a PublishError, got ${inspect(error)}`);
  assert.equal(error.kind, kind, inspect(error));
  assert.ok(error.message.length > 0 && error.message.length < 300, "The message is for a person to read");
  return error;
}
