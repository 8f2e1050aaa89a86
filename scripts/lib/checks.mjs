import fs from "node:fs";
import path from "node:path";
import { capture, run } from "./run.mjs";

export const biome = (root) => tool(root, "biome", ["ci", ...(process.stdout.isTTY ? [] : ["--colors=off"])]);
export const typescript = (root) => tool(root, "tsc", ["--noEmit", "-p", "tsconfig.json"]);
export const eslint = (root) => tool(root, "eslint", existing(root, ["src", "workers", "config", "test"]));
export const knip = (root) => tool(root, "knip", []);

/** The walls between folders. It must have seen every file: on some setups it passes without seeing any. */
export async function dependencyCruiser(root) {
  const folders = existing(root, ["src", "workers", "config"]);
  const options = ["--config", "dependency-cruiser.cjs", "--output-type", "json"];
  const { stdout, stderr } = await capture(bin(root, "depcruise"), [...options, ...folders], { cwd: root });
  const report = parse(stdout);
  if (!report) return complain(stderr || stdout);
  const errors = report.summary.violations.filter(({ rule }) => rule.severity === "error");
  for (const { rule, from, to } of errors) console.error(`${rule.name}: ${from} -> ${to}`);
  const seen = report.modules.filter(({ source }) => isSource(source, folders)).length;
  const expected = folders
    .flatMap((folder) => list(root, folder))
    .filter((file) => isSource(file, folders)).length;
  if (seen < expected) return complain(`It saw ${seen} of ${expected} source files.`);
  return errors.length === 0;
}

/** No lock names a registry, so that everyone installs from the one they use. */
export function lockFile(root) {
  const locks = existing(root, ["package-lock.json", "test/pds/package-lock.json"]);
  const texts = locks.map((file) => fs.readFileSync(path.join(root, file), "utf8"));
  const hosts = texts.flatMap((lock) => lock.match(/"resolved":\s*"[a-z+]+:[^"]*"/g) ?? []);
  return hosts.length === 0 || complain(`${hosts.length} entries name a host, such as ${hosts[0]}`);
}

async function tool(root, name, args) {
  return (await run(bin(root, name), args, { cwd: root })) === 0;
}

function bin(root, name) {
  return path.join(root, "node_modules", ".bin", name);
}

function existing(root, folders) {
  return folders.filter((folder) => fs.existsSync(path.join(root, folder)));
}

function list(root, folder) {
  const names = fs.readdirSync(path.join(root, folder), { recursive: true });
  return names.map((name) => path.posix.join(folder, name.split(path.sep).join("/")));
}

function isSource(file, folders) {
  return (
    file.endsWith(".ts") &&
    !file.endsWith(".test.ts") &&
    folders.some((folder) => file.startsWith(`${folder}/`))
  );
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function complain(message) {
  console.error(message);
  return false;
}
