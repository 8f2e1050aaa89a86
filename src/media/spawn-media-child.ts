import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const maxBytes = 1536 * 1024 * 1024;
const prlimit = "/usr/bin/prlimit";

/** With a limit to its memory where the system has one to set. Run from source, as tests do, it needs tsx. */
export function spawnMediaChild(): ChildProcess {
  const isSource = import.meta.url.endsWith(".ts");
  const file = fileURLToPath(new URL(`./media-child.${isSource ? "ts" : "js"}`, import.meta.url));
  const node = [process.execPath, ...(isSource ? ["--import", "tsx"] : []), file];
  const [command = "", ...args] = existsSync(prlimit) ? [prlimit, `--data=${maxBytes}`, "--", ...node] : node;
  const started = spawn(command, args, {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    env: { NODE_ENV: "production" },
  });
  started.unref();
  started.channel?.unref();
  return started;
}
