import { sharingAlone } from "../db/arrivals.ts";
import type { Database } from "../db/database.ts";
import { findTargets } from "../db/find-targets.ts";
import { deleteLink, insertLink, type LinkChange, type LinkRow, listLinks, updateLink } from "../db/links.ts";
import { watchSources } from "../db/sources.ts";
import { transaction } from "../db/transaction.ts";
import { newId } from "../domain/ids.ts";
import { isFeed, type Link } from "../domain/link/link.ts";
import { Refusal } from "../domain/refusal.ts";
import type { World } from "../publishing/world.ts";
import { type CheckedLink, checkLink } from "./check-link.ts";
import { withdrawUnreached } from "./copies/withdraw-unreached.ts";
import { type LinkView, placesOf, viewLinks } from "./link-view.ts";
import { loadSharing } from "./load-sharing.ts";
import { type FirstReading, keepFirstReading, readFirst } from "./mirror/first-reading.ts";
import { noSuchLink, requireLink } from "./require-link.ts";

type Viewed = Pick<World, "db" | "adapters">;

/**
 * A feed is read before its link is kept: what it shows by now is old, and what is no feed is refused.
 * @throws Refusal `invalid_request`, `unknown_account`, `account_disconnected`, `feed_refused`
 */
export async function createLink(
  world: World,
  workspaceId: string,
  wanted: Omit<Link, "id">,
): Promise<LinkView> {
  await check(world, workspaceId, wanted);
  if (wanted.activeTo && wanted.activeTo < new Date()) throw endedAlready();
  const link = { ...wanted, id: newId("lnk") };
  const reading = isFeed(link.source) ? await readFirst(world, link.source) : null;
  return transaction(world.db, async (db) => {
    await sharingAlone(db, workspaceId);
    if (!(await insertLink(db, workspaceId, link)))
      throw new Refusal("invalid_request", "This workspace has as many links as one may have.");
    await watch(db, workspaceId, link, reading);
    return getLink({ ...world, db }, workspaceId, link.id);
  });
}

export async function showLinks(world: Viewed, workspaceId: string): Promise<LinkView[]> {
  return viewLinks(world, workspaceId, await listLinks(world.db, workspaceId));
}

/** @throws Refusal `not_found` */
export async function getLink(world: Viewed, workspaceId: string, id: string): Promise<LinkView> {
  const [view] = await viewLinks(world, workspaceId, [await requireLink(world.db, workspaceId, id)]);
  return view as LinkView;
}

/** What is absent stays. @throws Refusal `not_found`, and as `createLink` */
export async function changeLink(
  world: World,
  workspaceId: string,
  id: string,
  change: LinkChange,
): Promise<LinkView> {
  const before = await requireLink(world.db, workspaceId, id);
  const { source = before.source } = change;
  const isNewFeed = isFeed(source) && source !== before.source;
  const reading = isNewFeed ? await readFirst(world, source) : null;
  return transaction(world.db, async (db) => {
    await sharingAlone(db, workspaceId);
    const old = await requireLink(db, workspaceId, id);
    const before = await loadSharing(db, workspaceId, [], []);
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    const link = { ...old, ...(Object.fromEntries(given) as Partial<LinkRow>) };
    const isChecked = [change.source, change.targets, change.bothWays, change.transform, change.activeTo];
    isChecked.push(change.activeFrom);
    if (isChecked.some((one) => one !== undefined)) await check({ ...world, db }, workspaceId, link);
    if (!(await updateLink(db, workspaceId, link, link.bothWays && !old.bothWays))) throw noSuchLink();
    if (link.state === "active") await watch(db, workspaceId, link, reading);
    if (ends(old, link)) await withdrawUnreached(world, db, workspaceId, before);
    return getLink({ ...world, db }, workspaceId, id);
  });
}

/** What still waits for its time because of it does not go out. @throws Refusal `not_found` */
export function removeLink(world: World, workspaceId: string, id: string): Promise<void> {
  return transaction(world.db, async (db) => {
    await sharingAlone(db, workspaceId);
    const before = await loadSharing(db, workspaceId, [], []);
    if (!(await deleteLink(db, workspaceId, id))) throw noSuchLink();
    await withdrawUnreached(world, db, workspaceId, before);
  });
}

/** Whether it shares less than before. */
function ends(old: LinkRow, link: LinkRow): boolean {
  if (old.state !== "active" || !old.mirror) return false;
  const isSame = link.source === old.source && (link.bothWays || !old.bothWays);
  return (
    link.state !== "active" ||
    !link.mirror ||
    !isSame ||
    !old.targets.every((id) => link.targets.includes(id))
  );
}

function endedAlready(): Refusal {
  const issue = {
    pointer: "/activeTo",
    code: "invalid_value",
    message: "is over: nothing would ever be shared",
  };
  return new Refusal("invalid_request", `${issue.pointer}: ${issue.message}.`, { issues: [issue] });
}

async function watch(
  db: Database,
  workspaceId: string,
  link: Pick<LinkRow, "mirror" | "bothWays" | "source" | "targets">,
  reading: FirstReading | null,
): Promise<void> {
  await watchSources(db, workspaceId, placesOf(link));
  if (reading) await keepFirstReading(db, workspaceId, link.source, reading);
}

async function check({ db, adapters }: Viewed, workspaceId: string, link: CheckedLink): Promise<void> {
  const accountIds = [link.source, ...link.targets].filter((place) => !isFeed(place));
  const { accounts } = await findTargets(db, workspaceId, { accountIds, mediaIds: [] });
  checkLink(link, new Map(accounts.map((account) => [account.id, account])), adapters);
}
