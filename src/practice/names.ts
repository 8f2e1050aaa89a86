import type { Platform } from "../domain/platform.ts";

/** Those that are not just their id with a capital letter. */
const spelled: Readonly<Record<string, string>> = {
  linkedin: "LinkedIn",
  youtube: "YouTube",
  wordpress: "WordPress",
};

export function nameOf(platform: Platform): string {
  return spelled[platform] ?? platform.charAt(0).toUpperCase() + platform.slice(1);
}
