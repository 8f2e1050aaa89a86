import "./lib/require-node.mjs";
import { install } from "./lib/install.mjs";
import { jest } from "./lib/jest.mjs";
import { main, root } from "./lib/main.mjs";
import { findPds } from "./lib/test-pds.mjs";
import { startTestPostgres } from "./lib/test-postgres.mjs";
import { findTools } from "./lib/test-tools.mjs";

await main(async () => {
  await install(root);
  const tools = { ...(await findTools(root)), ...(await findPds(root)) };
  const postgres = await startTestPostgres(root);
  try {
    return await jest(root, process.argv.slice(2), { ...tools, ...postgres.env });
  } finally {
    await postgres.stop();
  }
});
