import { readdir, realpath, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { lockDataDir } from "../../src/db/embedded/data-dir-lock.ts";
import { shortFolder } from "../../src/db/embedded/short-folder.ts";
import { spawnEmbeddedServer } from "../support/embedded-server-process.ts";
import { tempFolder } from "../support/temp-folder.ts";

describe("the lock of a data folder", () => {
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  beforeEach(async () => {
    folder = await tempFolder();
  });
  afterEach(() => folder.remove());

  it("refuses a second server in a sentence that names the first", async () => {
    const lock = await lockDataDir(folder.path);
    const refusal = expect.objectContaining({
      code: "data_dir_in_use",
      message: expect.stringContaining(`already runs on this data folder (process ${process.pid})`),
    });
    await expect(lockDataDir(folder.path)).rejects.toEqual(refusal);
    await expect(lockDataDir(`${folder.path}/../${folder.path.split("/").at(-1)}`)).rejects.toEqual(refusal);
    await lock.release();
    await (await lockDataDir(folder.path)).release();
  });

  it("is held by exactly one of many who come at once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => lockDataDir(folder.path)));
      const winners = results.filter((result) => result.status === "fulfilled");
      expect(winners).toHaveLength(1);
      await winners[0]!.value.release();
    }
  });

  it("is held by exactly one of several processes, and dies with a killed one", async () => {
    const servers = await Promise.all([1, 2, 3].map(() => spawnEmbeddedServer(folder.path)));
    const winners = servers.filter((server) => server.report.connection);
    expect(winners).toHaveLength(1);
    expect(servers.filter((server) => server.report.code === "data_dir_in_use")).toHaveLength(2);
    await winners[0]!.kill();
    const next = await spawnEmbeddedServer(folder.path);
    expect(next.report.adopted).toBe(true);
    await Promise.all([next, ...servers].map((server) => server.stop()));
  });

  it("stays with the one that has it when the clock was set back since", async () => {
    const lock = await lockDataDir(folder.path);
    const sockets = join(folder.path, "lock");
    const [name = ""] = await readdir(sockets);
    await rename(join(sockets, name), join(sockets, `9${name.slice(1)}`));
    await expect(lockDataDir(folder.path)).rejects.toMatchObject({ code: "data_dir_in_use" });
    await lock.release();
  });

  it("works for a folder whose path is too long for a socket", async () => {
    const deep = `${folder.path}/${"a-folder-with-a-long-name/".repeat(5)}`;
    const lock = await lockDataDir(deep);
    await expect(lockDataDir(deep)).rejects.toMatchObject({ code: "data_dir_in_use" });
    await lock.release();
    await rm(await shortFolder(await realpath(deep), "lock", undefined), { recursive: true });
  });
});
