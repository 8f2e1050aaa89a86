import "./lib/require-node.mjs";
import { build } from "./lib/build.mjs";
import { install } from "./lib/install.mjs";
import { main, root } from "./lib/main.mjs";
import { run } from "./lib/run.mjs";
import { findTools } from "./lib/test-tools.mjs";

await main(async () => {
  await install(root);
  await build(root);
  const tools = await findTools(root);
  const args = ["--import", "tsx", "test/bench/run.ts", ...process.argv.slice(2)];
  return run(process.execPath, args, { cwd: root, env: { ...process.env, ...tools } });
});
