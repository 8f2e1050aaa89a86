import { renewLogin } from "../accounts/oauth/renew-login.ts";
import { longestAheadMs } from "../adapters/contract/prepare-ahead.ts";
import { holdAccount } from "../db/hot/hold-account.ts";
import { accountsOf } from "../db/renewals.ts";
import { reviveDeliveries } from "../db/revive-deliveries.ts";
import type { Platform } from "../domain/platform.ts";
import type { World } from "./world.ts";

/** An account, and the login with which the platform refused it. */
export interface RefusedAccount {
  readonly workspaceId: string;
  readonly platform: Platform;
  readonly account: { readonly id: string; readonly grantId: string; readonly grantVersion: string };
}

/** What is refused so soon after it was renewed will not be mended by renewing it again. */
const renewedLatelyMs = 10 * 60_000;

/**
 * The platform no longer takes this login: it is renewed where that can be done without its person, and everything that
 * waited goes on. Else the account is held, and its deliveries with it, until it is connected again.
 */
export async function afterRefusedLogin(
  { world }: { readonly world: World },
  { workspaceId, platform, account }: RefusedAccount,
  message: string,
): Promise<void> {
  const { id, grantId, grantVersion } = account;
  const seen = { workspaceId, grantId, version: grantVersion };
  const renewed = await renewLogin(world, seen, renewedLatelyMs).catch(() => ({ state: "unable" }) as const);
  if (renewed.state === "renewed") {
    const aheadMs = longestAheadMs(world.adapters[platform]);
    for (const { id: accountId } of await accountsOf(world.db, seen))
      await reviveDeliveries(world.db, workspaceId, accountId, aheadMs);
    return;
  }
  const text = renewed.state === "refused" ? renewed.error.message : message;
  await holdAccount(world.db, { id, workspaceId, grantVersion }, { code: "login_expired", text });
}
