import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface Program {
  readonly pid: number;
  /** The first line it says. */
  readonly firstLine: string;
  /** Ends its standard input, and it with it. */
  end(): Promise<void>;
}

/** Starts a TypeScript program of this folder and waits for its first line. */
export async function startProgram(file: string, ...args: string[]): Promise<Program> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", path, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  return { pid: child.pid ?? 0, firstLine: await firstLine(child), end: () => end(child) };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`ended with ${code}`)));
  });
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.stdin?.end();
  });
}

/** What a process holds at its highest, and what those it started hold now (shared pages counted once), in MB. */
export function memoryMb(pid: number): { peak: number; children: number } {
  const own = Number(/VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
  const shares = descendants(pid).map((id) =>
    Number(/Pss:\s+(\d+)/.exec(read(`/proc/${id}/smaps_rollup`))?.[1] ?? 0),
  );
  return {
    peak: Math.round(own / 1024),
    children: Math.round(shares.reduce((sum, kb) => sum + kb, 0) / 1024),
  };
}

function descendants(pid: number): number[] {
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter(
      (id) => / (\d+)/.exec(read(`/proc/${id}/stat`).replace(/^.*\)/, "").slice(2))?.[1] === String(pid),
    );
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
