import type { Logger } from "pino";
import type { Vault } from "../accounts/vault.ts";
import type { Adapter, Hosts } from "../adapters/contract/adapter.ts";
import type { Database } from "../db/database.ts";
import type { Platform } from "../domain/platform.ts";
import type { MediaStore } from "../media/store.ts";

/** What use cases are given. Made once, in the composition root; routes only hand it on. */
export interface World {
  readonly db: Database;
  readonly adapters: Readonly<Record<Platform, Adapter<never>>>;
  readonly vault: Vault;
  readonly media: MediaStore;
  /** The one guarded outbound client. */
  readonly fetch: typeof fetch;
  /** Where an account's platform answers: live, the practice network's, or the account's own instance. */
  hostsOf(platform: Platform, mode: AccountMode, baseUrl: string | null): Hosts;
  readonly log: Logger;
}

export type AccountMode = "live" | "practice";
