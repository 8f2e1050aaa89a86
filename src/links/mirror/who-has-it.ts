import { arrivedAt, recentPosts, sameWords } from "../../db/arrivals.ts";
import type { LinkRow } from "../../db/links.ts";
import type { TakenItem } from "../../db/source-items.ts";
import { isSameAgain, type Trace } from "../../domain/link/same-again.ts";
import type { Reach } from "../../domain/link/spread.ts";
import type { World } from "../../publishing/world.ts";
import type { Foreign } from "./look-first.ts";
import { originKey, traceOf } from "./origin.ts";

/** The same words and pictures within this time are the same thing coming back. */
const sameAgainDays = 7;

/**
 * @param seen what these accounts show that did not come from here
 * @returns those that have this very thing, and those that had the same lately by its words and looks: unless a person
 *   wants it there all the same
 */
export async function whoHasIt(
  { db }: Pick<World, "db">,
  item: TakenItem,
  reached: readonly Reach<LinkRow>[],
  trace: Trace,
  seen: readonly Foreign[],
): Promise<{ readonly there: ReadonlySet<string>; readonly same: ReadonlySet<string> }> {
  const ids = reached.map(({ accountId }) => accountId);
  const there = await arrivedAt(db, item.workspaceId, ids, originKey(item));
  if (item.byHandLink !== null) return { there, same: new Set() };
  const others = ids.filter((id) => !there.has(id));
  const besides = item.feed === null ? null : item.sourceId; // a blog's next article is another one, whatever its words
  const shared = await sameWords(db, item.workspaceId, others, trace.textKey, sameAgainDays, besides);
  const recent = await recentPosts(db, item.workspaceId, others, sameAgainDays, besides);
  const posted = recent.map(({ accountId, text, looks }) => ({ accountId, ...traceOf(text, looks) }));
  const same = [...shared, ...posted, ...seen].filter((one) => isSameAgain(one, trace));
  return { there, same: new Set(same.map(({ accountId }) => accountId)) };
}
