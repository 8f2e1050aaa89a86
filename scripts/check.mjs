import "./lib/require-node.mjs";
import { biome, dependencyCruiser, eslint, knip, lockFile, typescript } from "./lib/checks.mjs";
import { install } from "./lib/install.mjs";
import { main, root } from "./lib/main.mjs";

const checks = {
  biome,
  typescript,
  eslint,
  "dependency-cruiser": dependencyCruiser,
  knip,
  "package-lock.json": lockFile,
};

await main(async () => {
  await install(root);
  const failed = [];
  for (const [name, check] of Object.entries(checks)) {
    const ok = await check(root);
    console.log(`${ok ? "ok    " : "FAILED"} ${name}`);
    if (!ok) failed.push(name);
  }
  if (failed.length > 0) console.error(`Checks that failed: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
});
