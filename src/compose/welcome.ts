import type { Settings } from "../../config/env.ts";
import type { FirstStart } from "../accounts/first-start.ts";

/** What a person reads who has just started the server: where to look, and the first key, once. */
export function welcome(settings: Settings, first: FirstStart): string {
  const lines = [
    "",
    "Clarion is at work.",
    `  API        ${settings.localUrl}/v1   (to try at ${settings.localUrl}/docs; its password is the key)`,
    `  Timelines  ${settings.practiceUrl}   (the practice network: pretend platforms, nothing leaves this machine)`,
    ...keyLines(settings, first),
    "",
  ];
  return `${lines.join("\n")}\n`;
}

function keyLines(settings: Settings, first: FirstStart): string[] {
  if (!first.founded)
    return first.isKeyUnknown
      ? ["  CLARION_API_KEY is not a key of this database: it counts at the first start only."]
      : [`  API key    as before (kept in ${settings.dataDir}/api-key, unless it was given)`];
  if (first.madeKey === null) return ["  API key    the one in CLARION_API_KEY"];
  return [`  API key    ${first.madeKey}`, `             shown once; kept in ${first.keyPath}`];
}
