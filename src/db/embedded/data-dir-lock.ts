import { randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { createConnection, createServer, type Server } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ensureDataDir } from "./data-dir.ts";
import { ownerForRoot } from "./postgres-user.ts";
import { shortFolder } from "./short-folder.ts";
import { StartupError } from "./startup-error.ts";

/**
 * Makes sure that one server at a time works on a data folder; made when missing. Throws a StartupError
 * `data_dir_in_use` when another has it. A killed process loses its lock at once, for the kernel answers for it.
 *
 * Each candidate listens on a socket of its own and then looks at all others. Whoever comes second sees the first, so
 * two can never both find themselves alone; of two who see each other, the younger one leaves.
 */
export async function lockDataDir(dataDir: string): Promise<{ release(): Promise<void> }> {
  const parent = await ensureDataDir(dataDir);
  const folder = await shortFolder(parent, "lock", await ownerForRoot(parent));
  const name = `${String(Date.now()).padStart(15, "0")}-${process.pid}-${randomBytes(3).toString("hex")}`;
  const server = await listen(join(folder, name));
  const rival = await findRival(folder, name);
  if (!rival) return { release: () => close(server) };
  await close(server);
  throw new StartupError(
    "data_dir_in_use",
    `Clarion already runs on this data folder (process ${rival.split("-")[1]}): ${parent}. Stop that one first, or choose another data folder.`,
  );
}

const patienceMs = 2_000;

/** Undefined when nobody else is left. An older one has the lock or will; a younger one is about to leave: wait. */
async function findRival(folder: string, name: string): Promise<string | undefined> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const [oldest] = await othersAlive(folder, name);
    if (oldest === undefined || oldest < name || Date.now() > deadline) return oldest;
    await delay(20);
  }
}

async function othersAlive(folder: string, name: string): Promise<string[]> {
  const others = (await readdir(folder)).filter((other) => other !== name).sort();
  const alive: string[] = [];
  for (const other of others) {
    if (await isAlive(join(folder, other))) alive.push(other);
    else await rm(join(folder, other), { force: true });
  }
  return alive;
}

/** Only "nobody listens" means dead; when in doubt it is alive. */
function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", ({ code }: NodeJS.ErrnoException) => {
      resolve(code !== "ECONNREFUSED" && code !== "ENOENT");
    });
  });
}

/** The folder is private, so the socket may be open to all: root and the folder's owner must see each other. */
function listen(path: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => reject(noSocket(path, cause)));
    server.listen({ path, readableAll: true, writableAll: true }, () => resolve(server.unref()));
  });
}

function noSocket(path: string, cause: unknown): StartupError {
  const message = `Clarion cannot make a socket in ${dirname(path)}. Choose a data folder on a local disk.`;
  return new StartupError("data_dir_unusable", message, { cause });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
