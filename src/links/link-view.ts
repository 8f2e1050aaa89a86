import { findTargets } from "../db/find-targets.ts";
import type { LinkRow } from "../db/links.ts";
import { type SourceState, sourceStates } from "../db/sources.ts";
import { isFeed, reachedBy } from "../domain/link/link.ts";
import type { World } from "../publishing/world.ts";
import { type LinkWarning, optionWarnings } from "./option-warnings.ts";

/** A link as the API shows it. */
export interface LinkView
  extends Omit<
    LinkRow,
    "source" | "state" | "activeFrom" | "activeTo" | "mirrorsSince" | "backSince" | "createdAt" | "updatedAt"
  > {
  /** An account's id, or a feed. */
  readonly source: string | { readonly feed: string };
  /** `failing`: a source cannot be read, and is tried again. `held`: a source showed so much that a person is asked. */
  readonly state: "active" | "paused" | "failing" | "held";
  readonly lastReadAt: string | null;
  readonly lastError: { readonly code: string; readonly message: string } | null;
  /** Where `held`: how many wait for a decision. */
  readonly heldItems: number;
  /** Whom nothing can reach as the link is. */
  readonly warnings: readonly LinkWarning[];
  readonly activeFrom: string | null;
  readonly activeTo: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export async function viewLinks(
  { db, adapters }: Pick<World, "db" | "adapters">,
  workspaceId: string,
  rows: readonly LinkRow[],
): Promise<LinkView[]> {
  const states = await sourceStates(db, workspaceId, [...new Set(rows.flatMap(placesOf))]);
  const byPlace = new Map(states.map((state) => [state.place, state]));
  const accountIds = [...new Set(rows.flatMap(reachedBy))];
  const found = await findTargets(db, workspaceId, { accountIds, mediaIds: [] });
  const accounts = new Map(found.accounts.map((account) => [account.id, account]));
  return rows.map((row) => {
    const sources = placesOf(row).flatMap((place) => byPlace.get(place) ?? []);
    return view(row, sources, optionWarnings(row, accounts, adapters));
  });
}

/** Where things come from that this link shares when it mirrors. */
export function placesOf({
  mirror,
  bothWays,
  source,
  targets,
}: Pick<LinkRow, "mirror" | "bothWays" | "source" | "targets">): string[] {
  if (!mirror) return [];
  return bothWays ? [source, ...targets] : [source];
}

function view(row: LinkRow, sources: readonly SourceState[], warnings: readonly LinkWarning[]): LinkView {
  const { mirrorsSince: _since, backSince: _back, ...shown } = row;
  const { source, activeFrom, activeTo, createdAt, updatedAt, ...rest } = shown;
  const failing = sources.find(({ errorCode }) => errorCode !== null);
  const heldItems = sources.reduce((sum, { heldItems: items }) => sum + items, 0);
  const { errorCode: code, errorText: message } = failing ?? { errorCode: null, errorText: null };
  return {
    ...rest,
    source: isFeed(source) ? { feed: source } : source,
    state: stateOf(row, heldItems > 0, failing !== undefined),
    lastReadAt: iso(sources.find(({ place }) => place === source)?.readAt ?? null),
    lastError: code === null ? null : { code, message: message ?? "" },
    heldItems,
    warnings,
    activeFrom: iso(activeFrom),
    activeTo: iso(activeTo),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

function stateOf({ state }: LinkRow, isHeld: boolean, isFailing: boolean): LinkView["state"] {
  if (state === "paused") return "paused";
  if (isHeld) return "held";
  return isFailing ? "failing" : "active";
}

function iso(moment: Date | null): string | null {
  return moment?.toISOString() ?? null;
}
