import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { tempFolder } from "../support/temp-folder.ts";
import { until } from "../support/until.ts";

describe("the scripts", () => {
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  let root = "";
  beforeEach(async () => {
    folder = await tempFolder();
    root = folder.path;
    await cp("scripts", join(root, "scripts"), { recursive: true });
    for (const file of ["tsconfig.json", "tsconfig.build.json"]) await cp(file, join(root, file));
    await write("package.json", '{ "type": "module" }');
    await write(
      "package-lock.json",
      '{ "packages": { "": {}, "node_modules/typescript": { "version": "1.0.0" } } }',
    );
    await write("npm-cli.cjs", npm);
    await write("src/main.ts", main);
    await write("src/left.ts", "export const left = 1;");
    await write("src/main.test.ts", "this does not compile");
    await write("src/db/migrations/0000.sql", "select 1;");
  });
  afterEach(() => folder.remove());

  const read = (file: string) => readFile(join(root, file), "utf8");
  async function write(file: string, text: string): Promise<void> {
    await mkdir(join(root, file, ".."), { recursive: true });
    await writeFile(join(root, file), text);
  }

  function run(script: string, args: string[] = [], env: NodeJS.ProcessEnv = {}) {
    const options = { env: { ...process.env, npm_execpath: join(root, "npm-cli.cjs"), ...env } };
    const child = spawn(process.execPath, [join(root, "scripts", script), ...args], options);
    let output = "";
    const keep = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    const ended = once(child, "close").then(([code]) => ({ code: code as number, output }));
    return {
      ended,
      kill: child.kill.bind(child),
      says: (text: string) => until(text, () => output.includes(text), 30_000),
    };
  }

  it("install once, and again when the lock changed or npm was interrupted", async () => {
    await run("install.mjs").ended;
    expect((await run("install.mjs").ended).output).toBe("");
    expect(await read("npm-calls")).toMatch(/^ci --ignore-scripts [^\n]*\n$/);

    const lock = await read("package-lock.json");
    await write("package-lock.json", `${lock}\n`);
    const failed = await run("install.mjs", [], { NPM_FAILS: "1" }).ended;
    expect(failed).toEqual({ code: 1, output: expect.stringContaining("npm ci ended with 1") });
    await write("package-lock.json", lock);
    expect((await run("install.mjs").ended).code).toBe(0);
    expect((await read("npm-calls")).split("\n")).toHaveLength(4);
  });

  it("install nothing when npm says that everything is there", async () => {
    await write("node_modules/.package-lock.json", await read("package-lock.json"));
    await run("install.mjs").ended;
    await expect(access(join(root, "npm-calls"))).rejects.toThrow("ENOENT");
    await write("package-lock.json", (await read("package-lock.json")).replace("1.0.0", "1.0.1"));
    await run("install.mjs").ended;
    expect(await read("npm-calls")).toContain("ci");
  });

  it("start what was built, with the files it reads, pass each signal on once and its exit code back", async () => {
    const server = run("start.mjs", ["--flag"]);
    await server.says("up select 1; --flag");
    server.kill("SIGINT");
    await server.says("SIGINT 1");
    server.kill("SIGINT");
    server.kill("SIGTERM");
    expect(await server.ended).toEqual({ code: 7, output: expect.stringMatching(/SIGINT 1\n$/) });
    expect(await readdir(join(root, ".tmp", "build"))).toEqual([]);
  });

  it("build only what changed since, and leave nothing behind of what was removed", async () => {
    const first = run("start.mjs", ["--end"]);
    expect((await first.ended).output).toContain("Building");
    await access(join(root, "dist", "src", "left.js"));
    expect((await run("start.mjs", ["--end"]).ended).output).not.toContain("Building");
    await rm(join(root, "src", "left.ts"));
    await mkdir(join(root, ".tmp", "build", "4194305"), { recursive: true });
    expect((await run("start.mjs", ["--end"]).ended).output).toContain("Building");
    await expect(access(join(root, "dist", "src", "left.js"))).rejects.toThrow("ENOENT");
    expect(await readdir(join(root, ".tmp", "build"))).toEqual([]);
    await write("src/main.ts", "const text: string = 1;");
    const broken = await run("start.mjs").ended;
    expect(broken).toEqual({ code: 1, output: expect.stringContaining("The build failed") });
    expect(await read("dist/src/main.js")).toContain("--end");
  });

  it.each([
    [{ numPassedTests: 5, numPendingTests: 0, success: true }, "5 passed, 0 failed\n", 0],
    [{ numPassedTests: 5, numPendingTests: 2, success: true }, "5 passed, 0 failed, 2 skipped\n", 0],
    [{ numPassedTests: 5, numRuntimeErrorTestSuites: 1, success: false }, "5 passed, 1 failed\n", 1],
    [undefined, "0 passed, 1 failed\n", 1],
  ])("close a run with one line: %j", async (results, line, code) => {
    const nothing = { numFailedTests: 0, numRuntimeErrorTestSuites: 0, numPendingTests: 0, numTodoTests: 0 };
    if (results) await write("results.json", JSON.stringify({ ...nothing, ...results }));
    const run1 = run("lib/closing-line.mjs", [join(root, "results.json")]);
    expect(await run1.ended).toEqual({ code, output: line });
  });
});

/** Stands for npm: notes how it was called, and puts the compiler in place. */
const npm = `
const fs = require("node:fs");
fs.appendFileSync("npm-calls", process.argv.slice(2).join(" ") + "\\n");
if (process.env.NPM_FAILS) process.exit(1);
fs.mkdirSync("node_modules/@types", { recursive: true });
for (const name of ["typescript", "@types/node", "undici-types"]) {
  const real = ${JSON.stringify(resolve("node_modules"))} + "/" + name;
  if (!fs.existsSync("node_modules/" + name)) fs.symlinkSync(real, "node_modules/" + name);
}`;

const main = `
import { readFileSync } from "node:fs";
const sql = readFileSync(new URL("db/migrations/0000.sql", import.meta.url), "utf8");
let interrupts = 0;
process.on("SIGINT", () => { interrupts += 1; process.stdout.write("SIGINT " + interrupts + "\\n"); });
process.on("SIGTERM", () => process.exit(7));
process.stdout.write(["up", sql, ...process.argv.slice(2)].join(" ") + "\\n");
if (process.argv[2] === "--end") process.exit(0);
setInterval(() => undefined, 1000);
`;
