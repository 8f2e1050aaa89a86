import type { Adapter } from "../adapters/contract/adapter.ts";
import type { LinkTransform } from "../domain/link/link.ts";
import type { Platform } from "../domain/platform.ts";
import type { Options } from "../domain/post.ts";
import type { RefusalIssue } from "../domain/refusal.ts";
import type { LinkedAccount } from "./linked-account.ts";

type Adapters = Readonly<Record<Platform, Adapter<never>>>;

/**
 * Options that no platform has which they are for: misspelt, they would keep out everything that comes along the link.
 * One for all targets needs one of them that has it.
 * @param reached the accounts that the link leads to
 */
export function optionIssues(
  { byTarget = {}, options = {} }: LinkTransform,
  reached: readonly LinkedAccount[],
  adapters: Adapters,
): RefusalIssue[] {
  const platforms = new Set(reached.map(({ platform }) => platform));
  const shared = unknownIn(
    options,
    [...platforms].map((platform) => adapters[platform]),
  );
  const own = Object.entries(byTarget).flatMap(([key, { options: given = {} }]) => {
    const platform = reached.find(({ id }) => id === key)?.platform ?? (key as Platform);
    return unknownIn(given, [adapters[platform]], `/byTarget/${key}`);
  });
  return [...shared, ...own];
}

function unknownIn(options: Options, adapters: readonly Adapter<never>[], below = ""): RefusalIssue[] {
  const known = new Set(adapters.flatMap(({ capabilities }) => capabilities.options.map(({ name }) => name)));
  const unknown = Object.keys(options).filter((name) => !known.has(name));
  return unknown.map((name) => ({
    pointer: `/transform${below}/options/${name}`,
    code: "option_unknown",
    message: `is not an option there: ${adapters.map(optionsOf).join("; ")}`,
  }));
}

function optionsOf({ displayName, capabilities: { options } }: Adapter<never>): string {
  return `${displayName} has ${options.map(({ name }) => name).join(", ") || "none"}`;
}
