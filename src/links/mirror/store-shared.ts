import { type Arrival, insertArrivals, lastCopies, sharingAlone } from "../../db/arrivals.ts";
import type { Database } from "../../db/database.ts";
import { insertPosts, type PostRows } from "../../db/insert-posts.ts";
import type { LinkRow } from "../../db/links.ts";
import { looksOf } from "../../db/media.ts";
import { endItem, noteNotes, type TakenItem } from "../../db/source-items.ts";
import { transaction } from "../../db/transaction.ts";
import type { Reach } from "../../domain/link/spread.ts";
import { Refusal } from "../../domain/refusal.ts";
import { lookUp } from "../../publishing/known.ts";
import { planPost } from "../../publishing/plan-post.ts";
import type { World } from "../../publishing/world.ts";
import { loadSharing } from "../load-sharing.ts";
import type { Note } from "./adapt.ts";
import { type Composed, compose } from "./compose.ts";
import { dropFiles } from "./drop-files.ts";
import { ItemLost } from "./fetch-files.ts";
import { filesOf } from "./files-of.ts";
import type { Foreign } from "./look-first.ts";
import type { Mirror } from "./mirror.ts";
import { originKey, traceOf } from "./origin.ts";
import { whereTo, wordsOf } from "./where-to.ts";
import { whoHasIt } from "./who-has-it.ts";

/**
 * Stores the posts that an item becomes, that each of its accounts has it now, and that it is shared: in one
 * transaction, so all of it or nothing, and each thing comes to each account once.
 * @returns as `dropFiles`
 */
export function storeShared(
  { world, timings }: Mirror,
  item: TakenItem,
  fileIds: readonly string[],
  seen: readonly Foreign[],
): Promise<readonly string[]> {
  return transaction(world.db, async (db) => {
    const here = { ...world, db };
    await sharingAlone(db, item.workspaceId);
    // Fetching took its time: links are as they are now.
    const sharing = await loadSharing(
      db,
      item.workspaceId,
      [],
      item.accountId === null ? [] : [item.accountId],
    );
    const { reached, why } = whereTo(sharing, item);
    const looks = await looksOf(db, item.workspaceId, fileIds);
    const trace = traceOf(wordsOf(item), looks);
    const origin = originKey(item);
    const { there, same } = await whoHasIt(here, item, reached, trace, seen);
    const left = reached.filter(({ accountId }) => !there.has(accountId) && !same.has(accountId));
    const files = await filesOf(db, item.workspaceId, item.content, fileIds);
    const notBefore = await afterTheLast(db, item, left, timings.copySpacingMs);
    const composed = compose(here, sharing, item, left, files, new Date(), notBefore);
    const { rows, notes } = await plan(here, item.workspaceId, composed);
    if (rows.length > 0) await insertPosts(db, item.workspaceId, rows);
    const arrivals = rows.flatMap(({ post }) =>
      accountsOf(post).map(
        (accountId): Arrival => ({ ...trace, accountId, origin, itemId: item.id, postId: post.id }),
      ),
    );
    await insertArrivals(db, item.workspaceId, arrivals);
    if (item.accountId !== null)
      await insertArrivals(
        db,
        item.workspaceId,
        [{ ...trace, accountId: item.accountId, origin, itemId: item.id, postId: null }],
        true,
      );
    const end = endOf(item, rows, left, notes, reached.length === 0 ? (why ?? "no_link") : "there_already");
    if (!(await endItem(db, item, end))) throw new ItemLost();
    const tried = reached.flatMap(({ accountId }) => (there.has(accountId) ? [] : accountId));
    await noteNotes(db, item, tried, [...notes, ...[...same].map(hadTheSame), ...filesMissing(item, rows)]);
    // It turned out to be there already, by its words and looks: nobody needs its files.
    return end.state === "skipped" && !item.isAgain ? dropFiles(db, item.workspaceId, fileIds) : [];
  });
}

/** Several posts seen at once stay in their order: who tells of something in six parts means one to six. */
async function afterTheLast(
  db: Database,
  { workspaceId, sourceId }: TakenItem,
  reached: readonly Reach<LinkRow>[],
  spacingMs: number,
): Promise<Map<string, Date>> {
  const ids = reached.map(({ accountId }) => accountId);
  const last = await lastCopies(db, workspaceId, ids, sourceId);
  return new Map([...last].map(([id, dueAt]) => [id, new Date(dueAt.getTime() + spacingMs)]));
}

function endOf(
  { isAgain }: TakenItem,
  rows: readonly PostRows[],
  left: readonly unknown[],
  notes: readonly Note[],
  code: string,
) {
  // Of what has copies already its notes say who gets none this time either.
  if (rows.length > 0 || (isAgain && left.length > 0))
    return { state: "shared", code: null, text: null } as const;
  if (left.length === 0) return { state: "skipped", code, text: null } as const;
  return { state: "failed", code: "no_account_takes_it", text: notes[0]?.message ?? null } as const;
}

/** Each post by itself: what an account's platform cannot take keeps it from none of the others. */
async function plan(
  world: World,
  workspaceId: string,
  composed: readonly Composed[],
): Promise<{ readonly rows: PostRows[]; readonly notes: Note[] }> {
  const known = await lookUp(
    world,
    workspaceId,
    composed.map(({ content }) => content),
  );
  const rows: PostRows[] = [];
  const notes: Note[] = [];
  for (const { content, dueAt, notes: own } of composed) {
    const due = dueAt === null ? null : { at: dueAt, wallTime: null, zone: null, choice: null };
    try {
      const planned = planPost(world, known, { content, due, onIssue: "skip" });
      const left = new Set(planned.skipped.map(({ accountId = "" }) => accountId));
      rows.push(planned);
      notes.push(...planned.skipped.map(leftOut), ...own.filter(({ accountId }) => !left.has(accountId)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      notes.push(...error.issues.map(leftOut));
    }
  }
  return { rows, notes };
}

function leftOut({
  accountId = "",
  code,
  message,
}: {
  accountId?: string;
  code: string;
  message: string;
}): Note {
  return { accountId, code, message };
}

function hadTheSame(accountId: string): Note {
  const message = "It had the same words and pictures within seven days: post it there if you want it twice";
  return { accountId, code: "same_again", message };
}

function filesMissing({ content: { missingFiles = 0 }, url }: TakenItem, rows: readonly PostRows[]): Note[] {
  if (missingFiles === 0) return [];
  const message = `The platform did not give us ${missingFiles} of the original's files: add it by hand from ${url}`;
  return rows.flatMap(({ post }) =>
    accountsOf(post).map((accountId) => ({ accountId, code: "file_missing", message })),
  );
}

function accountsOf({ content }: PostRows["post"]): readonly string[] {
  return (content as { readonly accounts: readonly string[] }).accounts;
}
