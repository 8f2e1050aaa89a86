import type { Adapter } from "../adapters/contract/adapter.ts";
import { changeFor, type Link, reachedBy } from "../domain/link/link.ts";
import type { Platform } from "../domain/platform.ts";
import type { LinkedAccount } from "./linked-account.ts";
import { fillOptions } from "./mirror/fill-options.ts";

/** What keeps things from an account that the link leads to. */
export interface LinkWarning {
  readonly accountId: string;
  readonly code: "option_missing";
  readonly message: string;
}

type Adapters = Readonly<Record<Platform, Adapter<never>>>;

/** Whom a link cannot bring what is posted outside, since their platform needs an option that nothing gives it. */
export function missingOptions(
  link: Pick<Link, "mirror" | "source" | "targets" | "bothWays" | "transform">,
  accounts: ReadonlyMap<string, LinkedAccount>,
  adapters: Adapters,
): LinkWarning[] {
  if (!link.mirror) return [];
  return reachedBy(link).flatMap((id) => {
    const account = accounts.get(id);
    return account ? missingFor(account, link.transform, adapters[account.platform]) : [];
  });
}

/** As good as anything that comes along has. */
const some = { text: "Something", url: "https://example.org/", title: null, language: null };

function missingFor(
  account: LinkedAccount,
  transform: Link["transform"],
  adapter: Adapter<never>,
): LinkWarning[] {
  const { options: given = {} } = changeFor(transform, account);
  const options = fillOptions(adapter, { text: some.text, options: given }, some);
  // What is set for an account hides what is set for its platform.
  const key = transform.byTarget?.[account.id]?.options ? account.id : account.platform;
  return adapter.capabilities.options
    .filter(({ name, required }) => required && options[name] === undefined)
    .map(({ name }) => ({
      accountId: account.id,
      code: "option_missing",
      message: `${adapter.displayName} needs the option ${name}, and ${account.handle} has none: what comes along this link is left out there. Give it as transform.byTarget.${key}.options.${name}`,
    }));
}
