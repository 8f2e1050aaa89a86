import { execFile } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe } from "@jest/globals";
import { tempFolder } from "./temp-folder.ts";
import { type TiedProcess, tiedProcess } from "./tied-process.ts";
import { until } from "./until.ts";

export interface RealWordpress {
  /** The site, without a slash at its end. */
  readonly url: string;
  /** An author: may publish and delete own posts, but not make categories. */
  readonly username: string;
  readonly applicationPassword: string;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

const files = process.env.CLARION_TEST_WORDPRESS;
const run = promisify(execFile);

/** `describe` for suites that need WordPress; where there is none they are shown as skipped, as `npm test` says loudly. */
export const describeWithWordpress = files ? describe : describe.skip;

/** A real WordPress on a database of its own, in the time zone of Baku; it calls nobody. Takes some ten seconds. */
export async function startRealWordpress(): Promise<RealWordpress> {
  if (!files) throw new Error("No WordPress: run through `npm test`, and use describeWithWordpress.");
  const folder = await tempFolder();
  const started: TiedProcess[] = [];
  const stop = async () => {
    for (const process of started.reverse()) await process.stop();
    await folder.remove();
  };
  try {
    const site = join(folder.path, "site");
    const socket = join(folder.path, "db.sock");
    await cp(files, site, { recursive: true });
    await makeDatabase(folder.path);
    started.push(await startDatabase(folder.path, socket));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    await configure(site, { WORDPRESS_SOCKET: socket, WORDPRESS_URL: url });
    const { stdout } = await run("php", [support("install.php"), site], { env: process.env });
    const account = JSON.parse(stdout) as Pick<RealWordpress, "username" | "applicationPassword">;
    started.push(await startWebServer(site, port, url));
    return { url, ...account, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** As root the server wants to be told that it may be root. */
const asWhom = process.getuid?.() === 0 ? ["--user=root"] : [];

async function makeDatabase(folder: string): Promise<void> {
  const data = join(folder, "db");
  await Promise.all([mkdir(data), mkdir(scratch(folder))]);
  const options = ["--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"];
  const args = ["--no-defaults", `--datadir=${data}`, ...options, ...asWhom];
  await run("mariadb-install-db", args, { env: { ...process.env, TMPDIR: scratch(folder) } });
}

/** Reached by its socket alone; what it holds may be lost with the machine. */
async function startDatabase(folder: string, socket: string): Promise<TiedProcess> {
  const args = [
    "--no-defaults",
    `--datadir=${join(folder, "db")}`,
    `--socket=${socket}`,
    `--pid-file=${join(folder, "db.pid")}`,
    "--skip-networking",
    "--innodb-flush-log-at-trx-commit=0",
    ...asWhom,
  ];
  const server = tiedProcess("/usr/sbin/mariadbd", args, { TMPDIR: scratch(folder) });
  await until("mariadbd is ready", () => server.says("ready for connections"), 60_000);
  return server;
}

/** Of each database its own: one that starts clears away what it takes for its own left-overs. */
function scratch(folder: string): string {
  return join(folder, "tmp");
}

/** The theme is the least that shows a post to a reader. */
async function configure(site: string, constants: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(constants).map(
    ([name, value]) => `define(${quoted(name)}, ${quoted(value)});\n`,
  );
  await writeFile(
    join(site, "wp-config.php"),
    `<?php\n${lines.join("")}require ${quoted(support("config.php"))};\n`,
  );
  await cp(support("theme"), join(site, "wp-content", "themes", "plain"), { recursive: true });
}

/** PHP's own server, with hands enough for a client that asks twice at once. */
async function startWebServer(site: string, port: number, url: string): Promise<TiedProcess> {
  const args = ["-d", "memory_limit=256M", "-S", `127.0.0.1:${port}`, "-t", site, support("router.php")];
  const server = tiedProcess("php", args, { PHP_CLI_SERVER_WORKERS: "4" });
  const answers = () =>
    fetch(`${url}/wp-json/`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until("WordPress answers", answers, 60_000);
  return server;
}

function support(name: string): string {
  return resolve("test", "support", "wordpress", name);
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, "127.0.0.1", listening));
  const { port } = probe.address() as { port: number };
  await new Promise((closed) => probe.close(closed));
  return port;
}
