import { spawn } from "node:child_process";
import { once } from "node:events";

const script =
  '"$@" & child=$!; cat > /dev/null; exec 2> /dev/null; kill -KILL "$child"; wait "$child"; kill -KILL 0';

export interface TiedProcess {
  /** Whether it has written this. */
  says(text: string): boolean;
  stop(): Promise<void>;
}

/**
 * A program and all that it starts, tied to this process: when we end, however that happens, its shell reads the end
 * of its standard input and kills the whole group.
 */
export function tiedProcess(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): TiedProcess {
  const child = spawn("sh", ["-c", script, "sh", program, ...args], {
    detached: true, // a group of its own
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  const ended = once(child, "exit");
  let words = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      words = (words + chunk).slice(-100_000);
    });
  return {
    says: (text) => words.includes(text),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
