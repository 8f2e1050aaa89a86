import { spawn } from "node:child_process";
import path from "node:path";
import { exitCode } from "./run.mjs";

// Ctrl-C under npm arrives twice within milliseconds: from the terminal and from npm, which passes it on.
const repeatMs = 1_000;

/** Runs the server until it ends and resolves with its exit code. It gets each signal once, from us alone. */
export function serve(root, args) {
  const main = path.join(root, "dist", "src", "main.js");
  // A process group of its own keeps the terminal's own Ctrl-C from it.
  const options = { stdio: "inherit", detached: process.platform !== "win32" };
  const child = spawn(process.execPath, ["--enable-source-maps", main, ...args], options);
  passOn("SIGINT", child, "SIGINT");
  passOn("SIGTERM", child, "SIGTERM");
  passOn("SIGHUP", child, "SIGTERM");
  return exitCode(child);
}

function passOn(received, child, sent) {
  let last = Number.NEGATIVE_INFINITY;
  process.on(received, () => {
    if (performance.now() - last < repeatMs) return;
    last = performance.now();
    child.kill(sent);
  });
}
