import type { Database } from "../db/database.ts";
import { findTargets } from "../db/find-targets.ts";
import {
  deleteLink,
  findLink,
  insertLink,
  type LinkChange,
  type LinkRow,
  listLinks,
  updateLink,
} from "../db/links.ts";
import { transaction } from "../db/transaction.ts";
import { newId } from "../domain/ids.ts";
import type { Link } from "../domain/link/link.ts";
import { Refusal } from "../domain/refusal.ts";
import { checkLink } from "./check-link.ts";

/** A link as the API shows it. */
export interface LinkView extends Omit<LinkRow, "createdAt" | "updatedAt"> {
  readonly createdAt: string;
  readonly updatedAt: string;
}

interface LinkWorld {
  readonly db: Database;
}

/** @throws Refusal `invalid_request`, `unknown_account`, `account_disconnected` */
export async function createLink(
  { db }: LinkWorld,
  workspaceId: string,
  wanted: Omit<Link, "id">,
): Promise<LinkView> {
  await check(db, workspaceId, wanted);
  const link = { ...wanted, id: newId("lnk") };
  if (!(await insertLink(db, workspaceId, link)))
    throw new Refusal("invalid_request", "This workspace has as many links as one may have.");
  return getLink({ db }, workspaceId, link.id);
}

export async function showLinks({ db }: LinkWorld, workspaceId: string): Promise<LinkView[]> {
  return (await listLinks(db, workspaceId)).map(view);
}

/** @throws Refusal `not_found` */
export async function getLink({ db }: LinkWorld, workspaceId: string, id: string): Promise<LinkView> {
  const row = await findLink(db, workspaceId, id);
  if (!row) throw noSuchLink();
  return view(row);
}

/** @throws Refusal `not_found`, and as `createLink` */
export async function changeLink(
  { db }: LinkWorld,
  workspaceId: string,
  id: string,
  change: LinkChange,
): Promise<LinkView> {
  return transaction(db, async (tx) => {
    const old = await getLink({ db: tx }, workspaceId, id);
    const { source = old.source, targets = old.targets, bothWays = old.bothWays } = change;
    const { transform = old.transform } = change;
    const isChecked = [change.source, change.targets, change.bothWays, change.transform];
    if (isChecked.some((given) => given !== undefined))
      await check(tx, workspaceId, { source, targets, bothWays, transform });
    if (!(await updateLink(tx, workspaceId, id, change))) throw noSuchLink();
    return getLink({ db: tx }, workspaceId, id);
  });
}

/** @throws Refusal `not_found` */
export async function removeLink({ db }: LinkWorld, workspaceId: string, id: string): Promise<void> {
  if (!(await deleteLink(db, workspaceId, id))) throw noSuchLink();
}

async function check(
  db: Database,
  workspaceId: string,
  link: Pick<Link, "source" | "targets" | "bothWays" | "transform">,
): Promise<void> {
  const accountIds = [link.source, ...link.targets];
  const { accounts } = await findTargets(db, workspaceId, { accountIds, mediaIds: [] });
  checkLink(link, new Map(accounts.map((account) => [account.id, account])));
}

function noSuchLink(): Refusal {
  return new Refusal("not_found", "There is no such link.");
}

function view({ createdAt, updatedAt, ...link }: LinkRow): LinkView {
  return { ...link, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
