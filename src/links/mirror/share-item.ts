import { arrivedAt, isPublishing } from "../../db/arrivals.ts";
import { doubtfulSends } from "../../db/doubtful-sends.ts";
import { findOwn } from "../../db/known-items.ts";
import { looksOf } from "../../db/media.ts";
import { endItem, postponeItem, renewLease, type TakenItem } from "../../db/source-items.ts";
import { transaction } from "../../db/transaction.ts";
import { maySay } from "../../domain/link/sent-words.ts";
import { Refusal } from "../../domain/refusal.ts";
import { loadSharing } from "../load-sharing.ts";
import { dropFiles, removeBytes } from "./drop-files.ts";
import { fetchFiles, ItemLost } from "./fetch-files.ts";
import { followDeletion } from "./follow-deletion.ts";
import { lookFirst } from "./look-first.ts";
import type { Mirror } from "./mirror.ts";
import { originKey, spelled } from "./origin.ts";
import { storeShared } from "./store-shared.ts";
import { isByHand, originOfItem, whereTo } from "./where-to.ts";

const waitMs = 10_000;
/** Films are ready for others some minutes after their post. What is not by then may never be. */
const filesReadyMs = 15 * 60_000;
const retryMs = [15_000, 60_000, 5 * 60_000, 15 * 60_000, 60 * 60_000];

/**
 * Makes of something that a source showed the posts that it becomes, or says why it becomes none. Its lease is short, so
 * that what a kill left behind waits for a minute only, and is renewed while films are fetched.
 */
export async function shareItem(mirror: Mirror, item: TakenItem): Promise<void> {
  const { world, timings } = mirror;
  const renew = () => void renewLease(world.db, item, timings.shareLeaseMs).catch(() => undefined);
  const beat = setInterval(renew, timings.shareLeaseMs / 3);
  try {
    if (item.changed === "deleted") await followDeletion(mirror, item);
    else await shareOrSkip(mirror, item).catch((error: unknown) => afterProblem(mirror, item, error));
  } finally {
    clearInterval(beat);
  }
}

async function shareOrSkip(mirror: Mirror, item: TakenItem): Promise<void> {
  const { db } = mirror.world;
  const { workspaceId, accountId } = item;
  const mayBeAnswer = accountId !== null && !item.isAgain;
  if (mayBeAnswer && (await isPublishing(db, { workspaceId, accountId }, item.createdAt)))
    return postponeItem(db, item, {
      code: "own_not_settled",
      text: "Something that we are sending there ourselves is not settled yet: this may be it",
      againMs: waitMs,
      counts: false,
    });
  if (await isOurs(mirror, item)) return skip(mirror, item, "own", null);
  if (item.content.missingFiles && Date.now() - item.seenAt.getTime() < filesReadyMs)
    return postponeItem(db, item, {
      code: "files_not_ready",
      text: "Its platform does not give us all of its files yet",
      againMs: waitMs,
      counts: false,
    });
  const sharing = await loadSharing(db, item.workspaceId, [], accountsOf(item));
  const { reached, why } = whereTo(sharing, item);
  if (reached.length === 0) return skip(mirror, item, why ?? "no_link", null);
  const there = await arrivedAt(
    db,
    workspaceId,
    reached.map(({ accountId }) => accountId),
    originKey(item),
  );
  if (there.size === reached.length) return skip(mirror, item, "there_already", null);
  const left = reached.flatMap(({ accountId }) => (there.has(accountId) ? [] : accountId));
  await share(mirror, item, left);
}

async function isOurs({ world: { db } }: Mirror, item: TakenItem): Promise<boolean> {
  return (await findOwn(db, item.workspaceId, item.accountId, [spelled(item)])).size > 0;
}

/** Unknown is not answered by sending again: a person may know, and share it by hand. */
async function mayBeOurs(
  { world: { db } }: Mirror,
  item: TakenItem,
  fileIds: readonly string[],
): Promise<boolean> {
  const { workspaceId, accountId, createdAt, content } = item;
  if (accountId === null || isByHand(item)) return false;
  const sends = await doubtfulSends(db, { workspaceId, accountId }, createdAt);
  if (sends.length === 0) return false;
  const looks = await looksOf(db, workspaceId, fileIds);
  const { text, title, missingFiles = 0 } = content;
  return sends.some((sent) => maySay(sent, { text, title, looks, missingFiles }));
}

async function share(mirror: Mirror, item: TakenItem, accountIds: readonly string[]): Promise<void> {
  const { world } = mirror;
  const fileIds = await fetchFiles(mirror, item);
  if (await mayBeOurs(mirror, item, fileIds)) return skip(mirror, item, "own_words", null, fileIds);
  const seen = item.byHandLink !== null ? [] : await lookFirst(world, item, accountIds);
  const keys = await storeShared(mirror, item, fileIds, seen);
  mirror.step("shared", item.id);
  await removeBytes(world, keys);
}

async function skip(
  { world }: Mirror,
  item: TakenItem,
  code: string,
  text: string | null,
  fileIds: readonly string[] = item.files.map(({ id }) => id),
): Promise<void> {
  const keys = await transaction(world.db, async (tx) => {
    const isOurs = await endItem(tx, item, { state: "skipped", code, text });
    return isOurs && !item.isAgain ? dropFiles(tx, item.workspaceId, fileIds) : [];
  });
  await removeBytes(world, keys);
}

/** A file or the weather: what may pass is tried again; what stays is told. */
async function afterProblem({ world }: Mirror, item: TakenItem, error: unknown): Promise<void> {
  if (error instanceof ItemLost) return;
  const isTold = error instanceof Refusal;
  if (!isTold) world.log.error({ item: item.id, problem: (error as Error).name }, "an item was not shared");
  const code = isTold ? error.code : "unavailable";
  const text = isTold ? error.message : "Something went wrong here";
  const againMs = retryMs[item.tries];
  if (againMs === undefined) await endItem(world.db, item, { state: "failed", code, text });
  else await postponeItem(world.db, item, { code, text, againMs, counts: true });
}

function accountsOf(item: TakenItem): string[] {
  return item.accountId === null ? [] : [originOfItem(item).id];
}
