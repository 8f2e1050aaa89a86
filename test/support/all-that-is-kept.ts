import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { Redis } from "ioredis";
import type pg from "pg";

/** Every row of every table but PostgreSQL's own, as text; bytes in hex and escaped, as pg_dump has written them. */
export async function dumpPostgres(pool: pg.Pool): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'm', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`,
  );
  const client = await pool.connect();
  try {
    const texts: string[] = [];
    for (const { name } of tables)
      for (const output of ["hex", "escape"]) {
        await client.query(`set bytea_output = ${output}`);
        const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
        texts.push(`-- ${name}`, ...rows.map(({ row }) => row));
      }
    return texts.join("\n");
  } finally {
    client.release(true); // its settings are not for others
  }
}

/** Every key of a Redis, and all that lies under it. */
export async function dumpRedis(url: string): Promise<string> {
  const client = new Redis(url, { maxRetriesPerRequest: 1 });
  try {
    const keys = await client.keys("*");
    const values = await Promise.all(keys.map(async (key) => [key, await valueUnder(client, key)]));
    return JSON.stringify(values);
  } finally {
    client.disconnect();
  }
}

async function valueUnder(client: Redis, key: string): Promise<unknown> {
  const type = await client.type(key);
  switch (type) {
    case "string":
      return client.get(key);
    case "hash":
      return client.hgetall(key);
    case "list":
      return client.lrange(key, 0, -1);
    case "set":
      return client.smembers(key);
    case "zset":
      return client.zrange(key, "0", "-1", "WITHSCORES");
    case "stream":
      return client.xrange(key, "-", "+");
    case "none":
      return undefined; // gone since
    default:
      throw new Error(`Unknown type of ${key}: ${type}`);
  }
}

/** Every file of a folder, byte for byte, under its path. @param except paths below the folder */
export async function dumpFiles(folder: string, except: readonly string[] = []): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !except.some((name) => `${relative(folder, path)}/`.startsWith(`${name}/`)));
  const texts = await Promise.all(paths.map((path) => readFile(path, "latin1").catch(() => ""))); // gone since
  return paths.map((path, index) => `-- ${relative(folder, path)}\n${texts[index]}`).join("\n");
}
