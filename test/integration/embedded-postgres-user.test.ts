import { spawnSync } from "node:child_process";
import { chmod, chown, mkdir, readlink, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { startEmbeddedPostgres } from "../../src/db/embedded/start-embedded-postgres.ts";
import { postmasterPid } from "../support/embedded-postgres.ts";
import { spawnEmbeddedServer } from "../support/embedded-server-process.ts";
import { tempFolder } from "../support/temp-folder.ts";

const asRoot = process.getuid?.() === 0 ? it : it.skip;
const nobody = { uid: 65534, gid: 65534 };
// A clone below a private /root cannot be run by anybody else.
const othersMayEnter =
  asRoot === it && spawnSync("test", ["-r", resolve("package.json")], nobody).status === 0;
const asRootWhereOthersMayEnter = othersMayEnter ? it : it.skip;

describe("the user that the embedded PostgreSQL runs as", () => {
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  beforeEach(async () => {
    folder = await tempFolder();
  });
  afterEach(() => folder.remove());

  asRoot("is never root, even in a private folder of root's", async () => {
    await chmod(folder.path, 0o700);
    const postgres = await startEmbeddedPostgres({ dataDir: folder.path, log: () => undefined });
    expect(await postgresUid(folder.path)).not.toBe(0);
    expect((await stat(join(folder.path, "postgres"))).mode & 0o777).toBe(0o700);
    await postgres.stop();
  });

  asRoot("is the owner of the data folder", async () => {
    await chown(folder.path, 1, 1);
    const postgres = await startEmbeddedPostgres({ dataDir: folder.path, log: () => undefined });
    expect(await postgresUid(folder.path)).toBe(1);
    await postgres.stop();
  });

  asRoot(
    "gets a database elsewhere when shut out, and never a new one in place of one that is lost",
    async () => {
      const lines: string[] = [];
      await mkdir(join(folder.path, "closed"), { mode: 0o700 });
      const dataDir = join(folder.path, "closed", "data");
      const start = () => startEmbeddedPostgres({ dataDir, log: (line) => lines.push(line) });
      await (await start()).stop();
      const place = await readlink(join(dataDir, "postgres"));
      expect(place).toMatch(/^\/var\/lib\/clarion\//);
      expect(lines).toEqual([expect.stringContaining(place)]);
      await rename(place, `${place}.away`);
      await expect(start()).rejects.toMatchObject({
        code: "data_dir_unusable",
        message: expect.stringContaining(place),
      });
      await rm(`${place}.away`, { recursive: true });
    },
  );

  asRootWhereOthersMayEnter("is an ordinary user when that one starts it", async () => {
    await chown(folder.path, nobody.uid, nobody.gid);
    const server = await spawnEmbeddedServer(folder.path, nobody);
    expect(server.report).toMatchObject({ adopted: false });
    expect(await postgresUid(folder.path)).toBe(nobody.uid);
    await server.stop();
  });

  async function postgresUid(dataDir: string): Promise<number> {
    return (await stat(`/proc/${await postmasterPid(dataDir)}`)).uid;
  }
});
