import type { Adapter } from "../adapters/contract/adapter.ts";
import { validate } from "../adapters/contract/validate.ts";
import { changeFor, type Link, reachedBy } from "../domain/link/link.ts";
import type { Platform } from "../domain/platform.ts";
import type { LinkedAccount } from "./linked-account.ts";
import { fillOptions } from "./mirror/fill-options.ts";

/** What keeps things from an account that the link leads to. */
export interface LinkWarning {
  readonly accountId: string;
  /** `option_missing`, or what else is wrong with an option. */
  readonly code: string;
  readonly message: string;
}

type Adapters = Readonly<Record<Platform, Adapter<never>>>;

/** Whom a link cannot bring what is posted outside, since their platform needs an option that nothing gives it, or takes another. */
export function optionWarnings(
  link: Pick<Link, "mirror" | "source" | "targets" | "bothWays" | "transform">,
  accounts: ReadonlyMap<string, LinkedAccount>,
  adapters: Adapters,
): LinkWarning[] {
  if (!link.mirror) return [];
  return reachedBy(link).flatMap((id) => {
    const account = accounts.get(id);
    return account ? warningsFor(account, link.transform, adapters[account.platform]) : [];
  });
}

/** As good as anything that comes along has. */
const some = { text: "Something", url: "https://example.org/", title: null, language: null };

function warningsFor(
  account: LinkedAccount,
  transform: Link["transform"],
  adapter: Adapter<never>,
): LinkWarning[] {
  const { options: given = {} } = changeFor(transform, account);
  const known = new Set(adapter.capabilities.options.map(({ name }) => name));
  const own = Object.fromEntries(Object.entries(given).filter(([name]) => known.has(name)));
  const options = fillOptions(adapter, { text: some.text, options: own }, some);
  // What is set for an account hides what is set for its platform.
  const key = transform.byTarget?.[account.id]?.options ? account.id : account.platform;
  return validate(adapter, { role: "post", text: some.text, link: null, media: [], options }).flatMap(
    ({ code, field, severity, message }) => {
      const [, name] = /^options\/(.+)$/.exec(field) ?? [];
      if (severity !== "error" || name === undefined || isFilledIn(given[name])) return [];
      const said =
        code === "option_missing"
          ? `${adapter.displayName} needs the option ${name}, and ${account.handle} has none: what comes along this link is left out there. Give it as transform.byTarget.${key}.options.${name}`
          : `${message}: what comes along this link is left out there`;
      return { accountId: account.id, code, message: said };
    },
  );
}

/** What becomes of it depends on what comes along. */
function isFilledIn(value: unknown): boolean {
  return typeof value === "string" && value.includes("{");
}
