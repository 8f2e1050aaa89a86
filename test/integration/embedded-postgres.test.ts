import { chmod, chown, mkdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { startEmbeddedPostgres } from "../../src/db/embedded/start-embedded-postgres.ts";
import { query } from "../support/embedded-postgres.ts";
import { tempFolder } from "../support/temp-folder.ts";

describe("the embedded PostgreSQL", () => {
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  beforeEach(async () => {
    folder = await tempFolder();
  });
  afterEach(() => folder.remove());
  const start = (dataDir = folder.path) => startEmbeddedPostgres({ dataDir, log: () => undefined });

  it("starts from nothing, durable, on a private socket alone, and not as a superuser", async () => {
    const postgres = await start();
    expect(postgres.adopted).toBe(false);
    expect((await stat(postgres.connection.host)).mode & 0o777).toBe(0o700);
    const names = ["fsync", "synchronous_commit", "full_page_writes", "data_checksums", "listen_addresses"];
    const settings = names.map((name) => `current_setting('${name}') as ${name}`);
    expect(await query(postgres.connection, `select ${settings}`)).toEqual([
      {
        fsync: "on",
        synchronous_commit: "on",
        full_page_writes: "on",
        data_checksums: "on",
        listen_addresses: "",
      },
    ]);
    expect(await query(postgres.connection, encodingAndRole)).toEqual([
      { encoding: "UTF8", rolsuper: false },
    ]);
    await postgres.stop();
  });

  it("keeps what was committed when stopped and started again", async () => {
    const first = await start();
    await query(first.connection, "create table kept as select 42 as answer");
    await first.stop();
    await first.stop();
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.connection, "select answer from kept")).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  it("begins anew when the first start was killed half-way", async () => {
    const draft = join(folder.path, "postgres", "cluster.new");
    await mkdir(draft, { recursive: true });
    await writeFile(join(draft, "PG_VERSION"), "18\n");
    if (process.getuid?.() === 0)
      await Promise.all([draft, join(draft, "..")].map((path) => chown(path, 65534, 65534)));
    const postgres = await start();
    expect(await query(postgres.connection, "select 1 as one")).toEqual([{ one: 1 }]);
    await postgres.stop();
  });

  it("has a short socket path however deep the data folder lies", async () => {
    await chmod(folder.path, 0o711);
    const deep = join(folder.path, "a-folder-with-a-long-name/".repeat(5));
    await mkdir(deep, { recursive: true });
    const postgres = await start(deep);
    expect(postgres.connection.host).toMatch(/^\/tmp\/clarion-[0-9a-f]{16}$/);
    expect(await query(postgres.connection, "select 1 as one")).toEqual([{ one: 1 }]);
    await postgres.stop();
    await rm(postgres.connection.host, { recursive: true });
  });

  it("says in PostgreSQL's words why it cannot start", async () => {
    await (await start()).stop();
    await writeFile(join(folder.path, "postgres", "cluster", "PG_VERSION"), "12\n");
    await expect(start()).rejects.toMatchObject({
      code: "postgres_failed",
      message: expect.stringMatching(/did not start: .*database files are incompatible with server/s),
    });
  });
});

const encodingAndRole = `select pg_encoding_to_char(encoding) as encoding, rolsuper
  from pg_database, pg_roles where datname = current_database() and rolname = current_user`;
