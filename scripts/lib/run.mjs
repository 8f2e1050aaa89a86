import { execFile, spawn } from "node:child_process";
import os from "node:os";

/** Runs a program in our terminal; resolves with its exit code as a shell would give it. */
export function run(file, args, options = {}) {
  const child = spawn(file, args, { stdio: "inherit", ...options });
  return exitCode(child);
}

export function exitCode(child) {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? 128 + os.constants.signals[signal]));
  });
}

/** Runs a program quietly; resolves with its code and its output. A program that is not there gives code 127. */
export function capture(file, args, options = {}) {
  return new Promise((resolve) => {
    execFile(file, args, { maxBuffer: 256 * 1024 * 1024, ...options }, (error, stdout, stderr) => {
      const code = error ? (Number.isInteger(error.code) ? error.code : 127) : 0;
      resolve({ code, stdout, stderr });
    });
  });
}
