import type { Platform } from "../domain/platform.ts";
import type { Engine } from "./engine.ts";

/** How long an answerless request to this platform may still take effect. */
export function settleMsOf(engine: Pick<Engine, "world" | "timings">, platform: Platform): number {
  return engine.timings.settleMs ?? engine.world.adapters[platform].capabilities.settleMs;
}
