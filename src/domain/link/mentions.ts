import type { Platform } from "../platform.ts";

/** Somebody who is mentioned on several platforms. */
export interface Person {
  /** In words, for where they have no account. */
  readonly name: string;
  /** Their handles, without the leading `@`. */
  readonly handles: Readonly<Partial<Record<Platform, string>>>;
}

// `@name`, `@name.example.org` and `@name@example.org`, but no e-mail address.
const mention =
  /(?<![\p{L}\p{N}_@/.+-])@([\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?(?:@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)?)/gu;

/**
 * A handle names somebody else, or nobody, on another platform: one that is known there is changed to theirs, any other
 * becomes a plain name.
 * @param from null: a feed, where nobody has a handle
 */
export function carryMentions(
  text: string,
  from: Platform | null,
  to: Platform,
  people: readonly Person[],
): string {
  if (from === to) return text;
  return text.replace(mention, (_, handle: string) => {
    const person = people.find(
      ({ handles }) => from !== null && handles[from]?.toLowerCase() === handle.toLowerCase(),
    );
    if (!person) return handle.split("@")[0] ?? handle;
    const there = person.handles[to];
    return there === undefined ? person.name : `@${there}`;
  });
}
