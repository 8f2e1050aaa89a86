import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { startEmbeddedPostgres } from "../../src/db/embedded/start-embedded-postgres.ts";
import { isAlive, postmasterPid, query } from "../support/embedded-postgres.ts";
import { spawnEmbeddedServer } from "../support/embedded-server-process.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { until } from "../support/until.ts";

describe("the embedded PostgreSQL after a crash", () => {
  let seed: Awaited<ReturnType<typeof tempFolder>>;
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  let dataDir = "";
  beforeAll(async () => {
    seed = await tempFolder();
    const postgres = await startEmbeddedPostgres({ dataDir: seed.path, log: () => undefined });
    await query(postgres.connection, "create table kept (answer int)");
    await postgres.stop();
  });
  afterAll(() => seed.remove());
  beforeEach(async () => {
    folder = await tempFolder();
    dataDir = folder.path;
    spawnSync("cp", ["-a", join(seed.path, "postgres"), dataDir]);
  });
  afterEach(() => folder.remove());

  function start(onExit: (code: number | null) => void = () => undefined) {
    return startEmbeddedPostgres({ dataDir, log: () => undefined, onExit });
  }

  /** Commits a row in a server of its own, which is killed; returns the number of the PostgreSQL left behind. */
  async function commitAndKillServer(): Promise<number> {
    const server = await spawnEmbeddedServer(dataDir);
    await query(server.report.connection!, "insert into kept values (42)");
    await server.kill();
    return postmasterPid(dataDir);
  }

  async function commitAndKillAll(): Promise<void> {
    const pid = await commitAndKillServer();
    process.kill(pid, "SIGKILL");
    await until("PostgreSQL is gone", () => !isAlive(pid));
  }

  it("is taken over after a kill -9 of the server, and leaves no orphan when stopped", async () => {
    const pid = await commitAndKillServer();
    const postgres = await start();
    expect(postgres.adopted).toBe(true);
    expect(await postmasterPid(dataDir)).toBe(pid);
    expect(await query(postgres.connection, "select answer from kept")).toEqual([{ answer: 42 }]);
    await postgres.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it("starts over what a kill -9 of everything left", async () => {
    await commitAndKillAll();
    const postgres = await start();
    expect(postgres.adopted).toBe(false);
    expect(await query(postgres.connection, "select answer from kept")).toEqual([{ answer: 42 }]);
    await postgres.stop();
  });

  it.each([
    [
      "a stranger has got the number of the dead PostgreSQL",
      (pid: number, text: string) => text.replace(/^\d+/, `${pid}`),
    ],
    ["postmaster.pid was left empty", () => ""],
  ])("starts when %s, and harms nobody", async (_, damage) => {
    await commitAndKillAll();
    const file = join(dataDir, "postgres", "cluster", "postmaster.pid");
    const { uid, gid } = await stat(file);
    const stranger = spawn("sleep", ["60"], process.getuid?.() === 0 ? { uid, gid } : {});
    await once(stranger, "spawn");
    await writeFile(file, damage(stranger.pid!, await readFile(file, "utf8")));
    const postgres = await start();
    expect(await query(postgres.connection, "select answer from kept")).toEqual([{ answer: 42 }]);
    await postgres.stop();
    expect(isAlive(stranger.pid!)).toBe(true);
    stranger.kill();
  });

  it("tells when it ends by itself, started or taken over, but not when stopped", async () => {
    const exits: (number | null)[] = [];
    const first = await start((code) => exits.push(code));
    const second = await start((code) => exits.push(code));
    expect(second.adopted).toBe(true);
    process.kill(await postmasterPid(dataDir), "SIGQUIT");
    await until("both were told", () => exits.length === 2);
    const third = await start((code) => exits.push(code));
    await Promise.all([first.stop(), second.stop(), third.stop()]);
    expect(exits).toHaveLength(2);
  });
});
