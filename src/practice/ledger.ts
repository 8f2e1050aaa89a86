import type { Platform } from "../domain/platform.ts";
import type { PracticePost } from "./kit.ts";
import type { Store } from "./store.ts";

/** One publish call that reached a pretend platform, accepted or refused. */
export interface LedgerEntry {
  readonly platform: Platform;
  readonly text: string;
  readonly accepted: boolean;
  /** Why it was refused; null where it was accepted. */
  readonly reason: string | null;
  readonly externalId: string | null;
  readonly accountId: string | null;
  /** ISO 8601. */
  readonly at: string;
  /** Our delivery's key, on platforms that are sent one. */
  readonly delivery: string | null;
}

/** `data` oldest first; `counts` per platform and text: a text accepted twice on one platform was doubled. */
export interface LedgerReport {
  readonly data: readonly LedgerEntry[];
  readonly counts: Readonly<Record<string, Readonly<Record<string, LedgerCount>>>>;
}

export interface LedgerCount {
  readonly accepted: number;
  readonly refused: number;
}

export interface Ledger {
  accepted(platform: Platform, post: PracticePost): void;
  refused(platform: Platform, text: string, reason: string, at: Date): void;
  report(platform?: Platform): LedgerReport;
}

export function openLedger(store: Store): Ledger {
  const entries = store.collection<LedgerEntry>("ledger");
  let count = entries.list().length;
  const write = (entry: LedgerEntry) => entries.put(String(++count), entry);
  return {
    accepted: (platform, post) =>
      write({
        platform,
        text: post.text,
        accepted: true,
        reason: null,
        externalId: post.id,
        accountId: post.accountId,
        at: post.createdAt,
        delivery: post.extra.deliveryKey ?? null,
      }),
    refused: (platform, text, reason, at) =>
      write({
        platform,
        text,
        accepted: false,
        reason,
        externalId: null,
        accountId: null,
        at: at.toISOString(),
        delivery: null,
      }),
    report: (platform) => {
      const data = entries.list().map(([, entry]) => entry);
      return summarise(platform === undefined ? data : data.filter((entry) => entry.platform === platform));
    },
  };
}

function summarise(data: readonly LedgerEntry[]): LedgerReport {
  const counts = new Map<string, Map<string, { accepted: number; refused: number }>>();
  for (const { platform, text, accepted } of data) {
    const texts = counts.get(platform) ?? new Map<string, { accepted: number; refused: number }>();
    const count = texts.get(text) ?? { accepted: 0, refused: 0 };
    count[accepted ? "accepted" : "refused"]++;
    counts.set(platform, texts.set(text, count));
  }
  return {
    data,
    counts: Object.fromEntries([...counts].map(([name, texts]) => [name, Object.fromEntries(texts)])),
  };
}
