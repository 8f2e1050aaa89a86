import { type ConnectionStep, findConnection } from "../../db/connections.ts";
import { Refusal } from "../../domain/refusal.ts";
import type { OfferedIdentity } from "./choose-accounts.ts";
import type { OAuthWorld } from "./find-app.ts";

/** How far a login has come, as the API shows it: never a token, a state or a link. */
export interface ConnectionView {
  readonly id: string;
  readonly platform: string;
  readonly step: Exclude<ConnectionStep, "trading"> | "expired";
  /** Present while `choosing`: what to choose from. */
  readonly offered: readonly OfferedIdentity[];
  /** Present when `connected`. */
  readonly accountIds: readonly string[];
  /** Why it `failed`. */
  readonly reason: { readonly code: string; readonly message: string } | null;
  readonly expiresAt: string;
}

/** @throws Refusal `not_found` */
export async function viewConnection(
  world: Pick<OAuthWorld, "db">,
  workspaceId: string,
  id: string,
): Promise<ConnectionView> {
  const row = await findConnection(world.db, workspaceId, id);
  if (!row) throw new Refusal("not_found", "There is no such connection.");
  const { platform, step, accountIds, reasonCode, reasonText, expiresAt } = row;
  const isOver = step === "connected" || step === "failed";
  const isExpired = !isOver && expiresAt.getTime() <= Date.now();
  return {
    id,
    platform,
    step: isExpired ? "expired" : step === "trading" ? "opened" : step,
    offered: step === "choosing" && !isExpired ? (row.identities as readonly OfferedIdentity[]) : [],
    accountIds,
    reason: reasonCode === null ? null : { code: reasonCode, message: reasonText ?? "" },
    expiresAt: expiresAt.toISOString(),
  };
}
