import type { Adapter } from "../adapters/contract/adapter.ts";
import type { Database } from "../db/database.ts";
import type { Platform } from "../domain/platform.ts";
import { Refusal } from "../domain/refusal.ts";
import { type Kept, keepAccount } from "./keep-account.ts";
import type { Vault } from "./vault.ts";

/** The practice network, as far as linking needs it. */
export interface PracticeRegister {
  /** Makes the identity on that platform, or finds it again, with a fresh token. The handle comes without @. */
  register(platform: Platform, handle: string): PracticeIdentity | Promise<PracticeIdentity>;
}

export interface PracticeIdentity {
  readonly externalId: string;
  readonly handle: string;
  readonly name: string;
  readonly credentials: Readonly<Record<string, string>>;
}

export interface PracticeWorld {
  readonly db: Database;
  readonly adapters: Readonly<Record<Platform, Adapter<never>>>;
  readonly vault: Vault;
}

/**
 * Links an account on the practice network; with a handle that is there already, that account again.
 * @param practice null where no practice network runs
 * @throws Refusal `practice_off`
 */
export async function linkPracticeAccount(
  world: PracticeWorld,
  practice: PracticeRegister | null,
  workspaceId: string,
  { platform, handle }: { readonly platform: Platform; readonly handle: string },
): Promise<Kept> {
  if (!practice)
    throw new Refusal(
      "practice_off",
      "The practice network does not run here: link the account with mode `live`.",
    );
  const adapter = world.adapters[platform];
  const { credentials, ...identity } = await practice.register(platform, handle);
  const { scopes } = adapter.auth;
  const link = {
    workspaceId,
    mode: "practice",
    identity,
    baseUrl: null,
    scopes,
    credentials,
    expiresAt: null,
  } as const;
  return keepAccount(world, adapter, link);
}
