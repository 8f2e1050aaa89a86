import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { until } from "./until.ts";

/** One of the entries of the product as a process of its own. */
export interface ClarionProcess {
  /** What it has written, on both streams. */
  output(): string;
  /** Resolves with its exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Lets it end what it is at. @throws Error where it did not end well */
  stop(): Promise<void>;
  kill(): void;
}

/** @param entry its path in the repository */
export function runClarion(entry: string, env: Readonly<Record<string, string>>): ClarionProcess {
  const program = fileURLToPath(new URL(`../../${entry}`, import.meta.url));
  // The folder on the command line lets the end of the run find it, should we be killed.
  const child = spawn(process.execPath, ["--import", "tsx", program, `${env.DATA_DIR}/`], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, ...env },
  });
  const ended = once(child, "close").then(([code]) => code as number | null);
  let words = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      words += chunk;
    });
  return {
    output: () => words,
    ended,
    async stop() {
      child.kill("SIGTERM");
      const code = await ended;
      if (code !== 0) throw new Error(`${entry} ended with ${code}: ${words}`);
    },
    kill: () => void child.kill("SIGKILL"),
  };
}

/** Waits until a server or a worker is at work. @throws Error with its words where it ends instead */
export async function startClarion(
  entry: string,
  env: Readonly<Record<string, string>>,
): Promise<ClarionProcess> {
  const running = runClarion(entry, env);
  let over = false;
  void running.ended.then(() => {
    over = true;
  });
  await until(`${entry} is at work`, () => over || running.output().includes("at work"), 60_000);
  if (over) throw new Error(`${entry} did not start: ${running.output()}`);
  return running;
}
