import type { Adapter } from "../../adapters/contract/adapter.ts";
import type { OptionRule } from "../../adapters/contract/capabilities.ts";
import { titleOf } from "../../domain/link/change-text.ts";
import { shorten } from "../../domain/link/shorten.ts";
import type { Options } from "../../domain/post.ts";

/** What an original has that is not in its words. */
export interface Original {
  readonly url: string;
  readonly title: string | null;
  readonly language: string | null;
}

const longestTitle = 200;

/**
 * The options that a link gave, and besides them its language, and a title where the platform cannot be without one.
 */
export function fillOptions(
  { capabilities }: Adapter<never>,
  { text, options }: { readonly text: string; readonly options: Options },
  original: Original,
): Options {
  const missing = capabilities.options.filter(({ name }) => options[name] === undefined);
  const found = missing.map((rule) => [rule.name, valueFor(rule, text, original)] as const);
  const filled = found.filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(filled), ...options } as Options;
}

function valueFor(
  { name, required, maxLength = longestTitle }: OptionRule,
  text: string,
  { title, language }: Original,
): Options[string] | undefined {
  if (name === "title" && required) return titleWithin(title ?? titleOf(text), maxLength);
  if (name === "language" && language !== null) return language;
  if (name === "languages" && language !== null) return [language];
  return undefined;
}

function titleWithin(title: string, max: number): string | undefined {
  const short = shorten(title, (words) => words.length <= max) || title.slice(0, max);
  return short === "" ? undefined : short;
}
