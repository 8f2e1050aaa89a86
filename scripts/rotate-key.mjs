import "./lib/require-node.mjs";
import fs from "node:fs";
import path from "node:path";
import { build } from "./lib/build.mjs";
import { install } from "./lib/install.mjs";
import { main, root } from "./lib/main.mjs";
import { run } from "./lib/run.mjs";

if (fs.existsSync(path.join(root, ".env"))) process.loadEnvFile(path.join(root, ".env"));

await main(async () => {
  await install(root);
  await build(root);
  return run(process.execPath, [path.join(root, "dist", "workers", "rotate-key.js")], { cwd: root });
});
