import { wipeGrant } from "../db/grants.ts";
import { cancelForAccount, disconnectAccount as disconnect } from "../db/link-accounts.ts";
import { findUnstoppable, type Unstoppable } from "../db/stop-deliveries.ts";
import { transaction } from "../db/transaction.ts";
import type { AccountView } from "./account-view.ts";
import type { Credentials } from "./credentials.ts";
import { getAccount } from "./get-account.ts";
import type { OAuthWorld } from "./oauth/find-app.ts";
import { revokeLogin } from "./oauth/revoke-login.ts";
import { VaultError } from "./vault.ts";

export interface Disconnected {
  readonly account: AccountView;
  /** How many deliveries were still to go out there. */
  readonly canceled: number;
  /** What was past its intent, and may be public: nothing can call it back. */
  readonly alreadySending: readonly Unstoppable[];
  /** Whether the platform took the login back. False: its person can remove our app in the platform's settings. */
  readonly revoked: boolean;
}

/**
 * Takes an account out of use, wipes its credentials here and gives its login back at the platform; its history stays.
 * A login that other accounts share stays with them. Doing it twice is not an error.
 * @throws Refusal `not_found`
 */
export async function disconnectAccount(
  world: OAuthWorld,
  workspaceId: string,
  id: string,
): Promise<Disconnected> {
  const { login, ...disconnected } = await transaction(world.db, async (db) => {
    const grantId = await disconnect(db, workspaceId, id);
    const wiped = grantId === undefined ? undefined : await wipeGrant(db, workspaceId, grantId);
    const canceled = await cancelForAccount(db, workspaceId, id);
    const account = await getAccount({ db }, workspaceId, id);
    const alreadySending = await findUnstoppable(db, workspaceId, { accountId: id });
    const login = wiped && open(() => world.vault.open(`grants/${grantId}`, wiped));
    return { account, canceled, alreadySending, login };
  });
  // After the wipe is durable: that must not wait for a platform.
  const { platform, mode, baseUrl } = disconnected.account;
  const at = { workspaceId, platform, mode, baseUrl };
  const revoked = login !== undefined && (await revokeLogin(world, world.adapters[platform], at, login));
  return { ...disconnected, revoked };
}

/** What cannot be opened any more cannot be given back either. */
function open(opening: () => Credentials): Credentials | undefined {
  try {
    return opening();
  } catch (error) {
    if (error instanceof VaultError) return undefined;
    throw error;
  }
}
