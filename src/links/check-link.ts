import { placeholders } from "../domain/link/change-text.ts";
import { isFeed, type Link, reachedBy, type TextChange } from "../domain/link/link.ts";
import { Refusal, type RefusalIssue } from "../domain/refusal.ts";
import type { World } from "../publishing/world.ts";
import { optionIssues } from "./check-options.ts";
import type { LinkedAccount } from "./linked-account.ts";

/** What of a link can be wrong. */
export type CheckedLink = Pick<
  Link,
  "source" | "targets" | "bothWays" | "transform" | "activeFrom" | "activeTo"
>;

/**
 * A link must lead somewhere else, between accounts that the workspace has, with options that platforms have.
 * @param accounts of the workspace, by id. Another workspace's do not exist here
 * @throws Refusal `invalid_request`, `unknown_account`, `account_disconnected`
 */
export function checkLink(
  link: CheckedLink,
  accounts: ReadonlyMap<string, LinkedAccount>,
  adapters: World["adapters"],
): void {
  const { source, targets, bothWays, transform, activeFrom, activeTo } = link;
  const places = targets.map((id, index) => [`/targets/${index}`, id]);
  const ends = isFeed(source) ? places : [["/source", source], ...places];
  if (isFeed(source) && bothWays)
    refuse([issue("/bothWays", "invalid_value", "is not possible: nothing can be posted in a feed")]);
  refuse(ends.flatMap(([pointer = "", id = ""]) => accountIssues(accounts.get(id), pointer)));
  if (activeFrom && activeTo && activeFrom >= activeTo)
    refuse([issue("/activeTo", "invalid_value", "is before `activeFrom`: nothing would ever be shared")]);
  const itself = targets.indexOf(source);
  if (itself >= 0)
    refuse([
      issue(`/targets/${itself}`, "link_to_itself", "is the source itself: a link leads to other accounts"),
    ]);
  const { byTarget = {}, ...shared } = transform;
  const reached = reachedBy(link);
  refuse(changeIssues(shared, "/transform"));
  refuse(
    Object.entries(byTarget).flatMap(([key, change]) => changeIssues(change, `/transform/byTarget/${key}`)),
  );
  const strangers = Object.keys(byTarget).filter((key) => key.startsWith("acc_") && !reached.includes(key));
  refuse(
    strangers.map((key) => issue(`/transform/byTarget/${key}`, "invalid_value", "is not one of `targets`")),
  );
  const there = reached.flatMap((id) => accounts.get(id) ?? []);
  refuse(optionIssues(transform, there, adapters));
}

function accountIssues(account: LinkedAccount | undefined, pointer: string): RefusalIssue[] {
  if (!account)
    return [issue(pointer, "unknown_account", "There is no such account: `GET /v1/accounts` lists them")];
  if (account.state !== "disconnected") return [];
  return [issue(pointer, "account_disconnected", `${account.handle} was disconnected`)];
}

/** A misspelt placeholder would be published as it is; one that stands there twice says everything twice. */
function changeIssues(change: TextChange, pointer: string): RefusalIssue[] {
  const { text = "", append = "", options = {} } = change;
  const templates = [
    ["text", text],
    ...Object.entries(options).map(([name, value]) => [`options/${name}`, value]),
  ];
  const literal = placeholders.find((word) => append.includes(`{${word}}`));
  if (literal)
    return [
      issue(
        `${pointer}/append`,
        "unknown_placeholder",
        `is put there as it is: {${literal}} belongs in \`text\``,
      ),
    ];
  return templates.flatMap(([name, value]) => {
    const found =
      typeof value === "string" ? [...value.matchAll(/\{(\w+)\}/g)].map(([, word = ""]) => word) : [];
    const unknown = found.find((word) => !(placeholders as readonly string[]).includes(word));
    const at = `${pointer}/${String(name)}`;
    const known = placeholders.map((word) => `{${word}}`).join(", ");
    if (unknown !== undefined) return [issue(at, "unknown_placeholder", `knows ${known}, not {${unknown}}`)];
    const twice = found.find((word, index) => found.indexOf(word) < index);
    return twice === undefined ? [] : [issue(at, "repeated_placeholder", `has {${twice}} more than once`)];
  });
}

function issue(pointer: string, code: string, message: string): RefusalIssue {
  return { pointer, code, message };
}

function refuse(issues: readonly RefusalIssue[]): void {
  const [first] = issues;
  if (!first) return;
  const code =
    first.code === "unknown_account" || first.code === "account_disconnected"
      ? first.code
      : "invalid_request";
  throw new Refusal(code, `${first.pointer}: ${first.message}.`, { issues });
}
