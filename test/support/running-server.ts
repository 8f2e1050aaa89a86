import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { until } from "./until.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface RunningServer {
  readonly origin: string;
  /** What it and its rotations are given. */
  readonly env: Readonly<Record<string, string>>;
  call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: Record<string, unknown> }>;
  stop(): Promise<void>;
}

/** `npm start` as a process of its own, with the embedded database in this data folder. */
export async function startServer(dataDir: string, apiKey: string): Promise<RunningServer> {
  const [port, practicePort] = [await freePort(), await freePort()];
  const env = {
    ...{ PATH: process.env.PATH ?? "", DATA_DIR: dataDir, CLARION_API_KEY: apiKey, LOG_LEVEL: "trace" },
    ...{ PORT: String(port), PRACTICE_PORT: String(practicePort) },
  };
  const child = runProgram("src/main.ts", env);
  child.stdout?.resume(); // a pipe that nobody reads would stop it
  child.stderr?.resume();
  const ended = once(child, "exit");
  const origin = `http://127.0.0.1:${port}`;
  const call: RunningServer["call"] = async (method, path, body) => {
    const answer = await fetch(`${origin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        connection: "close", // a kept one may be closed just when it is used again
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
  };
  await until(
    "the server is up",
    () =>
      call("GET", "/v1/accounts")
        .then(({ status }) => status === 200)
        .catch(() => false),
    120_000,
  );
  return {
    origin,
    env,
    call,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** A program of ours, from its source. */
export function runProgram(path: string, env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", path], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
