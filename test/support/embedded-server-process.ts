import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { PostgresConnection } from "../../src/db/embedded/start-embedded-postgres.ts";

const program = fileURLToPath(new URL("embedded-server.ts", import.meta.url));

export interface EmbeddedServerReport {
  readonly connection?: PostgresConnection;
  readonly adopted?: boolean;
  readonly code?: string;
  readonly message?: string;
}

/** Starts `embedded-server.ts` on a data folder, if wanted as another user, and waits for its report. */
export async function spawnEmbeddedServer(dataDir: string, user?: { uid: number; gid: number }) {
  const child = spawn(process.execPath, ["--import", "tsx", program, dataDir], {
    ...user,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  const line = await Promise.race([firstLine(child), closed.then(() => "{}")]);
  return {
    report: JSON.parse(line) as EmbeddedServerReport,
    stop: async () => {
      child.stdin.end();
      await closed;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await closed;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [line] = (await once(lines, "line")) as [string];
  return line;
}
