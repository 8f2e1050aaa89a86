import { Refusal } from "../domain/refusal.ts";
import { pointerTo } from "./zod-refusal.ts";

const maxDepth = 32;

/**
 * Refuses what no honest client sends and what would do harm further in: deep nesting, `__proto__`, and text that
 * PostgreSQL cannot keep (NUL, halves of surrogate pairs).
 */
export function refuseOddJson(value: unknown, path: readonly PropertyKey[] = []): void {
  if (typeof value === "string") refuseOddText(value, path);
  if (typeof value !== "object" || value === null) return;
  if (path.length >= maxDepth) throw odd("too_deep", path, `is nested deeper than ${maxDepth} levels`);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) refuseOddJson(item, [...path, index]);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (key === "__proto__") throw odd("unknown_field", [...path, key], "is not a field here");
    refuseOddText(key, path);
    refuseOddJson(item, [...path, key]);
  }
}

function refuseOddText(text: string, path: readonly PropertyKey[]): void {
  if (text.includes("\0") || /\p{Surrogate}/u.test(text))
    throw odd("invalid_text", path, "holds characters that are no text (NUL, or half of a surrogate pair)");
}

function odd(code: string, path: readonly PropertyKey[], message: string): Refusal {
  const pointer = pointerTo(path);
  return new Refusal("invalid_request", `${pointer || "The body"} ${message}.`, {
    issues: [{ pointer, code, message }],
  });
}
