import { PublishError } from "../../adapters/contract/publish-error.ts";
import type { Watch } from "../../adapters/contract/watch.ts";
import { findOwn, knownItems } from "../../db/known-items.ts";
import { noteMissing } from "../../db/missing-items.ts";
import { type ItemRow, keepItems } from "../../db/source-items.ts";
import {
  holdSource,
  noteReading,
  noteReadProblem,
  type Reading,
  type TakenSource,
} from "../../db/sources.ts";
import { transaction } from "../../db/transaction.ts";
import { FeedError } from "../../feeds/feed-error.ts";
import { afterRefusedLogin } from "../../publishing/after-refused-login.ts";
import { askHub } from "./ask-hub.ts";
import { before, type Mirror, suddenlyMany, suddenlyManyUndated } from "./mirror.ts";
import { spelled } from "./origin.ts";
import { readAccount } from "./read-account.ts";
import { readFeedSource } from "./read-feed-source.ts";
import type { Kept } from "./to-item-rows.ts";

/** What a source shows now. */
export interface Found {
  readonly items: readonly Kept[];
  /** How far back that goes without a gap; null: nobody can tell, so nothing of it is missed. */
  readonly completeSince: Date | null;
  readonly about: Omit<Reading, "againMs" | "readAt">;
}

/** Reads a source once, and keeps what it shows. What goes wrong is noted with it, and disturbs nothing else. */
export async function readSource(mirror: Mirror, source: TakenSource): Promise<void> {
  const readAt = new Date();
  try {
    const found = source.account
      ? await readAccount(mirror, source, readAt)
      : await readFeedSource(mirror, source, readAt);
    mirror.step("read", source.id);
    await keep(mirror, source, found, readAt);
    mirror.step("kept", source.id);
  } catch (error) {
    return noteProblem(mirror, source, error);
  }
  await askHub(mirror, source.id);
}

/** All of a reading or nothing of it: what is kept as seen is shared, and what is not is seen again. */
function keep(mirror: Mirror, source: TakenSource, found: Found, readAt: Date): Promise<void> {
  return transaction(mirror.world.db, async (tx) => {
    const againMs = againAfterMs(mirror, source);
    const noted = await noteReading(tx, source, { ...found.about, againMs, readAt });
    if (!noted) return;
    const ids = found.items.map(({ externalId }) => externalId);
    const known = await knownItems(tx, source.id, ids);
    const fresh = found.items.filter(({ externalId }) => !known.has(externalId));
    const own =
      fresh.length > 0
        ? await findOwn(tx, source.workspaceId, source.account?.id ?? null, fresh.map(spelled))
        : new Set<string>();
    const since = source.account ? before(source.since) : source.since;
    const isOld = ({ createdAt }: Kept) => createdAt < since;
    const news = fresh.filter((item) => !own.has(item.externalId) && !isOld(item));
    const isHeld = noted.heldAt !== null || (isSudden(news) && (await holdSource(tx, source.id)));
    await keepItems(
      tx,
      source,
      found.items.map((item): ItemRow => {
        if (own.has(item.externalId)) return { ...item, state: "skipped", reasonCode: "own" };
        if (isOld(item)) return { ...item, state: "skipped", reasonCode: "old" };
        return { ...item, state: isHeld ? "held" : "new", reasonCode: null };
      }),
    );
    if (found.completeSince) await noteMissing(tx, source.id, ids, found.completeSince);
  });
}

function isSudden(news: readonly Kept[]): boolean {
  const undated = news.filter(({ isDated }) => !isDated);
  return news.length >= suddenlyMany || undated.length >= suddenlyManyUndated;
}

async function noteProblem(mirror: Mirror, source: TakenSource, error: unknown): Promise<void> {
  const { world, timings } = mirror;
  const { workspaceId, account, failures } = source;
  if (error instanceof PublishError && error.kind === "unauthorized" && account)
    await afterRefusedLogin({ world }, { workspaceId, platform: account.platform, account }, error.message);
  const isTold = error instanceof PublishError || error instanceof FeedError;
  if (!isTold)
    world.log.error({ source: source.id, problem: (error as Error).name }, "a source was not read");
  const laterMs = againAfterMs(mirror, source) * 2 ** Math.min(failures, 12);
  const askedMs = isTold ? (error.detail.retryAfterMs ?? 0) : 0;
  await noteReadProblem(world.db, source, {
    code: isTold ? codeOf(error) : "unreadable",
    text: isTold ? error.message : "It gave an answer that we do not understand",
    againMs: Math.max(askedMs, Math.min(laterMs, timings.watchRetryMs)),
  });
}

function codeOf(error: PublishError | FeedError): string {
  return error instanceof FeedError ? error.code : error.kind;
}

function againAfterMs({ world, timings }: Mirror, { account }: TakenSource): number {
  const watch: Watch | undefined = account ? world.adapters[account.platform].watch : undefined;
  const askedMs = watch?.everyMs ?? 0;
  if (account?.mode !== "practice") return Math.max(timings.watchMs, askedMs);
  return Math.max(timings.watchPracticeMs, askedMs * timings.watchPracticeShare);
}
