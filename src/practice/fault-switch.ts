import type { Platform } from "../domain/platform.ts";
import type { FaultSetting } from "./kit.ts";

/** Which platforms are broken on purpose just now. Forgotten at a restart. */
export interface FaultSwitch {
  /** `null` makes the platform whole again. */
  set(platform: Platform, setting: FaultSetting | null): void;
  get(platform: Platform): FaultSetting | undefined;
  all(): Readonly<Partial<Record<Platform, FaultSetting>>>;
  /** The fault that hits this publish call; counts it. */
  take(platform: Platform): FaultSetting | undefined;
}

export function faultSwitch(): FaultSwitch {
  const settings = new Map<Platform, FaultSetting>();
  return {
    set(platform, setting) {
      if (setting === null || setting.times === 0) settings.delete(platform);
      else settings.set(platform, setting);
    },
    get: (platform) => settings.get(platform),
    all: () => Object.fromEntries(settings),
    take(platform) {
      const setting = settings.get(platform);
      if (setting?.times !== undefined) this.set(platform, { ...setting, times: setting.times - 1 });
      return setting;
    },
  };
}
