import fs from "node:fs";
import { run } from "./run.mjs";

const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };

export function canAptInstall() {
  return process.getuid?.() === 0 && fs.existsSync("/usr/bin/apt-get");
}

/** Installs packages system-wide; failing is no error here, for the caller looks what is there afterwards. */
export async function aptInstall(packages) {
  console.log(`Installing for the tests: apt-get install ${packages.join(" ")} ...`);
  await apt(["update"]);
  await apt(["install", "-y", "--no-install-recommends", ...packages]);
}

async function apt(args) {
  return run("apt-get", ["-qq", ...args], { env, stdio: ["ignore", "ignore", "inherit"] }).catch(() => 1);
}
