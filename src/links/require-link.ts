import type { Database } from "../db/database.ts";
import { findLink, type LinkRow } from "../db/links.ts";
import { Refusal } from "../domain/refusal.ts";

/** @throws Refusal `not_found` */
export async function requireLink(db: Database, workspaceId: string, id: string): Promise<LinkRow> {
  const row = await findLink(db, workspaceId, id);
  if (!row) throw noSuchLink();
  return row;
}

export function noSuchLink(): Refusal {
  return new Refusal("not_found", "There is no such link.");
}
