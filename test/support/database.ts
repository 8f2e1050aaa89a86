import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { superuser } from "../../src/db/embedded/initialise-cluster.ts";
import type { PostgresConnection } from "../../src/db/embedded/start-embedded-postgres.ts";
import { migrate } from "../../src/db/migrate.ts";

export interface TestDatabase {
  readonly connection: PostgresConnection;
  /** The same as a URL, for programs that are given DATABASE_URL. */
  readonly url: string;
  /** Ends every session on it and removes it. */
  drop(): Promise<void>;
}

/** A migrated, empty database for one test file: a copy of a template, which takes some 30 ms. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = testServer();
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asSuperuser(server, async (client) => {
    const template = await ensureTemplate(server, client);
    await client.query(`create database ${name} owner ${server.user} template ${template}`);
  });
  return {
    connection: { ...server, database: name },
    url: `postgresql://${server.user}@localhost:${server.port}/${name}?host=${encodeURIComponent(server.host)}`,
    drop: () => asSuperuser(server, (client) => client.query(`drop database if exists ${name} with (force)`)),
  };
}

function testServer(): PostgresConnection {
  const told = process.env.CLARION_TEST_POSTGRES;
  if (!told)
    throw new Error("These tests need the PostgreSQL that `npm test` starts: npm test -- path/of/a.test.ts");
  return JSON.parse(told) as PostgresConnection;
}

async function asSuperuser(
  server: PostgresConnection,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client({ ...server, user: superuser, database: "postgres", ssl: false });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Made by whichever jest worker comes first; it gets its name when it is finished. */
async function ensureTemplate(server: PostgresConnection, client: pg.Client): Promise<string> {
  const template = `template_${await migrationsHash()}`;
  const draft = `${template}_draft`;
  await client.query("select pg_advisory_lock(hashtext('template'))");
  const { rowCount } = await client.query("select from pg_database where datname = $1", [template]);
  if (rowCount === 0) {
    await client.query(`drop database if exists ${draft} with (force)`);
    await client.query(`create database ${draft} owner ${server.user}`);
    await migrateDatabase({ ...server, database: draft });
    await client.query(`alter database ${draft} rename to ${template}`);
  }
  await client.query("select pg_advisory_unlock(hashtext('template'))");
  return template;
}

async function migrateDatabase(connection: PostgresConnection): Promise<void> {
  const pool = new pg.Pool({ ...connection, ssl: false, max: 2 });
  await migrate(pool).finally(() => pool.end());
}

async function migrationsHash(): Promise<string> {
  const folder = fileURLToPath(new URL("../../src/db/migrations/", import.meta.url));
  const hash = createHash("sha256");
  for (const name of (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort()) {
    hash.update(`${name}\n`).update(await readFile(`${folder}${name}`));
  }
  return hash.digest("hex").slice(0, 16);
}
