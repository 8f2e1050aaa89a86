import type { Logger } from "pino";
import type { Settings } from "../../config/env.ts";
import { appOf, hostsOf, operatorOrigins } from "../../config/platforms.ts";
import { createCredentialCache } from "../accounts/credentials.ts";
import { createVaultOn } from "../accounts/vault.ts";
import { type Connection, openDatabase } from "../db/database.ts";
import { mediaAccess } from "../media/access.ts";
import { createMediaEditor } from "../media/media-editor.ts";
import { createMediaUrls } from "../media/signed-url.ts";
import { createGuardedFetch } from "../outbound/guarded-fetch.ts";
import { createPushSecrets } from "../publishing/push-secrets.ts";
import type { World } from "../publishing/world.ts";
import { openMedia } from "./open-media.ts";

const maxConnections = 10;
const maxVideoBytes = 1024 * 1024 * 1024;
const importTimeoutMs = 10 * 60_000;
const maxOpenGrants = 10_000;

/** Makes what use cases are given, from what the operator set. `close` after everything that uses it has stopped. */
export async function makeWorld(
  settings: Settings,
  adapters: World["adapters"],
  connection: Connection,
  log: Logger,
): Promise<{ readonly world: World; close(): Promise<void> }> {
  const db = openDatabase(connection, maxConnections, (error) =>
    log.warn({ problem: error.message }, "a database connection was lost"),
  );
  const vault = createVaultOn(settings.readSecretKeys);
  const guard = {
    allowedOrigins: operatorOrigins(settings),
    allowedPrivateHosts: settings.allowedPrivateHosts,
  };
  const client = createGuardedFetch(guard);
  const downloads = createGuardedFetch({
    ...guard,
    maxAnswerBytes: maxVideoBytes,
    timeoutMs: importTimeoutMs,
  });
  const editor = createMediaEditor();
  const ways = {
    urls: createMediaUrls(settings.readSecretKeys, settings),
    editor,
    download: downloads.fetch,
  };
  const media = await openMedia(settings, ways, log);
  const world: World = {
    db,
    adapters,
    vault,
    media,
    log,
    fetch: client.call,
    browse: client.fetch,
    publicUrl: settings.publicUrl,
    appOf: appOf(settings),
    pushSecretsOf: createPushSecrets(settings.readSecretKeys),
    firstMessage: client.firstMessage,
    stream: client.stream,
    hostsOf: hostsOf(settings, adapters),
    credentialsOf: createCredentialCache(db, vault, { max: maxOpenGrants }),
    mediaOf: (workspaceId, mode) => mediaAccess({ db, media }, workspaceId, mode),
  };
  return {
    world,
    async close() {
      editor.close();
      media.close();
      await Promise.all([client.close(), downloads.close()]);
      await db.close();
    },
  };
}
