import { spawn } from "node:child_process";
import path from "node:path";
import { exitCode } from "./run.mjs";

/** Runs jest with `env` on top of ours; resolves with its exit code. Signals end jest first, so that we can tidy up. */
export function jest(root, args, env) {
  const cli = path.join(root, "node_modules", "jest", "bin", "jest.js");
  const options = ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning"];
  const child = spawn(process.execPath, [...options, cli, ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  // Ctrl-C reaches jest by itself; the second one, from somebody impatient, is final.
  let interrupts = 0;
  process.on("SIGINT", () => {
    interrupts += 1;
    if (interrupts > 2) child.kill("SIGKILL");
  });
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill("SIGTERM"));
  return exitCode(child);
}
