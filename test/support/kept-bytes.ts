import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** What somebody in this process still holds of bytes, without what only waits to be collected. */
export function keptBytes(): number {
  collect();
  return process.memoryUsage().arrayBuffers;
}
