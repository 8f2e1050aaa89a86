import type { Adapter, CredentialField } from "../adapters/contract/adapter.ts";
import type { Budget, Capabilities, Policy } from "../adapters/contract/capabilities.ts";
import { findLivePlatforms } from "../db/accounts.ts";
import type { Database } from "../db/database.ts";
import type { Platform } from "../domain/platform.ts";

/** What a platform takes and wants, as its adapter says it. */
export interface PlatformView {
  readonly platform: Platform;
  readonly name: string;
  /** One line for a newcomer. */
  readonly mostEffectiveFor: string;
  /** Whether this workspace has a live account there. */
  readonly configured: boolean;
  /** To link an account by its own token: what to send as `credentials`, and whether to send `baseUrl`. */
  readonly credentials: readonly CredentialField[];
  readonly needsBaseUrl: boolean;
  readonly scopes: readonly string[];
  readonly capabilities: Omit<Capabilities, "policy" | "budgets">;
  readonly budgets: readonly Budget[];
  readonly policy: Policy;
}

/** Every platform there is. */
export async function listPlatforms(
  world: { readonly db: Database; readonly adapters: Readonly<Record<Platform, Adapter<never>>> },
  workspaceId: string,
): Promise<PlatformView[]> {
  const configured = new Set(await findLivePlatforms(world.db, workspaceId));
  return Object.values(world.adapters).map((adapter) => view(adapter, configured.has(adapter.platform)));
}

function view(adapter: Adapter<never>, configured: boolean): PlatformView {
  const { platform, displayName, mostEffectiveFor, auth } = adapter;
  const { policy, budgets, ...capabilities } = adapter.capabilities;
  return {
    platform,
    name: displayName,
    mostEffectiveFor,
    configured,
    credentials: auth.fields,
    needsBaseUrl: auth.server?.required ?? false,
    scopes: auth.scopes,
    capabilities,
    budgets,
    policy,
  };
}
