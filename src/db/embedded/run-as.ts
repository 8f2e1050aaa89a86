import { spawn } from "node:child_process";

export interface OsUser {
  readonly uid: number;
  readonly gid: number;
}

/** What child programs get to see: nothing of ours, so no secret leaks into their environment. */
export const plainEnv = { PATH: "/usr/bin:/bin:/usr/sbin:/sbin", LC_ALL: "C", TZ: "UTC" };

/**
 * Runs a program to its end as `user` (undefined: as ourselves).
 * `ok` is false when it could not be started or ended with anything but 0; `output` is both of its streams.
 */
export function runAs(user: OsUser | undefined, file: string, args: readonly string[], input = "") {
  return new Promise<{ ok: boolean; output: string }>((resolve) => {
    const child = spawn(file, args, { ...user, cwd: "/", env: plainEnv, stdio: "pipe" });
    let output = "";
    const keep = (chunk: string) => {
      output = (output + chunk).slice(-4096);
    };
    child.stdout.setEncoding("utf8").on("data", keep);
    child.stderr.setEncoding("utf8").on("data", keep);
    child.on("error", (error) => resolve({ ok: false, output: error.message }));
    child.on("close", (code) => resolve({ ok: code === 0, output: output.trim() }));
    child.stdin.on("error", () => undefined).end(input);
  });
}

/** Runs a line of shell as `user`; `args` arrive as $1, $2 … so that no path is ever parsed. */
export function shellAs(user: OsUser | undefined, script: string, ...args: readonly string[]) {
  return runAs(user, "/bin/sh", ["-c", script, "sh", ...args]);
}
