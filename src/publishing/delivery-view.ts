import type { DeliveryState } from "../domain/delivery.ts";
import type { Platform } from "../domain/platform.ts";

/** A delivery as the API shows it. Instants are ISO 8601, UTC. */
export interface DeliveryView {
  readonly id: string;
  readonly postId: string;
  readonly accountId: string;
  readonly platform: Platform;
  readonly part: number;
  readonly state: DeliveryState;
  readonly dueAt: string;
  readonly externalId: string | null;
  readonly externalUrl: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly attempts: number;
  readonly nextCheckAt: string | null;
  readonly publishedAt: string | null;
}

interface Row extends Omit<DeliveryView, "dueAt" | "error" | "nextCheckAt" | "publishedAt"> {
  readonly dueAt: Date | string;
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  readonly nextCheckAt: Date | string | null;
  readonly publishedAt: Date | string | null;
}

export function viewDelivery(row: Row): DeliveryView {
  const { id, postId, accountId, platform, part, state, externalId, externalUrl, attempts } = row;
  return {
    id,
    postId,
    accountId,
    platform,
    part,
    state,
    dueAt: iso(row.dueAt),
    externalId,
    externalUrl,
    error: row.reasonCode === null ? null : { code: row.reasonCode, message: row.reasonText ?? "" },
    attempts,
    nextCheckAt: row.nextCheckAt && iso(row.nextCheckAt),
    publishedAt: row.publishedAt && iso(row.publishedAt),
  };
}

/** Instants come as `Date` from columns and as text from JSON; both leave in one form. */
export function iso(instant: Date | string): string {
  return new Date(instant).toISOString();
}
