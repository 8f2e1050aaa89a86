import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { adoptPostgres } from "./adopt-postgres.ts";
import { findBinaries } from "./binaries.ts";
import { initialiseCluster, role } from "./initialise-cluster.ts";
import { type Launch, launchPostgres, port } from "./launch-postgres.ts";
import { preparePlace } from "./place.ts";
import { choosePostgresUser } from "./postgres-user.ts";
import { disownPostmasterPid, isPostmaster, readPostmasterPid } from "./postmaster-pid.ts";
import { type RunningPostgres, shutDown } from "./running-postgres.ts";
import { shortFolder } from "./short-folder.ts";
import { StartupError } from "./startup-error.ts";

export interface EmbeddedPostgresOptions {
  readonly dataDir: string;
  /** Takes a line for the operator. */
  readonly log: (line: string) => void;
  /** Called once when PostgreSQL ends without `stop()`; null when it was killed or adopted. */
  readonly onExit?: (code: number | null) => void;
  /** A process of ours takes up to sixty. */
  readonly maxConnections?: number;
}

export interface EmbeddedPostgres {
  readonly connection: PostgresConnection;
  /** True when a PostgreSQL left behind by a killed server was taken over. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

/** `host` is the folder of the unix socket, as `pg` takes it. */
export interface PostgresConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

/**
 * Starts the PostgreSQL that comes with Clarion on `dataDir/postgres`, making the database on first use, or takes
 * over the one a killed server left. Hold the lock of the data folder before. Throws a StartupError.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, log, maxConnections = 100 } = options;
  const user = await choosePostgresUser(dataDir);
  const place = await preparePlace(dataDir, user, log);
  const bin = await findBinaries(dataDir, user);
  await initialiseCluster(place, bin, user);
  const socketDir = await shortFolder(place, "socket", user);
  const server = await adoptOrLaunch({
    bin,
    cluster: join(place, "cluster"),
    socketDir,
    user,
    maxConnections,
  });
  return {
    connection: { host: server.socketDir, port: server.port, user: role, database: role },
    adopted: server.adopted,
    stop: supervise(server, options.onExit),
  };
}

interface Server extends RunningPostgres {
  readonly socketDir: string;
  readonly port: number;
  readonly adopted: boolean;
}

// A PostgreSQL that is just stopping, or whose last sessions still end, holds the cluster for a moment.
const patienceMs = 10_000;

async function adoptOrLaunch(launch: Launch): Promise<Server> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const adopted = await adoptPostgres(launch.cluster);
    if (adopted) return { ...adopted, adopted: true };
    await clearStaleLocks(launch);
    const launched = await launchPostgres(launch);
    if (!("failure" in launched)) return { ...launched, port, socketDir: launch.socketDir, adopted: false };
    if (Date.now() > deadline || !(await readPostmasterPid(launch.cluster)))
      throw failed(launched.failure, launch);
    await delay(250);
  }
}

/**
 * PostgreSQL takes its lock files for stale only when no process at all has the number in them. Ours may belong to a
 * stranger by now, or to a dead process that nobody has collected.
 */
async function clearStaleLocks({ cluster, socketDir }: Launch): Promise<void> {
  const holder = await readPostmasterPid(cluster);
  if (holder && (await isPostmaster(holder.pid, cluster))) return;
  if (holder) await disownPostmasterPid(cluster);
  await rm(join(socketDir, `.s.PGSQL.${port}.lock`), { force: true });
}

function failed(words: string, launch: Launch): StartupError {
  const log = join(launch.cluster, "log");
  return new StartupError("postgres_failed", `PostgreSQL did not start: ${words} (its log is in ${log})`);
}

/** Returns `stop`, which may be called more than once; until then the end of PostgreSQL is told to `onExit`. */
function supervise(server: RunningPostgres, onExit?: (code: number | null) => void): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  void server.gone.then((code) => {
    if (!stopping) onExit?.(code);
  });
  return () => {
    stopping ??= shutDown(server);
    return stopping;
  };
}
