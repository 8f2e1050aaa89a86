import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { describe } from "@jest/globals";
import { Redis } from "ioredis";
import { freePort } from "./free-port.ts";
import { tempFolder } from "./temp-folder.ts";

export interface TestRedis {
  readonly url: string;
  readonly pid: number;
  flushAll(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

const program = process.env.CLARION_TEST_REDIS_SERVER;

/** `describe` for suites that need Redis; where there is none they are shown as skipped, as `npm test` says loudly. */
export const describeWithRedis = program ? describe : describe.skip;

/** A real Redis of its own with the product's settings (append-only file, nothing evicted), on a free port. */
export async function startRedis(): Promise<TestRedis> {
  if (!program) throw new Error("No redis-server: run through `npm test`, and use describeWithRedis.");
  const folder = await tempFolder();
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    const server = spawn(program, settings(port, folder.path), { stdio: ["ignore", "pipe", "inherit"] });
    if (await becomesReady(server)) return running(server, port, folder);
    if (tries === 5) throw new Error(`${program} did not start.`);
  }
}

function running(server: ChildProcess, port: number, folder: { remove(): Promise<void> }): TestRedis {
  const url = `redis://127.0.0.1:${port}`;
  const ended = once(server, "exit");
  return {
    url,
    pid: server.pid ?? 0,
    flushAll: async () => {
      const client = new Redis(url, { maxRetriesPerRequest: 1 });
      await client.flushall().finally(() => client.disconnect());
    },
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) {
        server.kill("SIGKILL");
        await ended;
      }
      await folder.remove();
    },
  };
}

function settings(port: number, folder: string): string[] {
  const values = {
    port,
    bind: "127.0.0.1",
    dir: folder,
    save: "",
    appendonly: "yes",
    appendfsync: "everysec",
  };
  const others = { "maxmemory-policy": "noeviction", hz: 100, daemonize: "no" };
  return Object.entries({ ...values, ...others }).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

/** Its own word counts, and not an answer on the port: that could be somebody else's Redis. */
function becomesReady(server: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    let words = "";
    server.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      words = (words + chunk).slice(-4096);
      if (words.includes("Ready to accept connections")) resolve(true);
    });
    server.once("exit", () => resolve(false));
    server.once("error", () => resolve(false));
  });
}
