import { statSync } from "node:fs";
import { heartbeatFile } from "../src/compose/heartbeat-file.ts";

// For container health checks: the worker beside us has reached the database within the last 20 seconds.
try {
  process.exitCode = Date.now() - statSync(heartbeatFile).mtimeMs < 20_000 ? 0 : 1;
} catch {
  process.exitCode = 1;
}
