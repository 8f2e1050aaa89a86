import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { isPostmaster, readPostmasterPid } from "./postmaster-pid.ts";

describe("postmaster.pid", () => {
  let cluster = "";
  beforeEach(async () => {
    cluster = await mkdtemp(join(tmpdir(), "clarion-test-"));
  });
  afterEach(() => rm(cluster, { recursive: true }));

  it("is no server when it is missing", async () => {
    expect(await readPostmasterPid(cluster)).toBeUndefined();
  });

  it("names the process and its socket", async () => {
    const lines = [4711, cluster, 1_790_000_000, 5432, "/run/x", "", "12 3", "ready"];
    await writeFile(join(cluster, "postmaster.pid"), lines.join("\n"));
    expect(await readPostmasterPid(cluster)).toEqual({ pid: 4711, port: 5432, socketDir: "/run/x" });
  });

  it.each([
    ["empty, from a start that was killed", "", { pid: 0, port: 0, socketDir: "" }],
    ["not listening yet", "4711\n/data\n1\n5432\n\n", { pid: 4711, port: 5432, socketDir: "" }],
  ])("can be read when %s", async (_, text, expected) => {
    await writeFile(join(cluster, "postmaster.pid"), text);
    expect(await readPostmasterPid(cluster)).toEqual(expected);
  });

  it("is not believed about a stranger with the same number", async () => {
    expect(await isPostmaster(process.pid, cluster)).toBe(false);
    expect(await isPostmaster(0, cluster)).toBe(false);
  });

  it("is believed about a process that runs as PostgreSQL on this cluster, and on no other", async () => {
    const child = spawn("/bin/sh", ["-c", "echo up; read end", "postgres", "-D", cluster]);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    expect(await isPostmaster(child.pid ?? 0, cluster)).toBe(true);
    expect(await isPostmaster(child.pid ?? 0, join(cluster, ".."))).toBe(false);
    child.kill();
  });
});
