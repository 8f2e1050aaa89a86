import type { Logger } from "pino";
import type { CallWorld } from "../accounts/call.ts";
import type { OAuthWorld } from "../accounts/oauth/find-app.ts";
import type { Vault } from "../accounts/vault.ts";
import type { Adapter } from "../adapters/contract/adapter.ts";
import type { Database } from "../db/database.ts";
import type { Platform } from "../domain/platform.ts";
import type { MediaStore } from "../media/store.ts";
import type { GuardedStream } from "../outbound/stream.ts";
import type { PushSecretsOf } from "./push-secrets.ts";

/** What use cases are given. Made once, in the composition root; routes only hand it on. */
export interface World extends CallWorld, OAuthWorld {
  readonly db: Database;
  readonly adapters: Readonly<Record<Platform, Adapter<never>>>;
  readonly vault: Vault;
  readonly media: MediaStore;
  /** For pages and feeds: the guarded client, whose answers are streams. */
  readonly browse: typeof fetch;
  /** For WebSockets that stay open, through the same guard. */
  readonly stream: GuardedStream;
  readonly pushSecretsOf: PushSecretsOf;
  readonly log: Logger;
}
