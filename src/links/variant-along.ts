import { changeText, type Said } from "../domain/link/change-text.ts";
import { changeFor, type Link } from "../domain/link/link.ts";
import { carryMentions } from "../domain/link/mentions.ts";
import type { Reach } from "../domain/link/spread.ts";
import type { Platform } from "../domain/platform.ts";
import type { Options } from "../domain/post.ts";
import { chosen } from "../publishing/chosen.ts";
import type { PostContent, VariantInput } from "../publishing/post-content.ts";
import type { World } from "../publishing/world.ts";
import type { LinkedAccount } from "./linked-account.ts";
import type { Sharing } from "./sharing.ts";

/** Where something is shared from: an account, or a feed, which has no platform. */
export interface Origin {
  readonly id: string;
  readonly platform: Platform | null;
  readonly handle: string;
}

/**
 * What one account gets of a post that reaches it along links. What its author wrote for that account or platform stays
 * as it was written. Pure.
 * @param first what the source says
 */
export function variantAlong(
  { adapters }: Pick<World, "adapters">,
  sharing: Sharing,
  content: PostContent,
  { origin, first }: { readonly origin: Origin; readonly first: Said },
  reach: Reach<Link>,
): VariantInput {
  const target = there(sharing, reach.accountId);
  const { text, link, options } = wordsAlong({ adapters }, sharing, { origin, first }, reach);
  const platform = content.variants[target.platform];
  const own = content.variants[target.id];
  const source = { id: origin.id, platform: origin.platform ?? "" };
  const thread = chosen(content, source, "thread").value;
  const comment = chosen(content, source, "firstComment").value;
  const say = (words: string) => mentionAlong(sharing, origin, words, reach);
  return {
    ...(platform?.text === undefined && { text }),
    ...(platform?.link === undefined && { link }),
    ...(platform?.thread === undefined && {
      thread: thread.map((part) => ({ ...part, text: say(part.text) })),
    }),
    ...(platform?.firstComment === undefined && { firstComment: comment === null ? null : say(comment) }),
    ...own,
    options: { ...options, ...platform?.options, ...own?.options },
  };
}

/** Further parts and comments keep their words; whom they mention has another handle there. */
function mentionAlong(sharing: Sharing, origin: Origin, words: string, { path }: Reach<Link>): string {
  return path.reduce(
    (said, { from, to }) =>
      carryMentions(said, at(sharing, origin, from).platform, there(sharing, to).platform, sharing.people),
    words,
  );
}

/**
 * Each link on the way changes what the one before it made. Options are those that the platform has, for some are given
 * for all targets. Pure.
 */
export function wordsAlong(
  { adapters }: Pick<World, "adapters">,
  sharing: Sharing,
  { origin, first }: { readonly origin: Origin; readonly first: Said },
  { accountId, path }: Reach<Link>,
): Said & { readonly options: Options } {
  let said: Said & { readonly options: Options } = { ...first, options: {} };
  for (const hop of path) {
    const [from, to] = [at(sharing, origin, hop.from), there(sharing, hop.to)];
    const changed = changeText(said, changeFor(hop.link.transform, to), { from, to, people: sharing.people });
    said = { ...first, ...changed };
  }
  const { options } = adapters[there(sharing, accountId).platform].capabilities;
  const known = new Set(options.map(({ name }) => name));
  const given = Object.entries(said.options).filter(([name]) => known.has(name));
  return { ...said, options: Object.fromEntries(given) };
}

function at(sharing: Sharing, origin: Origin, id: string): Origin {
  return id === origin.id ? origin : there(sharing, id);
}

function there({ accounts }: Sharing, id: string): LinkedAccount {
  return accounts.get(id) as LinkedAccount;
}
