import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { answers } from "./answers.ts";
import { type OsUser, plainEnv, shellAs } from "./run-as.ts";
import type { RunningPostgres } from "./running-postgres.ts";

export interface Launch {
  readonly bin: string;
  readonly cluster: string;
  readonly socketDir: string;
  readonly user: OsUser | undefined;
  readonly maxConnections: number;
}

// Replaying the log after a power cut takes seconds; this only ends a start that never will.
const startTimeoutMs = 300_000;
export const port = 5432;

/** Starts PostgreSQL and waits until it answers; resolves with its own words when it ends before that. */
export async function launchPostgres(
  launch: Launch,
): Promise<RunningPostgres | { readonly failure: string }> {
  const child = spawn(join(launch.bin, "postgres"), ["-D", launch.cluster, ...settings(launch)], {
    ...launch.user,
    cwd: "/",
    env: plainEnv,
    stdio: ["ignore", "ignore", "pipe"],
    // A session of its own: Ctrl-C in a terminal must not stop it before the server has finished with it.
    detached: true,
  });
  const words = lastWords(child);
  const gone = new Promise<number | null>((resolve) => {
    child.once("exit", resolve);
    child.once("error", () => resolve(null));
  });
  if (await becomesReady(launch, gone)) return { gone, signal: async (name) => void child.kill(name) };
  child.kill("SIGQUIT");
  await gone;
  return { failure: `${words()}\n${await endOfLog(launch)}`.trim() };
}

/** Everything that durability and privacy rest on is said here, and wins over any file in the cluster. */
function settings({ socketDir, maxConnections }: Launch): string[] {
  const values = {
    listen_addresses: "",
    port,
    unix_socket_directories: socketDir,
    unix_socket_permissions: "0700",
    max_connections: maxConnections,
    shared_buffers: "128MB",
    fsync: "on",
    synchronous_commit: "on",
    full_page_writes: "on",
    timezone: "UTC",
    // A week of logs beside the cluster, without statements or row values: they would hold what people wrote.
    logging_collector: "on",
    log_directory: "log",
    log_filename: "postgresql-%a.log",
    log_truncate_on_rotation: "on",
    log_rotation_size: 0,
    log_error_verbosity: "terse",
    log_min_error_statement: "panic",
    log_checkpoints: "off",
    log_timezone: "UTC",
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

function lastWords(child: ChildProcess): () => string {
  let words = "";
  const keep = (chunk: unknown) => {
    words = (words + chunk).slice(-2_048);
  };
  child.stderr?.setEncoding("utf8").on("data", keep);
  child.once("error", keep);
  return () => words.trim();
}

/** Read as PostgreSQL's user: as root we would follow wherever a link in its folder leads. */
async function endOfLog({ cluster, user }: Launch): Promise<string> {
  const { output } = await shellAs(user, 'cd "$1/log" && tail -n 5 "$(ls -t | head -n 1)"', cluster);
  return output;
}

async function becomesReady(launch: Launch, gone: Promise<unknown>): Promise<boolean> {
  let ended = false;
  void gone.then(() => {
    ended = true;
  });
  const deadline = Date.now() + startTimeoutMs;
  while (!ended && Date.now() < deadline) {
    if (await answers(launch.socketDir, port, launch.cluster)) return true;
    await delay(20);
  }
  return false;
}
