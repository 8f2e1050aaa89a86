import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { Failure } from "./main.mjs";
import { exitCode } from "./run.mjs";

/**
 * Starts the one PostgreSQL of a test run, in a process that lives as long as its standard input is open: however we
 * end, it tidies up after us. `env` tells the tests where it is.
 */
export async function startTestPostgres(root) {
  const program = path.join("test", "support", "postgres-for-tests.ts");
  const child = spawn(process.execPath, ["--import", "tsx", program], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
    detached: process.platform !== "win32",
  });
  const ended = exitCode(child);
  const lines = createInterface({ input: child.stdout });
  const told = new Promise((resolve) => lines.once("line", resolve));
  const line = await Promise.race([told, ended]);
  if (typeof line !== "string") throw new Failure("PostgreSQL for the tests did not start: see above.");
  return {
    env: JSON.parse(line),
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
