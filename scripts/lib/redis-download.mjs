import fs from "node:fs";
import path from "node:path";
import { capture } from "./run.mjs";

const packages = ["redis-tools", "libjemalloc2", "liblzf1"];

/** Makes `redis-check-rdb` a `redis-server`: in Debian they are one program that goes by the name it is called. */
export async function nameAsRedis(program, cache, libraries = "") {
  if (!program) return undefined;
  const folder = path.join(cache, "redis");
  const named = path.join(folder, "program", "redis-server");
  const script = `#!/bin/sh\nLD_LIBRARY_PATH='${libraries}' exec '${named}' "$@"\n`;
  fs.mkdirSync(path.dirname(named), { recursive: true });
  fs.rmSync(named, { force: true });
  fs.symlinkSync(program, named);
  const wrapper = path.join(folder, "redis-server");
  fs.writeFileSync(wrapper, script, { mode: 0o755 });
  const { code } = await capture(wrapper, ["--version"]);
  return code === 0 ? wrapper : undefined;
}

/** For those who may not install: fetches Debian's packages and unpacks them into `cache`. */
export async function downloadRedis(cache) {
  if (!fs.existsSync("/usr/bin/apt-get")) return undefined;
  const folder = path.join(cache, "redis");
  const unpacked = path.join(folder, "unpacked");
  const program = path.join(unpacked, "usr", "bin", "redis-check-rdb");
  if (!fs.existsSync(program)) await unpackPackages(folder, unpacked);
  if (!fs.existsSync(program)) return undefined;
  return nameAsRedis(program, cache, libraryFolders(path.join(unpacked, "usr", "lib")));
}

/** The folder gets its name last: a download that was killed is done again. */
async function unpackPackages(folder, unpacked) {
  console.log(`Fetching for the tests, into node_modules: ${packages.join(" ")} ...`);
  const draft = path.join(folder, "download");
  const files = path.join(draft, "packages");
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(files, { recursive: true });
  if (!(await download(files, []))) await download(files, await ownPackageLists(draft));
  const target = path.join(draft, "unpacked");
  for (const name of fs.readdirSync(files)) await capture("dpkg-deb", ["-x", path.join(files, name), target]);
  if (fs.existsSync(target)) fs.renameSync(target, unpacked);
  fs.rmSync(draft, { recursive: true, force: true });
}

async function download(folder, options) {
  return (await capture("apt-get", [...options, "download", ...packages], { cwd: folder })).code === 0;
}

/** Where the system's lists of packages are missing or old, and not ours to renew. */
async function ownPackageLists(folder) {
  const state = path.join(folder, "lists");
  fs.mkdirSync(path.join(state, "partial"), { recursive: true });
  const options = ["-o", `Dir::State::lists=${state}`, "-o", `Dir::Cache=${path.join(folder, "cache")}`];
  await capture("apt-get", [...options, "update"]);
  return options;
}

function libraryFolders(folder) {
  const names = fs.readdirSync(folder).filter((name) => name.includes("-linux-gnu"));
  return names.map((name) => path.join(folder, name)).join(":");
}
