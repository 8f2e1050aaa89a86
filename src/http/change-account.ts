import type { z } from "zod";
import type { AccountView } from "../accounts/account-view.ts";
import { getAccount } from "../accounts/get-account.ts";
import { renameAccount } from "../accounts/rename-account.ts";
import { Refusal } from "../domain/refusal.ts";
import { pause } from "../publishing/pause.ts";
import { resume } from "../publishing/resume.ts";
import type { World } from "../publishing/world.ts";
import { requireScope } from "./auth.ts";
import type { Scope } from "./route.ts";
import type { accountPatch } from "./schemas/accounts.ts";

/** @throws Refusal `not_found`, `missing_scope`, `wrong_state` */
export async function changeAccount(
  world: World,
  workspaceId: string,
  scopes: readonly Scope[],
  id: string,
  { name, state, reason }: z.output<typeof accountPatch>,
): Promise<AccountView> {
  if (state === "active") requireScope(scopes, "publish");
  const account = await getAccount(world, workspaceId, id);
  if (account.state === "disconnected")
    throw new Refusal("wrong_state", "The account is disconnected. Link it again with POST /v1/accounts.");
  if (state === "paused") await pause(world, workspaceId, reason ?? "Paused by a person", id);
  if (state === "active") await resume(world, workspaceId, id);
  if (name !== undefined) await renameAccount(world, workspaceId, id, name);
  return getAccount(world, workspaceId, id);
}
