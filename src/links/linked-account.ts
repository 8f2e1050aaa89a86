import type { AccountState } from "../db/pauses.ts";
import type { Platform } from "../domain/platform.ts";

/** An account as far as links go. */
export interface LinkedAccount {
  readonly id: string;
  readonly platform: Platform;
  readonly handle: string;
  readonly state: AccountState;
}
