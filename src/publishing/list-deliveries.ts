import { type DeliveryFilter, findDeliveries } from "../db/read-deliveries.ts";
import { decodeCursor, type Page, pageOf } from "./cursor.ts";
import { type DeliveryView, viewDelivery } from "./delivery-view.ts";
import type { World } from "./world.ts";

export type DeliveryQuery = Omit<DeliveryFilter, "before"> & { readonly cursor?: string | undefined };

/** The workspace's deliveries by due time, latest first. */
export async function listDeliveries(
  world: World,
  workspaceId: string,
  query: DeliveryQuery,
): Promise<Page<DeliveryView>> {
  const { cursor, limit, ...filter } = query;
  const [sortKey, id] = decodeCursor(cursor, /^\d{1,16}$/, /^dlv_[0-9a-z]{26}$/) ?? [];
  const before = sortKey !== undefined && id !== undefined ? { sortKey, id } : undefined;
  const rows = await findDeliveries(world.db, workspaceId, { ...filter, before, limit: limit + 1 });
  return pageOf(rows, limit, (row) => [row.sortKey, row.id], viewDelivery);
}
