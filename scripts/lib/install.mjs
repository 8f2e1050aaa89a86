import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Failure } from "./main.mjs";
import { run } from "./run.mjs";

/** Makes node_modules what package-lock.json says. Does nothing when it already is. */
export async function install(root) {
  const stamp = path.join(root, "node_modules", ".clarion-installed");
  const wanted = stampFor(root);
  if (read(stamp) === wanted) return;
  if (!installedByHand(root)) {
    console.log("Installing libraries: npm ci (the first time, and when package-lock.json changed) ...");
    fs.rmSync(stamp, { force: true });
    await npmCi(root);
  }
  fs.writeFileSync(stamp, wanted);
}

/** The system is part of it: a node_modules folder that came along from another one lacks our binaries. */
function stampFor(root) {
  const lock = fs.readFileSync(path.join(root, "package-lock.json"));
  return `${createHash("sha256").update(lock).digest("hex")} ${process.platform} ${process.arch}\n`;
}

/** npm writes down, last of all, what it installed: someone's own `npm ci` or `npm install` needs no second one. */
function installedByHand(root) {
  const lock = JSON.parse(read(path.join(root, "package-lock.json")));
  const installed =
    JSON.parse(read(path.join(root, "node_modules", ".package-lock.json")) ?? "{}").packages ?? {};
  return Object.entries(lock.packages).every(
    ([name, wanted]) =>
      name === "" || installed[name]?.version === wanted.version || isForOtherSystems(wanted),
  );
}

function isForOtherSystems({ optional, os, cpu, libc }) {
  const fits = (list, ours) => list === undefined || list.includes(ours);
  const isOurs =
    os !== undefined && fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, "glibc");
  return optional === true && !isOurs;
}

async function npmCi(root) {
  const options = ["--ignore-scripts", "--include=dev", "--include=optional", "--no-audit", "--no-fund"];
  const cli = process.env.npm_execpath ?? "";
  const [file, first] = /npm-cli\.c?js$/.test(cli) ? [process.execPath, [cli]] : ["npm", []];
  const code = await run(file, [...first, "ci", ...options], { cwd: root }).catch((error) => error.code);
  if (code !== 0)
    throw new Failure(`The libraries could not be installed (npm ci ended with ${code}). Try again.`);
}

function read(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
}
