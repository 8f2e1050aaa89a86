import fs from "node:fs";
import path from "node:path";
import { capture } from "./run.mjs";

/** What WordPress needs to run. `mariadb-server` would also start a database as a service of this machine. */
export const wordpressPackages = [
  "php-cli",
  "php-gd",
  "php-mbstring",
  "php-mysql",
  "php-xml",
  "mariadb-server-core",
  "mariadb-client-core",
];

const extensions = ["dom", "gd", "mbstring", "mysqli"];
const asksForExtensions = `exit(array_diff(${JSON.stringify(extensions)}, get_loaded_extensions()) ? 1 : 0);`;

export async function canRunWordpress() {
  const [php, ...database] = await Promise.all([
    capture("php", ["-r", asksForExtensions]),
    capture("/usr/sbin/mariadbd", ["--no-defaults", "--version"]),
    capture("mariadb-install-db", ["--help"]),
  ]);
  return php.code === 0 && database.every(({ code }) => code !== 127);
}

/** `wordpress` would bring a web server as a service: of it, and of the library beside it, only the files are taken. */
const unpacked = ["wordpress", "php-getid3"];

/** The folder with WordPress's files: the system's, or Debian's package unpacked into `cache`. */
export async function wordpressFiles(cache) {
  const system = path.join("/", "usr", "share", "wordpress");
  if (isWordpress(system)) return system;
  const folder = path.join(cache, "wordpress");
  const files = path.join(folder, "usr", "share", "wordpress");
  if (!isWordpress(files) && fs.existsSync("/usr/bin/apt-get")) await unpack(folder);
  return isWordpress(files) ? files : undefined;
}

/** The folder gets its name last: a download that was killed is done again. */
async function unpack(folder) {
  console.log(`Fetching for the tests, into node_modules: ${unpacked.join(" ")} ...`);
  const draft = `${folder}-${process.pid}`;
  const packages = path.join(draft, "packages");
  const target = path.join(draft, "unpacked");
  fs.mkdirSync(packages, { recursive: true });
  await capture("apt-get", ["download", ...unpacked], { cwd: packages });
  for (const name of fs.readdirSync(packages))
    await capture("dpkg-deb", ["-x", path.join(packages, name), target]);
  fs.rmSync(folder, { recursive: true, force: true });
  if (fs.existsSync(target)) fs.renameSync(target, folder);
  fs.rmSync(draft, { recursive: true, force: true });
}

function isWordpress(folder) {
  return fs.existsSync(path.join(folder, "wp-load.php"));
}
