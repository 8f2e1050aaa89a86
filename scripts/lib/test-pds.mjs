import fs from "node:fs";
import path from "node:path";
import { install } from "./install.mjs";
import { Failure } from "./main.mjs";
import { leaveOut } from "./test-tools.mjs";

/**
 * A real Bluesky server (PDS) for the tests, a package of its own since it is large; installed again only when its lock
 * changed. Returns the Node that can run it as an environment variable; an empty one means that its suites are left out.
 */
export async function findPds(root) {
  const folder = path.join(root, "test", "pds");
  try {
    await install(folder);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  const node = nodeFor(folder);
  if (!node) leaveOut("real Bluesky server", "It could not be installed in test/pds, or needs Node 22.");
  return { CLARION_TEST_PDS_NODE: node ?? "" };
}

/** Its SQLite comes ready built, without an install script, and needs Node 22: ours, or the one beside it. */
function nodeFor(folder) {
  if (!fs.existsSync(path.join(folder, "node_modules", "@atproto", "dev-env"))) return undefined;
  if (Number(process.versions.node.split(".")[0]) >= 22) return process.execPath;
  const own = path.join(folder, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");
  return fs.existsSync(own) ? own : undefined;
}
