import { utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where a worker leaves the sign that it lives; read by workers/health.ts, in the same container. */
export const heartbeatFile = join(tmpdir(), "clarion-heartbeat");

export function touchHeartbeat(): void {
  const now = new Date();
  try {
    utimesSync(heartbeatFile, now, now);
  } catch {
    writeFileSync(heartbeatFile, "");
  }
}
