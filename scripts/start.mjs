import "./lib/require-node.mjs";
import { build } from "./lib/build.mjs";
import { install } from "./lib/install.mjs";
import { main, root } from "./lib/main.mjs";
import { serve } from "./lib/serve.mjs";

await main(async () => {
  await install(root);
  await build(root);
  return serve(root, process.argv.slice(2));
});
