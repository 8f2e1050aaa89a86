import fs from "node:fs";
import path from "node:path";
import { aptInstall, canAptInstall } from "./debian.mjs";
import { Failure } from "./main.mjs";
import { downloadRedis, nameAsRedis } from "./redis-download.mjs";
import { canRunWordpress, wordpressFiles, wordpressPackages } from "./wordpress-files.mjs";

const emojiFont = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf";

/**
 * Finds, or on Debian fetches, what only the tests need. Returns paths for them as environment variables; an empty
 * one means that the suites which need it are left out, and under CI=true nothing may be.
 */
export async function findTools(root) {
  const cache = path.join(root, "node_modules", ".cache", "clarion");
  await installMissing();
  const redis =
    findRedis() ?? (await nameAsRedis(findOnPath("redis-check-rdb"), cache)) ?? (await downloadRedis(cache));
  const chromium = findChromium();
  if (!redis) leaveOut("Redis", notFound("redis-server"));
  if (!chromium) leaveOut("browser", notFound("chromium"));
  const wordpress = (await canRunWordpress()) ? await wordpressFiles(cache) : undefined;
  if (!wordpress) leaveOut("WordPress", notFound("WordPress, or php with its extensions, or mariadbd"));
  return {
    CLARION_TEST_REDIS_SERVER: redis ?? "",
    CLARION_TEST_CHROMIUM: chromium ?? "",
    CLARION_TEST_WORDPRESS: wordpress ?? "",
  };
}

/** redis-tools carries the whole server; redis-server would also start one as a service of this machine. */
async function installMissing() {
  const packages = [];
  if (!findRedis() && !findOnPath("redis-check-rdb")) packages.push("redis-tools");
  if (!findChromium()) packages.push("chromium", "fonts-liberation");
  if (!fs.existsSync(emojiFont)) packages.push("fonts-noto-color-emoji");
  if (!(await canRunWordpress())) packages.push(...wordpressPackages);
  if (packages.length > 0 && canAptInstall()) await aptInstall(packages);
}

function findRedis() {
  return process.env.CLARION_TEST_REDIS_SERVER || findOnPath("redis-server");
}

function findChromium() {
  const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
  return process.env.CLARION_TEST_CHROMIUM || names.map(findOnPath).find(Boolean);
}

function findOnPath(name) {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

function notFound(program) {
  return `${program} was not found and could not be fetched: install it, and have it on the PATH.`;
}

/** Says so loudly; under CI=true nothing may be left out. */
export function leaveOut(suites, message) {
  if (process.env.CI === "true") throw new Failure(`Nothing may be left out under CI=true. ${message}`);
  console.warn(`\n  !!! THE ${suites.toUpperCase()} SUITES ARE LEFT OUT !!!\n  ${message}\n`);
}
