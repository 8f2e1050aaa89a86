import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Failure } from "./main.mjs";
import { run } from "./run.mjs";

const folders = ["src", "workers", "config"];
/** What people read in the browser too. */
const pages = ["docs/errors.md"];
const settings = ["tsconfig.json", "tsconfig.build.json", "package-lock.json"];

/** Compiles into dist/ when something changed since. dist/ is replaced as a whole, by a build that is complete. */
export async function build(root) {
  const files = [...sources(root), ...pages.filter((page) => fs.existsSync(path.join(root, page)))];
  const wanted = contentHash(root, [...files, ...settings]);
  const stamp = path.join(root, "dist", ".built-from");
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === wanted) return;
  console.log("Building ...");
  const draft = newDraft(root);
  await compile(root, draft);
  for (const file of files.filter(isAsset)) fs.cpSync(path.join(root, file), path.join(draft, file));
  fs.writeFileSync(path.join(draft, ".built-from"), wanted);
  replace(path.join(root, "dist"), draft);
}

function sources(root) {
  const inFolder = (folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
      .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)));
  return folders.filter((folder) => fs.existsSync(path.join(root, folder))).flatMap(inFolder);
}

/** What the server reads at run time and tsc does not copy. */
function isAsset(file) {
  return /\.(html|css|svg|png|md)$/.test(file) || file.startsWith(path.join("src", "db", "migrations"));
}

function contentHash(root, files) {
  const hash = createHash("sha256");
  for (const file of files.toSorted()) {
    const content = fs.readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** A folder of our own beside dist/; those of builds that were killed are taken away. */
function newDraft(root) {
  const drafts = path.join(root, ".tmp", "build");
  fs.mkdirSync(drafts, { recursive: true });
  for (const pid of fs.readdirSync(drafts)) {
    if (!isAlive(Number(pid))) fs.rmSync(path.join(drafts, pid), { recursive: true });
  }
  return path.join(drafts, String(process.pid), "dist");
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

async function compile(root, outDir) {
  const tsc = path.join(root, "node_modules", "typescript", "bin", "tsc");
  const options = [
    "-p",
    "tsconfig.build.json",
    "--outDir",
    outDir,
    "--incremental",
    "false",
    "--tsBuildInfoFile",
    "null",
  ];
  const code = await run(process.execPath, [tsc, ...options], { cwd: root });
  if (code !== 0) throw new Failure("The build failed: see the messages of the compiler above.");
}

function replace(dist, draft) {
  const old = `${draft}.old`;
  if (fs.existsSync(dist)) fs.renameSync(dist, old);
  fs.renameSync(draft, dist);
  fs.rmSync(path.dirname(draft), { recursive: true });
}
